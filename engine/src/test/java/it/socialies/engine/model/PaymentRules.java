// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.CaptureMode;
import it.socialies.engine.protocol.sbe.CardKind;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.MerchantStatus;
import it.socialies.engine.protocol.sbe.PaymentState;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A payment at a till. */
final class PaymentRules {
    static final long AUTHORIZED_MS = 7L * 24 * 3600 * 1000;
    static final long KEPT_MS = 90L * 24 * 3600 * 1000;

    private final World world;
    private final Access access;
    private final PinRules pins;
    private final DrawingRules drawing;

    PaymentRules(World world, Access access, PinRules pins) {
        this.world = world;
        this.access = access;
        this.pins = pins;
        drawing = new DrawingRules(world);
    }

    Effect pay(Call call) {
        World.Terminal terminal = access.requireTerminal(call);
        Refused.when(call.frame().isDryRun(), ResultCode.INVALID_FIELD);
        BigInteger bill = call.command().amount("billTotal");
        BigInteger eligible = call.command().amount("eligibleAmount");
        boolean allowIes = call.number("allowIes") == 1;
        boolean allowPartial = call.number("allowPartial") == 1;
        Amounts.requirePositive(bill);
        Refused.unless(
                eligible.signum() >= 0 && !Amounts.isMore(eligible, bill) && (eligible.signum() > 0 || allowIes),
                ResultCode.INVALID_AMOUNT);
        Attempt attempt = new Attempt(call, terminal);
        attempt.refuseWhen(terminal.merchant().status == MerchantStatus.SUSPENDED, ResultCode.MERCHANT_SUSPENDED);
        BigInteger target = allowIes ? bill : eligible;
        World.Card card = attempt.proveCard(target);
        BigInteger allowance = allowance(card, call.epochDay());
        if (allowance.signum() == 0 || (Amounts.isMore(target, allowance) && !allowPartial)) {
            throw attempt.refusal(ResultCode.CARD_LIMIT_EXCEEDED, allowance);
        }
        DrawingRules.Plan plan = drawing.plan(
                card.wallet,
                terminal.merchant(),
                eligible.min(allowance),
                target.min(allowance),
                allowIes,
                call.stampMs(),
                call.epochDay());
        if (plan.drawn().signum() == 0 || (Amounts.isMore(plan.target(), plan.drawn()) && !allowPartial)) {
            throw attempt.refusal(plan.refusal(), plan.remaining().min(allowance));
        }
        return events -> {
            if (attempt.judgesPin(card)) {
                pins.succeed(card, events);
            }
            make(call, terminal, card, plan, events);
            spend(card, call.epochDay(), plan.drawn().longValueExact(), attempt.judgesPin(card), events);
        };
    }

    /** What the limits of the card itself leave; more than anybody has where there are none. */
    private static BigInteger allowance(World.Card card, int epochDay) {
        BigInteger least = Amounts.MAX.multiply(BigInteger.TEN);
        if (card.paymentMax > 0) {
            least = least.min(BigInteger.valueOf(card.paymentMax));
        }
        if (card.dayMax > 0) {
            least = least.min(BigInteger.valueOf(card.dayMax - card.daySpent(epochDay)));
        }
        return least.max(BigInteger.ZERO);
    }

    private static void spend(World.Card card, int epochDay, long drawn, boolean isPinJudged, List<Message> events) {
        if (card.kind != CardKind.HOLDER || card.pinFreeDayMax > 0) {
            long daySpent = card.daySpent(epochDay) + drawn;
            long pinFreeSpent = card.pinFreeSpent(epochDay) + (isPinJudged ? 0 : drawn);
            card.spentDay = epochDay;
            card.daySpent = daySpent;
            card.pinFreeSpent = pinFreeSpent;
            events.add(new Message("CardSpent")
                    .with("cardId", card.id)
                    .with("daySpent", daySpent)
                    .with("pinFreeSpent", pinFreeSpent)
                    .with("epochDay", epochDay));
        }
        if (card.kind == CardKind.ERRAND) {
            card.status = CardStatus.CLOSED;
            events.add(new Message("CardStatusChanged").with("cardId", card.id).with("status", CardStatus.CLOSED));
        }
    }

    /** A payment that may be refused with a trace. */
    private final class Attempt {
        private final Call call;
        private final World.Terminal terminal;
        private final World.Token token;
        private final World.@Nullable Card card;

        Attempt(Call call, World.Terminal terminal) {
            this.call = call;
            this.terminal = terminal;
            token = new World.Token(call.number("tokenHi"), call.number("tokenLo"));
            World.Card known = world.cardsByToken.get(token);
            card = known != null && known.wallet.circuitId == call.circuitId() ? known : null;
        }

        /** True when a PIN comes with the payment, and the card has one. */
        boolean judgesPin(World.Card of) {
            return of.kind != CardKind.ERRAND
                    && !call.command().digest("verifier").equals(CardRules.ZEROS);
        }

