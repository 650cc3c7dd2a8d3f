// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.PaymentState;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TransferReason;
import it.socialies.engine.protocol.sbe.UnitCode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** What becomes of a payment: captured, voided, expired, refunded, closed. */
final class LifecycleRules {
    private final World world;
    private final Access access;
    private final Room room;

    LifecycleRules(World world, Access access, Room room) {
        this.world = world;
        this.access = access;
        this.room = room;
    }

    Effect capture(Call call) {
        requireWho(call);
        BigInteger amount = call.command().amount("amount");
        Amounts.requirePositive(amount);
        World.Payment payment = require(call);
        Refused.unless(payment.state == PaymentState.AUTHORIZED, ResultCode.PAYMENT_STATE_CONFLICT);
        Refused.when(call.stampMs() >= payment.deadlineMs, ResultCode.EXPIRED);
        Refused.when(Amounts.isMore(amount, payment.drawn), ResultCode.AMOUNT_EXCEEDS_AUTHORIZED);
        return events -> {
            payment.captured = amount;
            change(payment, PaymentState.CAPTURED, amount, call.stampMs(), events);
            BigInteger left = amount;
            for (World.Hold hold : payment.holds) {
                BigInteger part = hold.amount.min(left);
                left = left.subtract(part);
                if (part.signum() == 0) {
                    release(hold, call.stampMs(), events);
                } else {
                    capture(hold, part, call.stampMs(), events);
                }
            }
        };
    }

    private void capture(World.Hold hold, BigInteger part, long stampMs, List<Message> events) {
        world.books.pend(hold.debit, hold.credit, hold.amount.negate());
        world.books.move(hold.debit, hold.credit, part);
        hold.captured = part;
        events.add(new Message("HoldCaptured")
                .with("holdId", hold.id)
                .with("debitAccountId", hold.debit.id)
                .with("creditAccountId", hold.credit.id)
                .with("captured", part)
                .with("released", hold.amount.subtract(part)));
        giveBack(hold, hold.amount.subtract(part), stampMs, events);
    }

    /** What comes back counts no more, waits for a sweep, and behind the end may get a grace. */
    private static void giveBack(World.Hold hold, BigInteger amount, long stampMs, List<Message> events) {
        if (hold.pocket != null && hold.rules != null && amount.signum() > 0) {
            SpendingRules.count(hold, amount.negate());
            TopUpRules.receive(hold.pocket);
            GraceRules.grant(hold.pocket, hold.rules, stampMs, events);
        }
    }

    void release(World.Hold hold, long stampMs, List<Message> events) {
        world.books.pend(hold.debit, hold.credit, hold.amount.negate());
        events.add(new Message("HoldReleased")
                .with("holdId", hold.id)
                .with("debitAccountId", hold.debit.id)
                .with("creditAccountId", hold.credit.id)
                .with("amount", hold.amount));
        giveBack(hold, hold.amount, stampMs, events);
    }

    Effect voidPayment(Call call) {
        requireWho(call);
        World.Payment payment = require(call);
        Refused.unless(payment.state == PaymentState.AUTHORIZED, ResultCode.PAYMENT_STATE_CONFLICT);
        return events -> end(payment, PaymentState.VOIDED, call.stampMs(), events);
    }

    /** Gives everything held back. */
    void end(World.Payment payment, PaymentState state, long stampMs, List<Message> events) {
        change(payment, state, payment.drawn, stampMs, events);
        payment.holds.forEach(hold -> release(hold, stampMs, events));
    }

    Effect refund(Call call) {
        requireWho(call);
        BigInteger amount = call.command().amount("amount");
        Amounts.requirePositive(amount);
        World.Payment payment = require(call);
        requireRefundable(payment, amount);
        Refused.when(payment.isDisputed, ResultCode.PAYMENT_DISPUTED);
        requireCover(payment, amount);
        return events -> refund(payment, amount, call.stampMs(), events);
    }

    static void requireRefundable(World.Payment payment, BigInteger amount) {
        Refused.unless(
                payment.state == PaymentState.CAPTURED || payment.state == PaymentState.PARTIALLY_REFUNDED,
                ResultCode.PAYMENT_STATE_CONFLICT);
        Refused.when(
                Amounts.isMore(amount, payment.captured.subtract(payment.refunded)),
                ResultCode.AMOUNT_EXCEEDS_REFUNDABLE);
    }

