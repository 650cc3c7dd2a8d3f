// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.vouchers;

import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.protocol.sbe.PocketSweptEncoder;
import it.socialies.engine.protocol.sbe.TransferReason;

/** Gives the money of ended pockets back to its own fund, in bounded steps, the programme that ended first going first. */
public final class Sweeper {
    private final PocketSweptEncoder pocketSwept = new PocketSweptEncoder();
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

    /** Sweeps at most {@code maxPockets}; returns how many. */
    public int sweep(final long nowMs, final int maxPockets) {
        int swept = 0;
        while (swept < maxPockets && events.hasRoom()) {
            final long programmeId = pockets.firstEnded(nowMs);
            if (programmeId == 0) {
                return swept;
            }
            while (swept < maxPockets && events.hasRoom() && pockets.firstToSweep(programmeId) != 0) {
                sweep(programmeId, pockets.firstToSweep(programmeId));
                swept++;
            }
        }
        return swept;
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
