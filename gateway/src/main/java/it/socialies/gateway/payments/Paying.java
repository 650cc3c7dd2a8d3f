// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payments;

import io.vertx.core.Future;
import it.socialies.engine.protocol.sbe.CaptureMode;
import it.socialies.engine.protocol.sbe.CardViewDecoder;
import it.socialies.engine.protocol.sbe.PayEncoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.QueryCardEncoder;
import it.socialies.engine.protocol.sbe.QueryWalletEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.WalletViewDecoder;
import it.socialies.gateway.engineclient.CoreClient;
import it.socialies.gateway.engineclient.EngineCoreAccess;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.qr.CardPayload;
import it.socialies.gateway.qr.PrintedCode;
import it.socialies.gateway.qr.ScannedCard;
import it.socialies.gateway.security.CardLogins;
import it.socialies.gateway.security.CardToken;
import it.socialies.gateway.security.Digest256;
import it.socialies.gateway.security.PinVerifier;
import it.socialies.gateway.security.Principal;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import it.socialies.gateway.security.TillPins;
import java.util.Objects;

/** Sends payments to the core. Threading: one per event loop. */
final class Paying {
    /** What the core takes for no PIN at all. */
    private static final Digest256 NO_PIN = new Digest256(0, 0, 0, 0);

    private final CoreClient core;
    private final CardPayload payload;
    private final PrintedCode codes;
    private final PinVerifier pins;
    private final TerminalReferences references;
    private final TillPins tillPins;
    private final CardLogins cardLogins;
    private final PaymentResultDecoder decoder = new PaymentResultDecoder();
    private final PayEncoder encoder = new PayEncoder();

    Paying(
            CoreClient core,
            CardPayload payload,
            PrintedCode codes,
            PinVerifier pins,
            TerminalReferences references,
            TillPins tillPins,
            CardLogins cardLogins) {
        this.core = core;
        this.payload = payload;
        this.codes = codes;
        this.pins = pins;
        this.references = references;
        this.tillPins = tillPins;
        this.cardLogins = cardLogins;
    }

    /**
     * Sends a payment, when it is the turn of its PIN; completes with whatever the core answers. The PIN is gone when this returns.
     *
     * @throws it.socialies.gateway.security.Refusal when the card's code is not one of ours
     */
    Future<PaymentResult> pay(Principal terminal, Idempotency key, PaymentOrder order) {
        String scanned = order.cardToken;
        if (scanned != null) {
            ScannedCard card;
            try {
                card = payload.read(scanned);
            } catch (RuntimeException e) {
                order.forgetPin();
                throw e;
            }
            return pay(terminal, key, order, card.token());
        }
        return typed(Objects.requireNonNull(order.cardCode))
                .onFailure(refused -> order.forgetPin())
                .compose(token -> pay(terminal, key, order, token));
    }

    /** The card of a code that proves itself; a wrong one reaches nobody. */
    private Future<CardToken> typed(String cardCode) {
        long cardId = codes.read(PrintedCode.Use.CARD, cardCode);
        if (cardId == PrintedCode.NONE) {
            return Future.failedFuture(new Refusal(RefusalCode.CARD_CODE_WRONG));
        }
        return core.send(frame -> frame.from(PrincipalKind.SYSTEM, 0, 0)
                        .message(new QueryCardEncoder())
                        .cardId(cardId))
                .compose(reply -> {
                    if (!reply.isOk()) {
                        return Future.failedFuture(new Refusal(RefusalCode.CARD_CODE_WRONG));
                    }
                    CardViewDecoder view = reply.get(new CardViewDecoder());
                    return Future.succeededFuture(new CardToken(view.tokenHi(), view.tokenLo()));
                });
    }

    private Future<PaymentResult> pay(Principal terminal, Idempotency key, PaymentOrder order, CardToken card) {
        Digest256 verifier;
        try {
            byte[] pin = order.pin;
            verifier = pin == null ? NO_PIN : pins.ofTyped(card, pin);
        } finally {
            order.forgetPin();
        }
        long reference = references.number(order.terminalReference);
        return tillPins.judge(
                terminal.id(),
                () -> send(terminal, key, order, card, verifier, reference)
                        .onSuccess(result -> noteRight(card, verifier, result)),
                result -> result.code() == ResultCode.PIN_WRONG && !result.hit());
    }

    private void noteRight(CardToken card, Digest256 verifier, PaymentResult result) {
        if (result.isOk() && !result.hit() && !verifier.equals(NO_PIN)) {
            cardLogins.right(card);
        }
    }

    private Future<PaymentResult> send(
            Principal terminal,
            Idempotency key,
            PaymentOrder order,
            CardToken card,
            Digest256 verifier,
            long reference) {
        return core.send(
                frame -> {
                    PayEncoder pay = frame.from(terminal.kind(), terminal.id(), terminal.circuitId())
                            .key(key.hi(), key.lo())
                            .message(encoder)
                            .tokenHi(card.hi())
                            .tokenLo(card.lo())
                            .billTotal(order.billTotal)
                            .eligibleAmount(order.eligibleAmount)
                            .terminalReference(reference)
                            .capture(order.manualCapture ? CaptureMode.MANUAL : CaptureMode.AUTOMATIC)
                            .allowIes((short) (order.allowIes ? 1 : 0))
                            .allowPartial((short) (order.allowPartial ? 1 : 0));
                    EngineCoreAccess.put(pay.verifier(), verifier);
                },
                decoder);
    }

    /**
     * The account that a payment's IES came from, which the record alone does not tell apart; 0 when it drew none. The card has just proved itself, so
     * its wallet may be read in its name.
     */
    Future<Long> iesAccount(PaymentOrder order, PaymentResult result, int circuitId) {
        if (!order.allowIes || !result.isOk()) {
            return Future.succeededFuture(0L);
        }
        return core.send(frame -> frame.from(PrincipalKind.HOLDER, result.cardId(), circuitId)
                        .message(new QueryWalletEncoder())
                        .walletId(result.walletId()))
                .map(reply -> reply.isOk() ? reply.get(new WalletViewDecoder()).iesAccountId() : 0L)
                .otherwise(0L);
    }
}