    /** Along the holds, the last drawn first. */
    static List<Part> partsOf(World.Payment payment, BigInteger amount) {
        List<Part> parts = new ArrayList<>();
        BigInteger left = amount;
        for (World.Hold hold : payment.holds.reversed()) {
            BigInteger part = hold.captured.subtract(hold.refunded).min(left);
            if (part.signum() > 0) {
                parts.add(new Part(hold, part));
                left = left.subtract(part);
            }
        }
        return parts;
    }

    /** What the shop was paid for already it owes, but for IES. */
    void requireCover(World.Payment payment, BigInteger amount) {
        List<Part> uncovered = partsOf(payment, amount).stream()
                .filter(part -> Amounts.isMore(part.amount, part.hold.credit.available()))
                .toList();
        Refused.when(
                uncovered.stream().anyMatch(part -> part.hold.credit.programmeId == 0), ResultCode.SETTLED_ALREADY);
        World.Merchant merchant = payment.terminal.merchant();
        room.requireAccounts((int) uncovered.stream()
                .filter(part -> !merchant.debts.containsKey(part.hold.credit.programmeId))
                .count());
    }

    void refund(World.Payment payment, BigInteger amount, long stampMs, List<Message> events) {
        List<Part> parts = partsOf(payment, amount);
        payment.refunded = payment.refunded.add(amount);
        boolean isAll = payment.refunded.equals(payment.captured);
        change(payment, isAll ? PaymentState.REFUNDED : PaymentState.PARTIALLY_REFUNDED, amount, stampMs, events);
        parts.forEach(part -> {
            owe(payment, part, events);
            refund(part, stampMs, events);
        });
    }

    private void owe(World.Payment payment, Part part, List<Message> events) {
        Account payable = part.hold.credit;
        BigInteger missing = part.amount.subtract(payable.available());
        if (missing.signum() <= 0) {
            return;
        }
        World.Merchant merchant = payment.terminal.merchant();
        Account debt = merchant.debts.get(payable.programmeId);
        if (debt == null) {
            debt = world.books.open(
                    merchant.id, payable.programmeId, payable.circuitId, AccountKind.RECEIVABLE, UnitCode.EUR);
            merchant.debts.put(payable.programmeId, debt);
            events.add(debt.opened());
        }
        events.add(world.books.post(debt, payable, missing, TransferReason.DEBT_INCURRED, payment.id));
    }

    record Part(World.Hold hold, BigInteger amount) {}

    private void refund(Part part, long stampMs, List<Message> events) {
        World.Hold hold = part.hold;
        Account from = hold.credit;
        Account to = hold.debit;
        world.books.move(from, to, part.amount);
        hold.refunded = hold.refunded.add(part.amount);
        events.add(new Message("HoldRefunded")
                .with("holdId", hold.id)
                .with("debitAccountId", hold.debit.id)
                .with("creditAccountId", hold.credit.id)
                .with("amount", part.amount));
        giveBack(hold, part.amount, stampMs, events);
    }

    private static void change(
            World.Payment payment, PaymentState state, BigInteger amount, long stampMs, List<Message> events) {
        payment.state = state;
        payment.deadlineMs = stampMs + PaymentRules.KEPT_MS;
        events.add(new Message("PaymentChanged")
                .with("paymentId", payment.id)
                .with("amount", amount)
                .with("capturedTotal", payment.captured)
                .with("refundedTotal", payment.refunded)
                .with("state", state));
    }

    void close(World.Payment payment, List<Message> events) {
        world.payments.remove(payment.id);
        world.holdsPresent -= payment.holds.size();
        events.add(new Message("PaymentClosed").with("paymentId", payment.id));
    }

    private void requireWho(Call call) {
        if (Access.is(call, PrincipalKind.TERMINAL)) {
            access.requireTerminal(call);
        } else {
            access.require(call, Access.SOCIAL | Access.ADMIN);
        }
    }

    private World.Payment require(Call call) {
        World.Payment payment = world.payments.get(call.number("paymentId"));
        if (payment == null || payment.circuitId() != call.circuitId() || isOver(payment, call.stampMs())) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        World.Terminal terminal = access.terminal(call);
        if (terminal != null && terminal.merchant() != payment.terminal.merchant()) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        return payment;
    }

    /** True from the moment on at which a payment is to be closed. */
    static boolean isOver(World.Payment payment, long stampMs) {
        return payment.state != PaymentState.AUTHORIZED && !payment.isDisputed && stampMs >= payment.deadlineMs;
    }
}
