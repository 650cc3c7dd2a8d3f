// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payments;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.PaymentChangedDecoder;
import it.socialies.engine.protocol.sbe.PaymentState;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.QueryStatusEncoder;
import it.socialies.engine.protocol.sbe.RefundPaymentEncoder;
import it.socialies.engine.protocol.sbe.ResolveKeyEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.VoidPaymentEncoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.Access;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.security.Principal;
import java.util.ArrayList;
import java.util.List;

/**
 * Undoes what a till did under a reference of its own, when all it has left is that reference: what is authorized is voided, what is captured is given back, and
 * what is undone already stays so. With the key of the sale, that key is burned first where it never came, so that a late original cannot execute after this. Each step
 * has a key derived from the request's: sent again, it goes on where it was and does nothing twice. Threading: any event loop.
 */
public final class PaymentReversals implements Resource {
    private static final String BY_REFERENCE = "SELECT payment_id, state, captured_total, refunded_total FROM payment"
            + " WHERE terminal_id = $1 AND terminal_reference = $2 AND state <> 5 ORDER BY payment_id LIMIT 21";
    /** A reference is a sale's: who has used one so often is asked to name the payments. */
    private static final int PAYMENTS_MAX = 20;

    private static final int RESOLVE_STEP = 1;

    private final Projection projection;
    private final TerminalReferences references;
    private final TerminalMacs macs;
    private final KeyedHash keys;

    /**
     * @param referenceHash under the key for terminal references
     * @param keys derives the keys of the steps
     */
    public PaymentReversals(Projection projection, KeyedHash referenceHash, Access access, KeyedHash keys) {
        this.projection = projection;
        references = new TerminalReferences(referenceHash);
        macs = new TerminalMacs(access.sessions());
        this.keys = keys;
    }

    /** A payment that the reference names. */
    private record Found(long id, PaymentState state, long captured, long refunded) {
        JsonObject json() {
            return new JsonObject()
                    .put("id", Ids.PAYMENT.format(id))
                    .put("state", Json.word(state))
                    .put("captured", Json.euro(captured))
                    .put("refunded", Json.euro(refunded));
        }
    }

    @Override
    public void mount(Api api) {
        api.on("reversePayment", request -> reverse(api, request));
    }

    private Future<ApiAnswer> reverse(Api api, ApiRequest request) {
        Principal till = request.principal();
        if (till.kind() != PrincipalKind.TERMINAL) {
            throw new ProblemException("forbidden");
        }
        macs.require(request.context(), till);
        Idempotency key = request.key();
        JsonObject body = request.body();
        String reference = body.getString("terminal_reference");
        String target = body.getString("key");
        return (target == null ? asked(api) : burned(api, request, till, key, Idempotency.parse(target)))
                .compose(sequence ->
                        projection.rows(sequence, BY_REFERENCE, Tuple.of(till.id(), references.number(reference))))
                .compose(rows -> {
                    List<Found> found = new ArrayList<>();
                    rows.forEach(row -> found.add(found(row)));
                    if (found.isEmpty() && target == null) {
                        return Future.failedFuture(new ProblemException(
                                "not_found", "This till has used no such reference. Send the key, too, to burn it."));
                    }
                    return found.size() > PAYMENTS_MAX
                            ? Future.failedFuture(new ProblemException("reference_ambiguous"))
                            : undoAll(api, request, till, key, found);
                })
                .map(undone -> new ApiAnswer(201, json(reference, undone), false));
    }

    private static Future<Long> asked(Api api) {
        return api.core()
                .send(frame -> frame.from(PrincipalKind.SYSTEM, 0, 0).message(new QueryStatusEncoder()))
                .map(CoreReply::sequence);
    }

    /** Burns the key of the sale, unless it came. One of before the core's memory cannot execute any more. */
    private Future<Long> burned(Api api, ApiRequest request, Principal till, Idempotency key, Idempotency target) {
        Idempotency step = key.step(keys, RESOLVE_STEP);
        return api.core()
                .send(frame -> frame.from(till.kind(), till.id(), till.circuitId())
                        .key(step.hi(), step.lo())
                        .message(new ResolveKeyEncoder())
                        .targetKeyHi(target.hi())
                        .targetKeyLo(target.lo()))
                .compose(reply -> reply.code() == ResultCode.IDEMPOTENCY_KEY_UNKNOWN
                        ? asked(api)
                        : Api.accepted(request, reply).compose(ok -> asked(api)));
    }

    private Future<List<Found>> undoAll(
            Api api, ApiRequest request, Principal till, Idempotency key, List<Found> found) {
        List<Found> undone = new ArrayList<>();
        Future<Void> done = Future.succeededFuture();
        for (int i = 0; i < found.size(); i++) {
            Found payment = found.get(i);
            Idempotency step = key.step(keys, RESOLVE_STEP + 1 + i);
            done = done.compose(before ->
                    undo(api, request, till, step, payment).map(undone::add).mapEmpty());
        }
        return done.map(all -> undone);
    }

    private static Future<Found> undo(
            Api api, ApiRequest request, Principal till, Idempotency step, final Found payment) {
        long rest = payment.captured() - payment.refunded();
        if (payment.state() != PaymentState.AUTHORIZED && rest == 0) {
            return Future.succeededFuture(payment);
        }
        return api.core()
                .send(frame -> {
                    frame.from(till.kind(), till.id(), till.circuitId()).key(step.hi(), step.lo());
                    if (payment.state() == PaymentState.AUTHORIZED) {
                        frame.message(new VoidPaymentEncoder()).paymentId(payment.id());
                    } else {
                        frame.message(new RefundPaymentEncoder())
                                .paymentId(payment.id())
                                .amount(rest);
                    }
                })
                .compose(reply -> Api.accepted(request, reply))
                .map(reply -> {
                    PaymentChangedDecoder changed = reply.get(new PaymentChangedDecoder());
                    return new Found(
                            changed.paymentId(), changed.state(), changed.capturedTotal(), changed.refundedTotal());
                });
    }

    private static Found found(Row row) {
        return new Found(
                row.getLong("payment_id"),
                PaymentState.get(row.getShort("state")),
                row.getLong("captured_total"),
                row.getLong("refunded_total"));
    }

    private static JsonObject json(String reference, List<Found> undone) {
        JsonArray payments = new JsonArray();
        undone.forEach(payment -> payments.add(payment.json()));
        return new JsonObject()
                .put("terminal_reference", reference)
                .put("outcome", undone.isEmpty() ? "burned" : "reversed")
                .put("payments", payments);
    }
}
