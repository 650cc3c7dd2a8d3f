// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import io.vertx.core.Future;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.HashMap;
import java.util.Map;

/** A core that knows what a test tells it. */
public final class FakeCore implements CoreAccess {
    public final Map<Long, OperatorAccess> operators = new HashMap<>();
    public final Map<Long, TerminalAccess> terminals = new HashMap<>();
    public CardProof proof = new CardProof(ResultCode.CARD_UNKNOWN, 0, 0, 0, 0);
    public Digest256 lastVerifier;

    @Override
    public Future<OperatorAccess> operator(long operatorId) {
        return Future.succeededFuture(
                operators.getOrDefault(operatorId, new OperatorAccess(false, operatorId, 0, 0, 0, 0)));
    }

    @Override
    public Future<TerminalAccess> terminal(long terminalId) {
        return Future.succeededFuture(
                terminals.getOrDefault(terminalId, new TerminalAccess(false, terminalId, 0, new byte[0])));
    }

    @Override
    public Future<CardProof> verifyPin(int circuitId, CardToken token, Digest256 verifier) {
        lastVerifier = verifier;
        return Future.succeededFuture(proof);
    }
}
