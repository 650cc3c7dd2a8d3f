// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.CaptureMode;
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
        World.Card card = attempt.proveCard();
        DrawingRules.Plan plan = drawing.plan(
                card.wallet, terminal.merchant(), eligible, allowIes ? bill : eligible, allowIes, call.stampMs());
        if (plan.drawn().signum() == 0 || (Amounts.isMore(plan.target(), plan.drawn()) && !allowPartial)) {
            throw attempt.refusal(plan.refusal(), plan.remaining());
        }
        return events -> {
            pins.succeed(card, events);
            make(call, terminal, card, plan, events);
        };
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

        World.Card proveCard() {
            try {
                World.Card usable = pins.requireCard(token, call.circuitId());
                pins.requireRight(usable, call.command().digest("verifier"), call.stampMs());
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

        /** A refusal behind the right PIN. */
        Refused refusal(ResultCode code, BigInteger remaining) {
            return new Refused(code, events -> {
                if (card != null) {
                    pins.succeed(card, events);
                }
                events.add(rejected(remaining, PinRules.TRIES));
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
            place(payment, draw, isAutomatic, events);
        }
        if (isAutomatic) {
            payment.captured = plan.drawn();
        }
    }

    private void place(World.Payment payment, DrawingRules.Draw draw, boolean isAutomatic, List<Message> events) {
        Account debit = draw.from();
        Account credit = drawing.payable(draw, payment.terminal.merchant());
        World.Hold hold = new World.Hold(++world.lastHoldId, debit, credit, draw.amount(), draw.pocket());
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
                .with("amount", hold.amount));
    }
}
