// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.settlement;

import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.funds.Commitments;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.CashRecordedEncoder;
import it.socialies.engine.protocol.sbe.LineOrderedEncoder;
import it.socialies.engine.protocol.sbe.LineOutcome;
import it.socialies.engine.protocol.sbe.LinePaidEncoder;
import it.socialies.engine.protocol.sbe.LineReopenedEncoder;
import it.socialies.engine.protocol.sbe.LineReturnedEncoder;
import it.socialies.engine.protocol.sbe.OrderLinesDecoder;
import it.socialies.engine.protocol.sbe.RecordOutcomesDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.ReturnLinesDecoder;
import it.socialies.engine.protocol.sbe.SettlementState;
import it.socialies.engine.protocol.sbe.TransferReason;
import it.socialies.engine.protocol.sbe.UnitCode;

/**
 * Decides ReturnLines, OrderLines and RecordOutcomes. A line is in one order at a time, so nothing is paid twice. A list is in ascending order, and refused
 * whole when one of its lines is. A payment that came back is told by itself.
 */
public final class LineChanges {
    private static final int MAX_LINES = 64;

    private final ReturnLinesDecoder returnLines = new ReturnLinesDecoder();
    private final OrderLinesDecoder orderLines = new OrderLinesDecoder();
    private final RecordOutcomesDecoder recordOutcomes = new RecordOutcomesDecoder();
    private final LineReturnedEncoder lineReturned = new LineReturnedEncoder();
    private final LineOrderedEncoder lineOrdered = new LineOrderedEncoder();
    private final LinePaidEncoder linePaid = new LinePaidEncoder();
    private final LineReopenedEncoder lineReopened = new LineReopenedEncoder();
    private final CashRecordedEncoder cashRecorded = new CashRecordedEncoder();
    private final long[] ids = new long[MAX_LINES];
    private final int[] outcomes = new int[MAX_LINES];
    private final EventWriter events;
    private final Ledger ledger;
    private final Accounts accounts;
    private final SettlementAccounts money;
    private final Settlements settlements;
    private final SettlementLines lines;
    private final Payees payees;
    private final Commitments commitments;
    private final Access access;

    /** Decides on these tables. */
    public LineChanges(
            final EventWriter events,
            final Ledger ledger,
            final Accounts accounts,
            final SettlementAccounts money,
            final Settlements settlements,
            final SettlementLines lines,
            final Payees payees,
            final Commitments commitments,
            final Access access) {
        this.events = events;
        this.ledger = ledger;
        this.accounts = accounts;
        this.money = money;
        this.settlements = settlements;
        this.lines = lines;
        this.payees = payees;
        this.commitments = commitments;
        this.access = access;
    }

