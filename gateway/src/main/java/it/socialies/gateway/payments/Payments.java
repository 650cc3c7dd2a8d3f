// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payments;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.engine.protocol.sbe.CapturePaymentEncoder;
import it.socialies.engine.protocol.sbe.PaymentState;
import it.socialies.engine.protocol.sbe.PaymentViewDecoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.QueryPaymentEncoder;
import it.socialies.engine.protocol.sbe.QueryWalletEncoder;
import it.socialies.engine.protocol.sbe.RefundPaymentEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.VoidPaymentEncoder;
import it.socialies.engine.protocol.sbe.WalletViewDecoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.EngineCoreAccess;
import it.socialies.gateway.engineclient.InstallationTime;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.projection.ListQuery;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.qr.CardPayload;
import it.socialies.gateway.qr.ScannedCard;
import it.socialies.gateway.security.Access;
import it.socialies.gateway.security.CoreRefusal;
import it.socialies.gateway.security.Digest256;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.security.PinVerifier;
import it.socialies.gateway.security.Principal;
import it.socialies.gateway.security.TillPins;
import it.socialies.gateway.wallets.WalletJson;
import java.nio.charset.StandardCharsets;

/** What happens to a payment after it was made, and what a till may ask. Making it is in {@link HotPayments}. */
public final class Payments implements Resource {
    private static final String COLUMNS =
            "payment_id, merchant_id, outlet_id, terminal_id, state, outcome, bill_total, eligible_amount, drawn,"
                    + " captured_total, refunded_total, created_ms, deadline_ms, sequence";
    private static final String OWN_MERCHANT =
            "merchant_id = (SELECT o.merchant_id FROM terminal t JOIN outlet o USING (outlet_id) WHERE t.terminal_id = ?)";

    private final Projection projection;
    private final CardPayload payload;
    private final PinVerifier pins;
    private final TerminalReferences references;
    private final TerminalMacs macs;
    private final TillPins tillPins;
    private final InstallationTime time;

    /** @param referenceHash under the key for terminal references */
    public Payments(
            Projection projection,
            CardPayload payload,
            PinVerifier pins,
            KeyedHash referenceHash,
            Access access,
            InstallationTime time) {
        this.projection = projection;
        this.payload = payload;
        this.pins = pins;
        references = new TerminalReferences(referenceHash);
        macs = new TerminalMacs(access.sessions());
        tillPins = access.tillPins();
        this.time = time;
    }

    @Override
    public void mount(Api api) {
        api.on("getPayment", request -> read(api, request));
        api.on("listPayments", this::list);
        api.command(
                "capturePayment",
                (request, frame) -> {
                    requireMac(request);
                    frame.message(new CapturePaymentEncoder())
                            .paymentId(request.id(Ids.PAYMENT))
                            .amount(Json.minorUnits(request.body(), "amount", Json.EUR));
                },
                PaymentJson::changed);
        api.command(
                "voidPayment",
                (request, frame) -> {
                    requireMac(request);
                    frame.message(new VoidPaymentEncoder()).paymentId(request.id(Ids.PAYMENT));
                },
                PaymentJson::changed);
        api.command(
                "refundPayment",
                (request, frame) -> {
                    requireMac(request);
                    frame.message(new RefundPaymentEncoder())
                            .paymentId(request.id(Ids.PAYMENT))
                            .amount(Json.minorUnits(request.body(), "amount", Json.EUR));
                },
                PaymentJson::changed);
        api.on("inquireBalance", request -> inquire(api, request));
    }

    /** Operators have their token; a terminal also proves that it is itself. */
    private void requireMac(ApiRequest request) {
        Principal principal = request.principal();
        if (principal.kind() == PrincipalKind.TERMINAL) {
            macs.require(request.context(), principal);
        }
    }

