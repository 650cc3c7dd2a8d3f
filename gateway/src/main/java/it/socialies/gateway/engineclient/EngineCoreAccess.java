// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.engineclient;

import io.vertx.core.Future;
import it.socialies.engine.protocol.sbe.CardVerifiedDecoder;
import it.socialies.engine.protocol.sbe.Digest256Encoder;
import it.socialies.engine.protocol.sbe.OperatorViewDecoder;
import it.socialies.engine.protocol.sbe.PinAttemptedDecoder;
import it.socialies.engine.protocol.sbe.PinResult;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.QueryOperatorEncoder;
import it.socialies.engine.protocol.sbe.QueryTerminalEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TerminalStatus;
import it.socialies.engine.protocol.sbe.TerminalViewDecoder;
import it.socialies.engine.protocol.sbe.VerifyPinEncoder;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.security.CardToken;
import it.socialies.gateway.security.CoreAccess;
import it.socialies.gateway.security.Digest256;

/** What grants ask the core, over the engine's client. Threading: any event loop. */
public final class EngineCoreAccess implements CoreAccess {
    private static final int PIN_TRIES = 3;

    private final CoreClient core;

    public EngineCoreAccess(CoreClient core) {
        this.core = core;
    }

    @Override
    public Future<OperatorAccess> operator(long operatorId) {
        return core.send(frame -> frame.from(PrincipalKind.SYSTEM, 0, 0)
                        .message(new QueryOperatorEncoder())
                        .operatorId(operatorId))
                .compose(reply -> {
                    if (reply.code() == ResultCode.NOT_FOUND) {
                        return Future.succeededFuture(new OperatorAccess(false, operatorId, 0, 0, 0, 0));
                    }
                    if (!reply.isOk()) {
                        return Future.failedFuture(ProblemException.of(reply.code()));
                    }
                    OperatorViewDecoder view = reply.get(new OperatorViewDecoder());
                    return Future.succeededFuture(new OperatorAccess(
                            true,
                            view.operatorId(),
                            view.personId(),
                            view.circuitId(),
                            view.rolesInForce(),
                            view.rolesUntilMs()));
                });
    }

    @Override
    public Future<TerminalAccess> terminal(long terminalId) {
        return core.send(frame -> frame.from(PrincipalKind.SYSTEM, 0, 0)
                        .message(new QueryTerminalEncoder())
                        .terminalId(terminalId))
                .compose(reply -> {
                    if (reply.code() == ResultCode.NOT_FOUND) {
                        return Future.succeededFuture(new TerminalAccess(false, terminalId, 0, new byte[0]));
                    }
                    if (!reply.isOk()) {
                        return Future.failedFuture(ProblemException.of(reply.code()));
                    }
                    TerminalViewDecoder view = reply.get(new TerminalViewDecoder());
                    boolean enrolled = view.status() == TerminalStatus.ENROLLED;
                    byte[] key = new byte[enrolled ? TerminalViewDecoder.publicKeyLength() : 0];
                    if (enrolled) {
                        view.getPublicKey(key, 0, key.length);
                    }
                    return Future.succeededFuture(
                            new TerminalAccess(enrolled, view.terminalId(), view.circuitId(), key));
                });
    }

    @Override
    public Future<CardProof> verifyPin(int circuitId, CardToken token, Digest256 verifier) {
        return verifyPin(PrincipalKind.HOLDER, 0, circuitId, token, verifier);
    }

    /** The same, on behalf of a terminal. */
    public Future<CardProof> verifyPin(
            PrincipalKind kind, long principalId, int circuitId, CardToken token, Digest256 verifier) {
        return core.send(frame -> {
                    VerifyPinEncoder command = frame.from(kind, principalId, circuitId)
                            .message(new VerifyPinEncoder())
                            .tokenHi(token.hi())
                            .tokenLo(token.lo());
                    put(command.verifier(), verifier);
                })
                .map(reply -> {
                    if (reply.isOk()) {
                        CardVerifiedDecoder verified = reply.get(new CardVerifiedDecoder());
                        return new CardProof(
                                ResultCode.OK, verified.cardId(), verified.walletId(), verified.circuitId(), PIN_TRIES);
                    }
                    return new CardProof(reply.code(), 0, 0, circuitId, triesLeft(reply));
                });
    }

    /** Tries left after the attempt that a record tells of; 0 when it locked the PIN or tells of none. */
    public static int triesLeft(CoreReply reply) {
        PinAttemptedDecoder attempt = reply.isRecord() ? reply.find(new PinAttemptedDecoder()) : null;
        if (attempt == null || attempt.result() == PinResult.LOCKED) {
            return 0;
        }
        return PIN_TRIES - attempt.tries();
    }

    /** Writes a digest into a message. */
    public static void put(Digest256Encoder field, Digest256 digest) {
        field.w0(digest.w0()).w1(digest.w1()).w2(digest.w2()).w3(digest.w3());
    }
}