    /** Lines go back to what the shops are owed. */
    public ResultCode giveBack(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.TREASURER);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(returnLines);
        final ReturnLinesDecoder.LinesDecoder group = returnLines.lines();
        final int count = group.count();
        if (count < 1 || count > MAX_LINES) {
            return ResultCode.MALFORMED;
        }
        int line = 0;
        for (final ReturnLinesDecoder.LinesDecoder each : group) {
            ids[line++] = each.lineId();
        }
        if (!isAscending(count)) {
            return ResultCode.INVALID_FIELD;
        }
        for (int i = 0; i < count; i++) {
            final ResultCode code = check(ids[i], command.circuitId(), LinePlace.OPEN, SettlementState.DRAWN);
            if (code != ResultCode.OK) {
                return code;
            }
        }
        for (int i = 0; i < count && !command.isDryRun(); i++) {
            giveBack(ids[i]);
        }
        return ResultCode.OK;
    }

    /** Lines are to be paid to the payees in force. */
    public ResultCode order(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.TREASURER);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(orderLines);
        final long reference = orderLines.reference();
        final OrderLinesDecoder.LinesDecoder group = orderLines.lines();
        final int count = group.count();
        if (count < 1 || count > MAX_LINES) {
            return ResultCode.MALFORMED;
        }
        int line = 0;
        for (final OrderLinesDecoder.LinesDecoder each : group) {
            ids[line++] = each.lineId();
        }
        if (reference <= 0 || !isAscending(count)) {
            return ResultCode.INVALID_FIELD;
        }
        for (int i = 0; i < count; i++) {
            final ResultCode code = checkOrder(ids[i], command.circuitId());
            if (code != ResultCode.OK) {
                return code;
            }
        }
        for (int i = 0; i < count && !command.isDryRun(); i++) {
            events.start(lineOrdered)
                    .lineId(ids[i])
                    .payee(payees.payee(lines.merchantId(ids[i])))
                    .reference(reference)
                    .operatorId(command.principalId());
            events.end();
        }
        return ResultCode.OK;
    }

    /** The bank or the treasury has told what became of ordered lines. */
    public ResultCode recordOutcomes(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.TREASURER);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(recordOutcomes);
        final long reference = recordOutcomes.reference();
        final RecordOutcomesDecoder.LinesDecoder group = recordOutcomes.lines();
        final int count = group.count();
        if (count < 1 || count > MAX_LINES) {
            return ResultCode.MALFORMED;
        }
        int line = 0;
        boolean areNamed = true;
        boolean hasBounced = false;
        for (final RecordOutcomesDecoder.LinesDecoder each : group) {
            ids[line] = each.lineId();
            outcomes[line] = each.outcome();
            areNamed &= outcomes[line] >= LineOutcome.PAID.value() && outcomes[line] <= LineOutcome.BOUNCED.value();
            hasBounced |= outcomes[line] == LineOutcome.BOUNCED.value();
            line++;
        }
        if (reference <= 0 || !areNamed || (hasBounced && count > 1) || !isAscending(count)) {
            return ResultCode.INVALID_FIELD;
        }
        if (!accounts.hasRoomFor(count)) {
            return ResultCode.LIMIT_REACHED;
        }
        if (hasBounced) {
            return bounce(ids[0], reference, command);
        }
        for (int i = 0; i < count; i++) {
            final ResultCode code = check(ids[i], command.circuitId(), LinePlace.ORDERED, SettlementState.NULL_VAL);
            if (code != ResultCode.OK) {
                return code;
            }
        }
        for (int i = 0; i < count && !command.isDryRun(); i++) {
            if (outcomes[i] == LineOutcome.PAID.value()) {
                pay(ids[i], reference, command);
            } else {
                reopen(ids[i], reference, LineOutcome.get((short) outcomes[i]), command);
            }
        }
        return ResultCode.OK;
    }

    private boolean isAscending(final int count) {
        for (int i = 1; i < count; i++) {
            if (ids[i] <= ids[i - 1]) {
                return false;
            }
        }
        return true;
    }

    private ResultCode checkOrder(final long id, final int circuitId) {
        final ResultCode code = check(id, circuitId, LinePlace.OPEN, SettlementState.DRAWN);
        if (code != ResultCode.OK) {
            return code;
        }
        if (settlements.state(lines.settlementId(id)) != SettlementState.APPROVED) {
            return ResultCode.SETTLEMENT_STATE_CONFLICT;
        }
        final long merchantId = lines.merchantId(id);
        if (payees.payee(merchantId) == 0) {
            return ResultCode.PAYEE_MISSING;
        }
        return payees.isHeld(merchantId) ? ResultCode.PAYEE_HELD : ResultCode.OK;
    }

    /** Whether the line is there, in this place, and its settlement not in a state. */
    private ResultCode check(
            final long id, final int circuitId, final LinePlace place, final SettlementState notState) {
        if (!lines.exists(id) || !settlements.exists(lines.settlementId(id), circuitId)) {
            return ResultCode.NOT_FOUND;
        }
        return lines.place(id) == place && settlements.state(lines.settlementId(id)) != notState
                ? ResultCode.OK
                : ResultCode.SETTLEMENT_STATE_CONFLICT;
    }

    /** The money is back: what was paid goes to its line again, which is open for another order. */
    private ResultCode bounce(final long id, final long reference, final CommandContext command) {
        final ResultCode code = check(id, command.circuitId(), LinePlace.PAID, SettlementState.NULL_VAL);
        if (code != ResultCode.OK) {
            return code;
        }
        final long programmeId = lines.programmeId(id);
        final long amount = lines.toPay(id);
        final long paidOut = money.paidOut().accountId(0, programmeId);
        if (amount > accounts.available(paidOut) || amount > commitments.cashed(programmeId)) {
            return ResultCode.INSUFFICIENT_FUNDS;
        }
        if (!command.isDryRun()) {
            final long settling = money.settling().accountId(lines.merchantId(id), programmeId);
            ledger.transfer(paidOut, settling, amount, TransferReason.PAYMENT_BOUNCED, id);
            recordCash(programmeId, -amount, reference);
            reopen(id, reference, LineOutcome.BOUNCED, command);
        }
        return ResultCode.OK;
    }

    private void reopen(final long id, final long reference, final LineOutcome outcome, final CommandContext command) {
        events.start(lineReopened)
                .lineId(id)
                .reference(reference)
                .operatorId(command.principalId())
                .outcome(outcome);
        events.end();
    }

    private void recordCash(final long programmeId, final long amount, final long reference) {
        events.start(cashRecorded)
                .programmeId(programmeId)
                .amount(amount)
                .cashed(commitments.cashed(programmeId) + amount)
                .reference(reference);
        events.end();
    }

    private void giveBack(final long id) {
        final long merchantId = lines.merchantId(id);
        final long programmeId = lines.programmeId(id);
        ledger.transfer(
                money.settling().accountId(merchantId, programmeId),
                money.payables().accountId(merchantId, programmeId),
                lines.toPay(id),
                TransferReason.SETTLEMENT_RETURNED,
                id);
        events.start(lineReturned).lineId(id);
        events.end();
    }

    private void pay(final long id, final long reference, final CommandContext command) {
        final long programmeId = lines.programmeId(id);
        final long amount = lines.toPay(id);
        long paidOut = money.paidOut().accountId(0, programmeId);
        if (paidOut == 0) {
            paidOut = ledger.openAccount(command.circuitId(), AccountKind.PAID_OUT, UnitCode.EUR, 0, programmeId);
        }
        ledger.transfer(
                money.settling().accountId(lines.merchantId(id), programmeId),
                paidOut,
                amount,
                TransferReason.PAID_OUT,
                id);
        recordCash(programmeId, amount, reference);
        events.start(linePaid).lineId(id).reference(reference).operatorId(command.principalId());
        events.end();
    }
}