        World.Card proveCard(BigInteger target) {
            try {
                World.Card usable = pins.requireCard(token, call);
                Refused.unless(
                        usable.merchantId == 0 || usable.merchantId == terminal.merchant().id,
                        ResultCode.CARD_OTHER_SHOP);
                if (judgesPin(usable)) {
                    pins.requireRight(usable, call.command().digest("verifier"), call.stampMs());
                } else if (usable.kind != CardKind.ERRAND) {
                    Refused.when(pins.isLocked(usable, call.stampMs()), ResultCode.PIN_LOCKED);
                    long left = usable.pinFreeDayMax - usable.pinFreeSpent(call.epochDay());
                    Refused.when(Amounts.isMore(target, BigInteger.valueOf(left)), ResultCode.PIN_NEEDED);
                }
                return usable;
            } catch (Refused refused) {
                boolean isWrongPin = refused.code == ResultCode.PIN_WRONG && card != null;
                int triesLeft = isWrongPin ? pins.triesLeftAfterAWrongOne(card) : 0;
                throw new Refused(refused.code, events -> {
                    refused.effect.apply(events);
                    events.add(rejected(BigInteger.ZERO, triesLeft));
                });
            }
        }

        void refuseWhen(boolean fails, ResultCode code) {
            if (fails) {
                throw new Refused(code, events -> events.add(rejected(BigInteger.ZERO, 0)));
            }
        }

        /** A refusal behind the right PIN, or where none is asked for. */
        Refused refusal(ResultCode code, BigInteger remaining) {
            boolean isPinJudged = card != null && judgesPin(card);
            return new Refused(code, events -> {
                if (isPinJudged && card != null) {
                    pins.succeed(card, events);
                }
                events.add(rejected(remaining, isPinJudged ? PinRules.TRIES : 0));
            });
        }

        private Message rejected(BigInteger remaining, int triesLeft) {
            return new Message("PaymentRejected")
                    .with("paymentId", ++world.lastPaymentId)
                    .with("walletId", card == null ? 0 : card.wallet.id)
                    .with("cardId", card == null ? 0 : card.id)
                    .with("merchantId", terminal.merchant().id)
                    .with("outletId", terminal.outlet.id())
                    .with("terminalId", terminal.id)
                    .with("billTotal", call.number("billTotal"))
                    .with("eligibleAmount", call.number("eligibleAmount"))
                    .with("remaining", remaining)
                    .with("terminalReference", call.number("terminalReference"))
                    .with("triesLeft", triesLeft);
        }
    }

    private void make(
            Call call, World.Terminal terminal, World.Card card, DrawingRules.Plan plan, List<Message> events) {
        boolean isAutomatic = call.command().word("capture", CaptureMode.class) == CaptureMode.AUTOMATIC;
        World.Payment payment = new World.Payment(
                ++world.lastPaymentId,
                card,
                terminal,
                call.command(),
                plan.drawn(),
                call.stampMs(),
                isAutomatic ? PaymentState.CAPTURED : PaymentState.AUTHORIZED);
        payment.deadlineMs = call.stampMs() + (isAutomatic ? KEPT_MS : AUTHORIZED_MS);
        world.payments.put(payment.id, payment);
        plan.draws().forEach(draw -> drawing.openPayable(draw, terminal.merchant(), events));
        events.add(new Message("PaymentMade")
                .with("paymentId", payment.id)
                .with("walletId", card.wallet.id)
                .with("cardId", card.id)
                .with("merchantId", terminal.merchant().id)
                .with("outletId", terminal.outlet.id())
                .with("terminalId", terminal.id)
                .with("billTotal", call.number("billTotal"))
                .with("eligibleAmount", call.number("eligibleAmount"))
                .with("drawn", plan.drawn())
                .with("terminalReference", call.number("terminalReference"))
                .with("deadlineMs", payment.deadlineMs)
                .with("state", payment.state));
        for (DrawingRules.Draw draw : plan.draws()) {
            place(call, payment, draw, isAutomatic, events);
        }
        if (isAutomatic) {
            payment.captured = plan.drawn();
        }
    }

    private void place(
            Call call, World.Payment payment, DrawingRules.Draw draw, boolean isAutomatic, List<Message> events) {
        Account debit = draw.from();
        Account credit = drawing.payable(draw, payment.terminal.merchant());
        World.Hold hold = new World.Hold(
                ++world.lastHoldId, debit, credit, draw.amount(), draw.pocket(), draw.rules(), call.epochDay());
        SpendingRules.count(hold, hold.amount);
        payment.holds.add(hold);
        world.holdsPresent++;
        if (isAutomatic) {
            world.books.move(debit, credit, draw.amount());
            hold.captured = draw.amount();
        } else {
            world.books.pend(debit, credit, draw.amount());
        }
        events.add(new Message(isAutomatic ? "HoldPosted" : "HoldPlaced")
                .with("holdId", hold.id)
                .with("paymentId", payment.id)
                .with("debitAccountId", debit.id)
                .with("creditAccountId", credit.id)
                .with("amount", hold.amount)
                .with("rulesVersion", hold.rules == null ? 0 : hold.rules.version));
    }
}
