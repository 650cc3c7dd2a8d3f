// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payments;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Contract;
import it.socialies.gateway.http.Headers;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.ProblemTable;
import it.socialies.gateway.http.ProblemWords;
import it.socialies.gateway.http.ProblemWriter;
import it.socialies.gateway.http.RequestObserver;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.qr.CardPayload;
import it.socialies.gateway.qr.PrintedCode;
import it.socialies.gateway.security.Access;
import it.socialies.gateway.security.CardLogins;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.security.PinVerifier;
import it.socialies.gateway.security.Principal;
import it.socialies.gateway.security.TillPins;
import it.socialies.gateway.tills.DocumentsOfSales;
import it.socialies.gateway.tills.FiscalDocument;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongPredicate;

/** The two routes that have to be fast: they read and write JSON as a stream and go round the contract's validator, checking the same. */
public final class HotPayments implements Resource {
    private final CardPayload payload;
    private final PrintedCode codes;
    private final PinVerifier pins;
    private final TerminalReferences references;
    private final TerminalMacs macs;
    private final TillPins tillPins;
    private final CardLogins cardLogins;
    private final DocumentsOfSales documents;
    private final LongPredicate refused;
    private final KeyedHash keys;
    private final PaymentParser parser = new PaymentParser();
    private final PaymentWriter writer = new PaymentWriter();

    /**
     * @param referenceHash under the key for terminal references
     * @param refused whether a till may not be paid at, since its shop has not accepted the agreement
     * @param keys derives keys from those of payments
     */
    public HotPayments(
            CardPayload payload,
            PrintedCode codes,
            PinVerifier pins,
            KeyedHash referenceHash,
            Access access,
            DocumentsOfSales documents,
            LongPredicate refused,
            KeyedHash keys) {
        this.documents = documents;
        this.refused = refused;
        this.keys = keys;
        this.payload = payload;
        this.codes = codes;
        this.pins = pins;
        references = new TerminalReferences(referenceHash);
        macs = new TerminalMacs(access.sessions());
        tillPins = access.tillPins();
        cardLogins = access.cardLogins();
    }

    @Override
    public Set<String> hotOperations() {
        return Set.of("pay", "payBatch");
    }

    @Override
    public void mount(Api api) {
        // Both operations are hot.
    }

    @Override
    public void mountHot(Router router, Api api) {
        Paying paying = new Paying(api.core(), payload, codes, pins, references, tillPins, cardLogins);
        UnagreedTills unagreed = new UnagreedTills(refused, keys, api.core());
        router.post(Contract.BASE_PATH + "/payments").handler(guarded(ctx -> pay(ctx, paying, unagreed)));
        router.post(Contract.BASE_PATH + "/payment-batches").handler(guarded(ctx -> payBatch(ctx, paying, unagreed)));
    }

    private static Handler<RoutingContext> guarded(Handler<RoutingContext> handler) {
        return ctx -> {
            try {
                handler.handle(ctx);
            } catch (RuntimeException e) {
                ctx.fail(e);
            }
        };
    }

    private void pay(RoutingContext ctx, Paying paying, UnagreedTills unagreed) {
        Principal terminal = terminal(ctx);
        Idempotency key = Idempotency.parse(ctx.request().getHeader(Headers.IDEMPOTENCY_KEY));
        macs.require(ctx, terminal);
        PaymentOrder order = parser.payment(body(ctx));
        requireBegun(order);
        pay(paying, unagreed, terminal, key, order)
                .onSuccess(result -> paying.iesAccount(order, result, terminal.circuitId())
                        .onSuccess(iesAccountId -> answer(ctx, result, order, iesAccountId)))
                .onFailure(ctx::fail);
    }

    private void answer(RoutingContext ctx, PaymentResult result, PaymentOrder order, long iesAccountId) {
        HttpServerResponse response = ctx.response();
        ProblemWords words = ProblemWords.of(ctx.request());
        if (result.hit()) {
            response.putHeader(Headers.IDEMPOTENCY_HIT, "true");
        }
        if (!result.isOk()) {
            String problem = ProblemException.codeOf(result.code());
            RequestObserver.problem(ctx, problem);
            response.putHeader(HttpHeaders.CONTENT_LANGUAGE, words.tag());
            int retryAfter = ProblemTable.of(problem).retryAfterSeconds();
            if (retryAfter > 0) {
                response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfter));
            }
        }
        response.setStatusCode(PaymentWriter.status(result))
                .putHeader(HttpHeaders.CONTENT_TYPE, result.isOk() ? "application/json" : ProblemWriter.MEDIA_TYPE)
                .end(Buffer.buffer(writer.body(result, order, iesAccountId, ApiRequest.traceId(ctx), words)));
    }

    private void payBatch(RoutingContext ctx, Paying paying, UnagreedTills unagreed) {
        Principal terminal = terminal(ctx);
        macs.require(ctx, terminal);
        List<PaymentOrder> orders = parser.batch(body(ctx));
        BatchAnswer answer = new BatchAnswer(ctx, writer, orders);
        for (int i = 0; i < orders.size(); i++) {
            PaymentOrder order = orders.get(i);
            int index = i;
            send(paying, unagreed, terminal, order)
                    .onSuccess(result -> paying.iesAccount(order, result, terminal.circuitId())
                            .onSuccess(iesAccountId -> answer.result(index, result, iesAccountId)))
                    .onFailure(failure -> answer.failure(index, failure));
        }
    }

    private void requireBegun(PaymentOrder order) {
        FiscalDocument document = order.fiscalDocument;
        if (document != null) {
            documents.requireBegun(document);
        }
    }

    /** The sale stands, whatever becomes of its document. */
    private Future<PaymentResult> keepDocument(Principal terminal, PaymentOrder order, PaymentResult result) {
        FiscalDocument document = order.fiscalDocument;
        if (document == null || !result.isOk()) {
            return Future.succeededFuture(result);
        }
        return documents
                .keep(
                        terminal.circuitId(),
                        result.outletId(),
                        result.paymentId(),
                        document,
                        terminal.id(),
                        result.timestampMs(),
                        result.sequence())
                .map(kept -> {
                    order.fiscalDocument = kept ? document : null;
                    return result;
                });
    }

    private Future<PaymentResult> pay(
            Paying paying, UnagreedTills unagreed, Principal terminal, Idempotency key, PaymentOrder order) {
        Future<PaymentResult> paid = unagreed.has(terminal)
                ? unagreed.requireMade(terminal, key)
                        .onFailure(notMade -> order.forgetPin())
                        .compose(made -> paying.pay(terminal, key, order))
                : paying.pay(terminal, key, order);
        return paid.compose(result -> keepDocument(terminal, order, result));
    }

    private Future<PaymentResult> send(Paying paying, UnagreedTills unagreed, Principal terminal, PaymentOrder order) {
        try {
            requireBegun(order);
            return pay(paying, unagreed, terminal, Objects.requireNonNull(order.key), order);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private static Principal terminal(RoutingContext ctx) {
        Principal principal = ApiRequest.principal(ctx);
        if (principal.kind() != PrincipalKind.TERMINAL) {
            throw new ProblemException("forbidden");
        }
        return principal;
    }

    private static byte[] body(RoutingContext ctx) {
        Buffer body = ctx.body().buffer();
        return body == null ? new byte[0] : body.getBytes();
    }
}
