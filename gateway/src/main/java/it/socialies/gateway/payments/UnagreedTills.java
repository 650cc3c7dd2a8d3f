// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payments;

import io.vertx.core.Future;
import it.socialies.engine.protocol.sbe.KeyResolvedDecoder;
import it.socialies.engine.protocol.sbe.ResolveKeyEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreClient;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.security.Principal;
import java.util.function.LongPredicate;

/**
 * Tills at which nobody may pay, since their shop has not accepted the agreement. A payment that was made before is told again all the same; the key of one that is refused is burned, so that it is
 * never made behind the till's back. Threading: any event loop.
 */
final class UnagreedTills {
    private static final int RESOLVE_STEP = 1;

    private final LongPredicate refused;
    private final KeyedHash keys;
    private final CoreClient core;

    /** @param keys derives the key of the question from that of the payment */
    UnagreedTills(LongPredicate refused, KeyedHash keys, CoreClient core) {
        this.refused = refused;
        this.keys = keys;
        this.core = core;
    }

    /** Whether payments at a till have to be asked about first. */
    boolean has(Principal terminal) {
        return refused.test(terminal.id());
    }

    /** Fails with {@code agreement_not_accepted} unless the payment was made before. */
    Future<Void> requireMade(Principal terminal, Idempotency key) {
        Idempotency step = key.step(keys, RESOLVE_STEP);
        return core.send(frame -> frame.from(terminal.kind(), terminal.id(), terminal.circuitId())
                        .key(step.hi(), step.lo())
                        .message(new ResolveKeyEncoder())
                        .targetKeyHi(key.hi())
                        .targetKeyLo(key.lo()))
                .compose(reply -> reply.code() == ResultCode.OK && reply.find(new KeyResolvedDecoder()) == null
                        ? Future.failedFuture(new ProblemException("agreement_not_accepted"))
                        : Future.succeededFuture());
    }
}