    /** The holder types the PIN at the till, and so lets the till see what the card can spend. */
    private Future<ApiAnswer> inquire(Api api, ApiRequest request) {
        Principal terminal = request.principal();
        if (terminal.kind() != PrincipalKind.TERMINAL) {
            throw new ProblemException("forbidden");
        }
        requireMac(request);
        JsonObject body = request.body();
        ScannedCard card = payload.read(body.getString("card_token"));
        Digest256 verifier = pins.ofTyped(card.token(), body.getString("pin").getBytes(StandardCharsets.US_ASCII));
        EngineCoreAccess core = new EngineCoreAccess(api.core());
        return tillPins.judge(
                        terminal.id(),
                        () -> core.verifyPin(
                                terminal.kind(), terminal.id(), terminal.circuitId(), card.token(), verifier),
                        proof -> proof.code() == ResultCode.PIN_WRONG)
                .compose(proof -> proof.code() == ResultCode.OK
                        ? api.core()
                                .send(frame -> frame.from(PrincipalKind.HOLDER, proof.cardId(), proof.circuitId())
                                        .message(new QueryWalletEncoder())
                                        .walletId(proof.walletId()))
                        : Future.failedFuture(new CoreRefusal(proof.code(), proof.triesLeft())))
                .compose(reply -> Api.accepted(request, reply))
                .map(reply ->
                        ApiAnswer.ok(WalletJson.balances(reply, reply.get(new WalletViewDecoder()), time.nowMs())));
    }

    /** The core knows the payments that can still change; of rejected and closed ones the projection tells, once it has come as far as the core. */
    private Future<ApiAnswer> read(Api api, ApiRequest request) {
        long id = request.id(Ids.PAYMENT);
        return api.core()
                .send(frame ->
                        request.query(frame).message(new QueryPaymentEncoder()).paymentId(id))
                .compose(reply -> reply.code() == ResultCode.NOT_FOUND
                        ? readProjected(request, id, reply.sequence())
                        : Api.accepted(request, reply)
                                .map(view -> PaymentJson.view(view, view.get(new PaymentViewDecoder()))))
                .map(ApiAnswer::ok);
    }

    private Future<JsonObject> readProjected(ApiRequest request, long id, long minSequence) {
        return projection
                .one(minSequence, visible(request).where("payment_id = ?", id))
                .compose(payment -> payment == null
                        ? Future.failedFuture(new ProblemException("not_found"))
                        : Future.succeededFuture(payment));
    }

    /** A terminal sees its shop's payments, a holder those of the wallet, an operator those of the circuit. */
    private static ListQuery visible(ApiRequest request) {
        Principal principal = request.principal();
        ListQuery query = new ListQuery(COLUMNS, "payment", "payment_id", true, Payments::json)
                .where("circuit_id = ?", request.circuitId());
        switch (principal.kind()) {
            case TERMINAL -> query.where(OWN_MERCHANT, principal.id());
            case HOLDER -> query.where("wallet_id = ?", principal.walletId());
            default -> request.operator();
        }
        return query;
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        Principal principal = request.principal();
        ListQuery query = visible(request);
        String reference = request.query("terminal_reference");
        if (reference != null) {
            query.where("terminal_reference = ?", references.number(reference));
        }
        String terminalId = request.query("terminal_id");
        if (terminalId != null) {
            query.where("terminal_id = ?", Ids.TERMINAL.parse(terminalId));
        }
        String walletId = request.query("wallet_id");
        if (walletId != null) {
            if (principal.kind() == PrincipalKind.TERMINAL) {
                throw new ProblemException("forbidden");
            }
            query.where("wallet_id = ?", Ids.WALLET.parse(walletId));
        }
        return projection.page(request, query).map(ApiAnswer::ok);
    }

    private static JsonObject json(Row row) {
        PaymentState state = PaymentState.get(row.getShort("state"));
        JsonObject json = PaymentJson.payment(
                        row.getLong("payment_id"),
                        state,
                        row.getLong("bill_total"),
                        row.getLong("eligible_amount"),
                        row.getLong("drawn"),
                        row.getLong("captured_total"),
                        row.getLong("refunded_total"))
                .put("merchant_id", Ids.MERCHANT.format(row.getLong("merchant_id")))
                .put("outlet_id", Ids.OUTLET.format(row.getLong("outlet_id")))
                .put("terminal_id", Ids.TERMINAL.format(row.getLong("terminal_id")))
                .put("time", Json.time(row.getLong("created_ms")))
                .put("sequence", row.getLong("sequence"));
        if (state == PaymentState.REJECTED) {
            json.put("code", ProblemException.codeOf(ResultCode.get(row.getShort("outcome"))));
        }
        if (row.getLong("deadline_ms") > 0) {
            json.put("expires_at", Json.time(row.getLong("deadline_ms")));
        }
        return json;
    }
}
