// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.LineOutcome;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.SettlementState;
import it.socialies.engine.protocol.sbe.TransferReason;
import it.socialies.engine.protocol.sbe.UnitCode;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** {@code ReturnLines}, {@code OrderLines}, {@code RecordOutcomes}. */
final class LineRules {
    private static final int LINES_MAX = 64;
    private static final int BOUNCED = LineOutcome.BOUNCED.value();
    private static final long RETURN_MS = 120L * 24 * 60 * 60 * 1000;

    private final World world;
    private final Access access;
    private final Room room;

    LineRules(World world, Access access, Room room) {
        this.world = world;
        this.access = access;
        this.room = room;
    }

    private List<Message> requireList(Call call) {
        List<Message> named = call.command().group("lines");
        Refused.when(named.isEmpty() || named.size() > LINES_MAX, ResultCode.MALFORMED);
        return named;
    }

    private static boolean isAscending(List<Message> named) {
        return IntStream.range(1, named.size())
                .allMatch(i -> named.get(i).number("lineId") > named.get(i - 1).number("lineId"));
    }

    private World.Line require(Message named, Call call, boolean isOrdered) {
        World.Line line = world.lines.get(named.number("lineId"));
        if (line == null || line.settlement.circuitId != call.circuitId()) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        Refused.unless(line.isOrdered == isOrdered && line.paidMs == 0, ResultCode.SETTLEMENT_STATE_CONFLICT);
        return line;
    }

    Effect giveBack(Call call) {
        access.require(call, Access.TREASURER);
        List<Message> named = requireList(call);
        Refused.unless(isAscending(named), ResultCode.INVALID_FIELD);
        for (Message each : named) {
            World.Line line = require(each, call, false);
            Refused.when(line.settlement.state == SettlementState.DRAWN, ResultCode.SETTLEMENT_STATE_CONFLICT);
        }
        return events -> named.forEach(each -> {
            World.Line line = require(each, call, false);
            events.add(world.books.post(
                    line.merchant.settling.get(line.programme.id),
                    line.merchant.payables.get(line.programme.id),
                    line.toPay,
                    TransferReason.SETTLEMENT_RETURNED,
                    line.id));
            leave(line);
            events.add(new Message("LineReturned").with("lineId", line.id));
        });
    }

    private void leave(World.Line line) {
        world.lines.remove(line.id);
        SettlementRules.leaveWhenDone(world, line.settlement);
    }

    Effect order(Call call) {
        World.Operator treasurer = access.require(call, Access.TREASURER);
        List<Message> named = requireList(call);
        Refused.unless(call.number("reference") > 0 && isAscending(named), ResultCode.INVALID_FIELD);
        for (Message each : named) {
            World.Line line = require(each, call, false);
            Refused.unless(line.settlement.state == SettlementState.APPROVED, ResultCode.SETTLEMENT_STATE_CONFLICT);
            Refused.when(line.merchant.payee == 0, ResultCode.PAYEE_MISSING);
            Refused.when(line.merchant.isPayeeHeld, ResultCode.PAYEE_HELD);
        }
        return events -> named.forEach(each -> {
            World.Line line = require(each, call, false);
            line.isOrdered = true;
            events.add(new Message("LineOrdered")
                    .with("lineId", line.id)
                    .with("payee", line.merchant.payee)
                    .with("reference", call.number("reference"))
                    .with("operatorId", treasurer.id));
        });
    }

    Effect recordOutcomes(Call call) {
        World.Operator treasurer = access.require(call, Access.TREASURER);
        List<Message> named = requireList(call);
        boolean areWords = named.stream().allMatch(each -> each.number("outcome") >= 1 && each.number("outcome") <= 4);
        boolean isBounced = named.stream().anyMatch(each -> each.number("outcome") == BOUNCED);
        Refused.unless(
                call.number("reference") > 0 && areWords && (!isBounced || named.size() == 1) && isAscending(named),
                ResultCode.INVALID_FIELD);
        room.requireAccounts(named.size());
        if (isBounced) {
            return bounce(named.getFirst(), call, treasurer);
        }
        named.forEach(each -> require(each, call, true));
        return events -> named.forEach(each -> {
            World.Line line = require(each, call, true);
            LineOutcome outcome = LineOutcome.get((short) each.number("outcome"));
            if (outcome == LineOutcome.PAID) {
                pay(line, call, treasurer, events);
            } else {
                reopen(line, outcome, call, treasurer, events);
            }
        });
    }

    private Effect bounce(Message named, Call call, World.Operator treasurer) {
        World.Line line = world.lines.get(named.number("lineId"));
        if (line == null || line.settlement.circuitId != call.circuitId()) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        Refused.when(line.paidMs == 0, ResultCode.SETTLEMENT_STATE_CONFLICT);
        World.Programme programme = line.programme;
        Account paidOut = Objects.requireNonNull(programme.paidOut);
        Refused.when(
                line.toPay.compareTo(paidOut.available()) > 0 || line.toPay.compareTo(programme.cashed) > 0,
                ResultCode.INSUFFICIENT_FUNDS);
        return events -> {
            events.add(world.books.post(
                    paidOut,
                    line.merchant.settling.get(programme.id),
                    line.toPay,
                    TransferReason.PAYMENT_BOUNCED,
                    line.id));
            cash(programme, line.toPay.negate(), call, events);
            line.paidMs = 0;
            reopen(line, LineOutcome.BOUNCED, call, treasurer, events);
        };
    }

    private static void cash(World.Programme programme, BigInteger amount, Call call, List<Message> events) {
        programme.cashed = programme.cashed.add(amount);
        events.add(new Message("CashRecorded")
                .with("programmeId", programme.id)
                .with("amount", amount)
                .with("cashed", programme.cashed)
                .with("reference", call.number("reference")));
    }

    private static void reopen(
            World.Line line, LineOutcome outcome, Call call, World.Operator treasurer, List<Message> events) {
        line.isOrdered = false;
        events.add(new Message("LineReopened")
                .with("lineId", line.id)
                .with("reference", call.number("reference"))
                .with("operatorId", treasurer.id)
                .with("outcome", outcome));
    }

    /** A payment of so long ago does not come back any more. */
    static void leaveUnreturned(World world, long nowMs) {
        List<World.Line> gone = world.lines.values().stream()
                .filter(line -> line.paidMs != 0 && nowMs - line.paidMs >= RETURN_MS)
                .toList();
        gone.forEach(line -> {
            world.lines.remove(line.id);
            SettlementRules.leaveWhenDone(world, line.settlement);
        });
    }

    private void pay(World.Line line, Call call, World.Operator treasurer, List<Message> events) {
        World.Programme programme = line.programme;
        Account paidOut = programme.paidOut;
        if (paidOut == null) {
            paidOut = world.books.open(0, programme.id, call.circuitId(), AccountKind.PAID_OUT, UnitCode.EUR);
            programme.paidOut = paidOut;
            events.add(paidOut.opened());
        }
        events.add(world.books.post(
                line.merchant.settling.get(programme.id), paidOut, line.toPay, TransferReason.PAID_OUT, line.id));
        cash(programme, line.toPay, call, events);
        line.isOrdered = false;
        line.paidMs = call.stampMs();
        events.add(new Message("LinePaid")
                .with("lineId", line.id)
                .with("reference", call.number("reference"))
                .with("operatorId", treasurer.id));
    }
}
