// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.AccountOpenedDecoder;
import it.socialies.engine.protocol.sbe.HoldCapturedDecoder;
import it.socialies.engine.protocol.sbe.HoldPlacedDecoder;
import it.socialies.engine.protocol.sbe.HoldPostedDecoder;
import it.socialies.engine.protocol.sbe.HoldRefundedDecoder;
import it.socialies.engine.protocol.sbe.HoldReleasedDecoder;
import it.socialies.engine.protocol.sbe.HoldState;
import it.socialies.engine.protocol.sbe.TransferPostedDecoder;
import java.util.List;

/**
 * Accounts with their four counters, holds, and every movement between two accounts. Counters change by the sum of a transaction's
 * movements, so a busy account is written once a transaction, not once a payment.
 */
final class LedgerTables implements TableGroup {
    private static final int DEBITS_PENDING = 1;
    private static final int DEBITS_POSTED = 2;
    private static final int CREDITS_PENDING = 3;
    private static final int CREDITS_POSTED = 4;
    private static final int NONE = 0;

    private final AccountOpenedDecoder accountOpened = new AccountOpenedDecoder();
    private final TransferPostedDecoder transferPosted = new TransferPostedDecoder();
    private final HoldPlacedDecoder holdPlaced = new HoldPlacedDecoder();
    private final HoldPostedDecoder holdPosted = new HoldPostedDecoder();
    private final HoldCapturedDecoder holdCaptured = new HoldCapturedDecoder();
    private final HoldReleasedDecoder holdReleased = new HoldReleasedDecoder();
    private final HoldRefundedDecoder holdRefunded = new HoldRefundedDecoder();

    private final ColumnBuffer accounts = ColumnBuffer.insert(
            "account", "account_id", "owner_id", "programme_id", "circuit_id", "kind", "unit", "opened_ms", "sequence");
    private final ColumnBuffer counters = ColumnBuffer.increase(
            "account", "account_id", "debits_pending", "debits_posted", "credits_pending", "credits_posted");
    private final ColumnBuffer funds = ColumnBuffer.update("programme", "programme_id", "fund_account_id");
    private final ColumnBuffer fundings = ColumnBuffer.update("programme", "programme_id", "funding_account_id");
    private final ColumnBuffer holds = ColumnBuffer.insert(
            "hold",
            "hold_id",
            "payment_id",
            "debit_account_id",
            "credit_account_id",
            "amount",
            "captured",
            "state",
            "rules_version",
            "captured_sequence");
    private final ColumnBuffer endings =
            ColumnBuffer.update("hold", "hold_id", "captured", "state", "captured_sequence");
    private final ColumnBuffer refunds = ColumnBuffer.increase("hold", "hold_id", "refunded");
    /** Behind the holds, which know the payment of an event that names only its hold. */
    private final ColumnBuffer entries = new ColumnBuffer(
            "ledger_entry",
            """
            INSERT INTO ledger_entry (sequence, index, circuit_id, kind, reason, debit_account_id, credit_account_id, amount, released, hold_id,
                payment_id, reference_id, timestamp_ms)
            SELECT sequence, index,
                CASE WHEN circuit_id <> 0 THEN circuit_id ELSE (SELECT a.circuit_id FROM account a WHERE a.account_id = u.debit_account_id) END,
                kind, reason, debit_account_id, credit_account_id, amount, released, hold_id,
                CASE WHEN hold_id = 0 OR payment_id <> 0 THEN payment_id ELSE (SELECT h.payment_id FROM hold h WHERE h.hold_id = u.hold_id) END,
                reference_id, timestamp_ms
            FROM {rows}""",
            "sequence",
            "index",
            "circuit_id",
            "kind",
            "reason",
            "debit_account_id",
            "credit_account_id",
            "amount",
            "released",
            "hold_id",
            "payment_id",
            "reference_id",
            "timestamp_ms");

