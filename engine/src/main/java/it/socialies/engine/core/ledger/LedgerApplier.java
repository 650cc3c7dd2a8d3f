// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.ledger;

import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.protocol.sbe.AccountOpenedDecoder;
import it.socialies.engine.protocol.sbe.HoldCapturedDecoder;
import it.socialies.engine.protocol.sbe.HoldPlacedDecoder;
import it.socialies.engine.protocol.sbe.HoldPostedDecoder;
import it.socialies.engine.protocol.sbe.HoldRefundedDecoder;
import it.socialies.engine.protocol.sbe.HoldReleasedDecoder;
import it.socialies.engine.protocol.sbe.HoldState;
import it.socialies.engine.protocol.sbe.TransferPostedDecoder;
import org.agrona.DirectBuffer;

/** Applies the events that open accounts and move money. The only place where counters change. */
public final class LedgerApplier implements EventApplier {
    private final AccountOpenedDecoder accountOpened = new AccountOpenedDecoder();
    private final TransferPostedDecoder transferPosted = new TransferPostedDecoder();
    private final HoldPlacedDecoder holdPlaced = new HoldPlacedDecoder();
    private final HoldPostedDecoder holdPosted = new HoldPostedDecoder();
    private final HoldCapturedDecoder holdCaptured = new HoldCapturedDecoder();
    private final HoldReleasedDecoder holdReleased = new HoldReleasedDecoder();
    private final HoldRefundedDecoder holdRefunded = new HoldRefundedDecoder();
    private final Accounts accounts;
    private final Holds holds;
    private final LedgerListener listener;

    /** Applies to these tables and tells {@code listener}. */
    public LedgerApplier(final Accounts accounts, final Holds holds, final LedgerListener listener) {
        this.accounts = accounts;
        this.holds = holds;
        this.listener = listener;
    }

    @Override
    public void apply(
            final int templateId,
            final DirectBuffer buffer,
            final int offset,
            final int blockLength,
            final int version,
            final RecordContext record) {
        switch (templateId) {
            case AccountOpenedDecoder.TEMPLATE_ID ->
                openAccount(accountOpened.wrap(buffer, offset, blockLength, version));
            case TransferPostedDecoder.TEMPLATE_ID -> {
                transferPosted.wrap(buffer, offset, blockLength, version);
                move(transferPosted.debitAccountId(), transferPosted.creditAccountId(), 0, transferPosted.amount());
            }
            case HoldPlacedDecoder.TEMPLATE_ID ->
                placeHold(holdPlaced.wrap(buffer, offset, blockLength, version), record.epochDay());
            case HoldPostedDecoder.TEMPLATE_ID ->
                postHold(holdPosted.wrap(buffer, offset, blockLength, version), record.epochDay());
            case HoldCapturedDecoder.TEMPLATE_ID ->
                captureHold(holdCaptured.wrap(buffer, offset, blockLength, version));
            case HoldReleasedDecoder.TEMPLATE_ID ->
                releaseHold(holdReleased.wrap(buffer, offset, blockLength, version));
            case HoldRefundedDecoder.TEMPLATE_ID -> refundHold(holdRefunded.wrap(buffer, offset, blockLength, version));
            default -> throw new InvariantViolated("unknown ledger event " + templateId);
        }
    }

    private void openAccount(final AccountOpenedDecoder event) {
        final long id = event.accountId();
        final long ownerId = event.ownerId();
        final long programmeId = event.programmeId();
        final int circuitId = event.circuitId();
        accounts.open(id, ownerId, programmeId, circuitId, event.kind(), event.unit());
        listener.onAccountOpened(id, event.kind(), ownerId, programmeId, circuitId);
    }

    private void placeHold(final HoldPlacedDecoder event, final int epochDay) {
        final int rulesVersion = known(event.rulesVersion());
        final long debit = event.debitAccountId();
        final long credit = event.creditAccountId();
        holds.place(
                event.holdId(),
                event.paymentId(),
                debit,
                credit,
                event.amount(),
                0,
                HoldState.HELD,
                rulesVersion,
                epochDay);
        move(debit, credit, event.amount(), 0);
        listener.onDrawn(debit, credit, event.amount(), rulesVersion, epochDay);
    }

    private void postHold(final HoldPostedDecoder event, final int epochDay) {
        final int rulesVersion = known(event.rulesVersion());
        final long debit = event.debitAccountId();
        final long credit = event.creditAccountId();
        final long amount = event.amount();
        holds.place(
                event.holdId(),
                event.paymentId(),
                debit,
                credit,
                amount,
                amount,
                HoldState.CAPTURED,
                rulesVersion,
                epochDay);
        move(debit, credit, 0, amount);
        listener.onDrawn(debit, credit, amount, rulesVersion, epochDay);
    }

    private void captureHold(final HoldCapturedDecoder event) {
        final long debit = event.debitAccountId();
        final long captured = event.captured();
        final long released = event.released();
        holds.change(event.holdId(), captured, 0, HoldState.CAPTURED);
        move(debit, event.creditAccountId(), -Math.addExact(captured, released), captured);
        if (released > 0) {
            givenBack(event.holdId(), debit, event.creditAccountId(), released);
            listener.onMoneyBack(debit);
        }
    }

    private void releaseHold(final HoldReleasedDecoder event) {
        final long debit = event.debitAccountId();
        holds.change(event.holdId(), 0, 0, HoldState.RELEASED);
        move(debit, event.creditAccountId(), -event.amount(), 0);
        givenBack(event.holdId(), debit, event.creditAccountId(), event.amount());
        listener.onMoneyBack(debit);
    }

    private void refundHold(final HoldRefundedDecoder event) {
        final long debit = event.debitAccountId();
        holds.change(event.holdId(), 0, event.amount(), HoldState.CAPTURED);
        move(event.creditAccountId(), debit, 0, event.amount());
        givenBack(event.holdId(), debit, event.creditAccountId(), event.amount());
        listener.onMoneyBack(debit);
    }

    private void givenBack(final long holdId, final long debit, final long credit, final long amount) {
        listener.onGivenBack(debit, credit, amount, holds.rulesVersion(holdId), holds.drawnOn(holdId));
    }

    /** 0 for an event of a release that knew no rules. */
    private static int known(final int rulesVersion) {
        return rulesVersion == HoldPlacedDecoder.rulesVersionNullValue() ? 0 : rulesVersion;
    }

    private void move(
            final long debitAccountId, final long creditAccountId, final long pendingDelta, final long postedDelta) {
        accounts.changeDebits(debitAccountId, pendingDelta, postedDelta);
        accounts.changeCredits(creditAccountId, pendingDelta, postedDelta);
        accounts.verify(debitAccountId, creditAccountId);
    }
}
