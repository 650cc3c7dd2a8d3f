// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.ledger;

import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.AccountOpenedEncoder;
import it.socialies.engine.protocol.sbe.HoldCapturedEncoder;
import it.socialies.engine.protocol.sbe.HoldPlacedEncoder;
import it.socialies.engine.protocol.sbe.HoldPostedEncoder;
import it.socialies.engine.protocol.sbe.HoldRefundedEncoder;
import it.socialies.engine.protocol.sbe.HoldReleasedEncoder;
import it.socialies.engine.protocol.sbe.TransferPostedEncoder;
import it.socialies.engine.protocol.sbe.TransferReason;
import it.socialies.engine.protocol.sbe.UnitCode;

/** The words in which deciders move money. Callers have checked that the money is there; the applier halts when it is not. */
public final class Ledger {
    private final AccountOpenedEncoder accountOpened = new AccountOpenedEncoder();
    private final TransferPostedEncoder transferPosted = new TransferPostedEncoder();
    private final HoldPlacedEncoder holdPlaced = new HoldPlacedEncoder();
    private final HoldPostedEncoder holdPosted = new HoldPostedEncoder();
    private final HoldCapturedEncoder holdCaptured = new HoldCapturedEncoder();
    private final HoldReleasedEncoder holdReleased = new HoldReleasedEncoder();
    private final HoldRefundedEncoder holdRefunded = new HoldRefundedEncoder();
    private final EventWriter events;
    private final Accounts accounts;
    private final Holds holds;

    /** Writes ledger events through {@code events}. */
    public Ledger(final EventWriter events, final Accounts accounts, final Holds holds) {
        this.events = events;
        this.accounts = accounts;
        this.holds = holds;
    }

    /** Opens an account and returns its id. */
    public long openAccount(
            final int circuitId,
            final AccountKind kind,
            final UnitCode unit,
            final long ownerId,
            final long programmeId) {
        final long id = accounts.nextId();
        events.start(accountOpened)
                .accountId(id)
                .ownerId(ownerId)
                .programmeId(programmeId)
                .circuitId(circuitId)
                .kind(kind)
                .unit(unit);
        events.end();
        return id;
    }

    /** Posts money from one account to another. */
    public void transfer(
            final long debitAccountId,
            final long creditAccountId,
            final long amount,
            final TransferReason reason,
            final long referenceId) {
        events.start(transferPosted)
                .debitAccountId(debitAccountId)
                .creditAccountId(creditAccountId)
                .amount(amount)
                .referenceId(referenceId)
                .reason(reason);
        events.end();
    }

    /** Sets money aside for a payment. */
    public void placeHold(
            final long paymentId,
            final long debitAccountId,
            final long creditAccountId,
            final long amount,
            final int rulesVersion) {
        events.start(holdPlaced)
                .holdId(holds.nextId())
                .paymentId(paymentId)
                .debitAccountId(debitAccountId)
                .creditAccountId(creditAccountId)
                .amount(amount)
                .rulesVersion(rulesVersion);
        events.end();
    }

    /** Sets money aside for a payment and captures it in one step. */
    public void postHold(
            final long paymentId,
            final long debitAccountId,
            final long creditAccountId,
            final long amount,
            final int rulesVersion) {
        events.start(holdPosted)
                .holdId(holds.nextId())
                .paymentId(paymentId)
                .debitAccountId(debitAccountId)
                .creditAccountId(creditAccountId)
                .amount(amount)
                .rulesVersion(rulesVersion);
        events.end();
    }

    /** Captures a part of a hold and releases the rest. */
    public void captureHold(final long holdId, final long captured) {
        events.start(holdCaptured)
                .holdId(holdId)
                .debitAccountId(holds.debitAccountId(holdId))
                .creditAccountId(holds.creditAccountId(holdId))
                .captured(captured)
                .released(holds.amount(holdId) - captured);
        events.end();
    }

    /** Releases a whole hold. */
    public void releaseHold(final long holdId) {
        events.start(holdReleased)
                .holdId(holdId)
                .debitAccountId(holds.debitAccountId(holdId))
                .creditAccountId(holds.creditAccountId(holdId))
                .amount(holds.amount(holdId));
        events.end();
    }

    /** Gives captured money back along a hold. */
    public void refundHold(final long holdId, final long amount) {
        events.start(holdRefunded)
                .holdId(holdId)
                .debitAccountId(holds.debitAccountId(holdId))
                .creditAccountId(holds.creditAccountId(holdId))
                .amount(amount);
        events.end();
    }
}