    @Override
    public boolean project(final EventCursor event) {
        switch (event.templateId()) {
            case AccountOpenedDecoder.TEMPLATE_ID -> onAccountOpened(event);
            case TransferPostedDecoder.TEMPLATE_ID -> onTransferPosted(event);
            case HoldPlacedDecoder.TEMPLATE_ID -> onHoldPlaced(event);
            case HoldPostedDecoder.TEMPLATE_ID -> onHoldPosted(event);
            case HoldCapturedDecoder.TEMPLATE_ID -> onHoldCaptured(event);
            case HoldReleasedDecoder.TEMPLATE_ID -> onHoldReleased(event);
            case HoldRefundedDecoder.TEMPLATE_ID -> onHoldRefunded(event);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void onAccountOpened(final EventCursor event) {
        accountOpened.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        final long accountId = accountOpened.accountId();
        accounts.row(
                accountId,
                accountOpened.ownerId(),
                accountOpened.programmeId(),
                accountOpened.circuitId(),
                accountOpened.kindRaw(),
                accountOpened.unitRaw(),
                event.timestampMs(),
                event.sequence());
        if (accountOpened.kindRaw() == AccountKind.FUND.value()) {
            funds.lastRow(accountOpened.ownerId(), accountId);
        } else if (accountOpened.kindRaw() == AccountKind.FUNDING.value()) {
            fundings.lastRow(accountOpened.ownerId(), accountId);
        }
    }

    private void onTransferPosted(final EventCursor event) {
        transferPosted.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        final long debit = transferPosted.debitAccountId();
        final long credit = transferPosted.creditAccountId();
        final long amount = transferPosted.amount();
        post(debit, credit, amount);
        entry(event, transferPosted.reasonRaw(), debit, credit, amount, 0, NONE, NONE, transferPosted.referenceId());
    }

    private void onHoldPlaced(final EventCursor event) {
        holdPlaced.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        final long debit = holdPlaced.debitAccountId();
        final long credit = holdPlaced.creditAccountId();
        final long amount = holdPlaced.amount();
        final long holdId = holdPlaced.holdId();
        final long paymentId = holdPlaced.paymentId();
        holds.row(
                holdId,
                paymentId,
                debit,
                credit,
                amount,
                0,
                HoldState.HELD.value(),
                known(holdPlaced.rulesVersion()),
                NONE);
        pend(debit, credit, amount);
        entry(event, NONE, debit, credit, amount, 0, holdId, paymentId, NONE);
    }

    private void onHoldPosted(final EventCursor event) {
        holdPosted.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        final long debit = holdPosted.debitAccountId();
        final long credit = holdPosted.creditAccountId();
        final long amount = holdPosted.amount();
        final long holdId = holdPosted.holdId();
        final long paymentId = holdPosted.paymentId();
        holds.row(
                holdId,
                paymentId,
                debit,
                credit,
                amount,
                amount,
                HoldState.CAPTURED.value(),
                known(holdPosted.rulesVersion()),
                event.sequence());
        post(debit, credit, amount);
        entry(event, NONE, debit, credit, amount, 0, holdId, paymentId, NONE);
    }

    /** 0 for an event of a release that knew no rules. */
    private static int known(final int rulesVersion) {
        return rulesVersion == HoldPlacedDecoder.rulesVersionNullValue() ? 0 : rulesVersion;
    }

    private void onHoldCaptured(final EventCursor event) {
        holdCaptured.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        final long debit = holdCaptured.debitAccountId();
        final long credit = holdCaptured.creditAccountId();
        final long captured = holdCaptured.captured();
        final long released = holdCaptured.released();
        final long holdId = holdCaptured.holdId();
        endings.lastRow(holdId, captured, HoldState.CAPTURED.value(), event.sequence());
        pend(debit, credit, -Math.addExact(captured, released));
        post(debit, credit, captured);
        entry(event, NONE, debit, credit, captured, released, holdId, NONE, NONE);
    }

    private void onHoldReleased(final EventCursor event) {
        holdReleased.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        final long debit = holdReleased.debitAccountId();
        final long credit = holdReleased.creditAccountId();
        final long amount = holdReleased.amount();
        final long holdId = holdReleased.holdId();
        endings.lastRow(holdId, 0, HoldState.RELEASED.value(), NONE);
        pend(debit, credit, -amount);
        entry(event, NONE, debit, credit, amount, 0, holdId, NONE, NONE);
    }

    /** The event names the accounts as the hold does; the money goes the other way. */
    private void onHoldRefunded(final EventCursor event) {
        holdRefunded.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        final long payable = holdRefunded.creditAccountId();
        final long pocket = holdRefunded.debitAccountId();
        final long amount = holdRefunded.amount();
        final long holdId = holdRefunded.holdId();
        refunds.addTo(holdId, 1, amount);
        post(payable, pocket, amount);
        entry(event, NONE, payable, pocket, amount, 0, holdId, NONE, NONE);
    }

    private void post(final long debitAccountId, final long creditAccountId, final long amount) {
        counters.addTo(debitAccountId, DEBITS_POSTED, amount);
        counters.addTo(creditAccountId, CREDITS_POSTED, amount);
    }

    private void pend(final long debitAccountId, final long creditAccountId, final long amount) {
        counters.addTo(debitAccountId, DEBITS_PENDING, amount);
        counters.addTo(creditAccountId, CREDITS_PENDING, amount);
    }

    private void entry(
            final EventCursor event,
            final int reason,
            final long debitAccountId,
            final long creditAccountId,
            final long amount,
            final long released,
            final long holdId,
            final long paymentId,
            final long referenceId) {
        entries.row(
                event.sequence(),
                event.index(),
                event.circuitId(),
                event.templateId(),
                reason,
                debitAccountId,
                creditAccountId,
                amount,
                released,
                holdId,
                paymentId,
                referenceId,
                event.timestampMs());
    }

    @Override
    public List<ColumnBuffer> inserts() {
        return List.of(accounts, holds, entries);
    }

    @Override
    public List<ColumnBuffer> updates() {
        return List.of(counters, funds, fundings, endings, refunds);
    }
}
