// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.vouchers;

import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.protocol.sbe.GraceEndedEncoder;
import it.socialies.engine.protocol.sbe.PocketSweptEncoder;
import it.socialies.engine.protocol.sbe.TransferReason;

/**
 * Gives the money of ended pockets back to its own fund, in bounded steps, the programme that ended first going first, then the grace that ended first.
 */
public final class Sweeper {
    private final PocketSweptEncoder pocketSwept = new PocketSweptEncoder();
    private final GraceEndedEncoder graceEnded = new GraceEndedEncoder();
    private final EventWriter events;
    private final Ledger ledger;
    private final Accounts accounts;
    private final Programmes programmes;
    private final Pockets pockets;

    /** Sweeps through {@code ledger}. */
    public Sweeper(
            final EventWriter events,
            final Ledger ledger,
            final Accounts accounts,
            final Programmes programmes,
            final Pockets pockets) {
        this.events = events;
        this.ledger = ledger;
        this.accounts = accounts;
        this.programmes = programmes;
        this.pockets = pockets;
    }

    /** Sweeps at most {@code maxPockets}; returns how many. Ends of programmes come first, then ends of graces. */
    public int sweep(final long nowMs, final int maxPockets) {
        int swept = 0;
        for (long pocket = firstDue(nowMs);
                pocket != 0 && swept < maxPockets && events.hasRoom();
                pocket = firstDue(nowMs)) {
            if (programmes.hasEnded(pockets.programmeId(pocket), nowMs)) {
                sweep(pockets.programmeId(pocket), pocket);
            } else {
                graceEnded(pocket);
            }
            swept++;
        }
        return swept;
    }

    private long firstDue(final long nowMs) {
        final long programmeId = pockets.firstEnded(nowMs);
        return programmeId == 0 ? pockets.firstGraceEnded(nowMs) : pockets.firstToSweep(programmeId);
    }

    private void graceEnded(final long pocket) {
        events.start(graceEnded)
                .walletId(pockets.walletId(pocket))
                .programmeId(pockets.programmeId(pocket))
                .accountId(pockets.accountId(pocket));
        events.end();
    }

    private void sweep(final long programmeId, final long pocket) {
        final long accountId = pockets.accountId(pocket);
        // What a payment still holds stays; if it is released, the pocket queues again.
        final long amount = accounts.available(accountId);
        if (amount > 0) {
            ledger.transfer(
                    accountId, programmes.fundAccountId(programmeId), amount, TransferReason.EXPIRED, programmeId);
        }
        events.start(pocketSwept)
                .walletId(pockets.walletId(pocket))
                .programmeId(programmeId)
                .accountId(accountId)
                .amount(amount)
                .restorable(pockets.restorable(pocket) + amount);
        events.end();
    }
}
