// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import io.vertx.core.Future;
import it.socialies.engine.protocol.sbe.ResultCode;

/**
 * What the grants ask the core, and never Postgres: it is right, current, and there whenever payments are. Implemented over the engine's
 * client; a core that cannot be reached fails the future.
 */
public interface CoreAccess {

    /** {@code QueryOperator}; {@code found} false when the core does not know the operator. */
    Future<OperatorAccess> operator(long operatorId);

    /** {@code QueryTerminal}; {@code enrolled} false when unknown, not enrolled or revoked. */
    Future<TerminalAccess> terminal(long terminalId);

    /** {@code VerifyPin} as HOLDER 0 in this circuit. A wrong PIN is an answer, not a failed future. */
    Future<CardProof> verifyPin(int circuitId, CardToken token, Digest256 verifier);

    /**
     * @param rolesInForce role bits that work now; roles still waiting their 24 hours are not among them
     * @param rolesUntilMs when the first of them ends by its date; 0 when none does
     */
    record OperatorAccess(
            boolean found, long operatorId, long personId, int circuitId, int rolesInForce, long rolesUntilMs) {}

    /** @param publicKey x then y on P-256, 32 big-endian bytes each; empty unless enrolled */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and read once
    record TerminalAccess(boolean enrolled, long terminalId, int circuitId, byte[] publicKey) {}

    /** @param triesLeft meaningful with {@code PIN_WRONG} */
    record CardProof(ResultCode code, long cardId, long walletId, int circuitId, int triesLeft) {}
}
