// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.extensions;

import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.core.vouchers.Pockets;
import it.socialies.engine.protocol.sbe.PocketRestoredEncoder;
import it.socialies.engine.protocol.sbe.ProgrammeExtendedEncoder;
import it.socialies.engine.protocol.sbe.TransferReason;

/** Gives the pockets of programmes that are being extended their money back, in bounded steps; with the last one the programme is valid again. */
public final class Restorer {
    private final PocketRestoredEncoder pocketRestored = new PocketRestoredEncoder();
    private final ProgrammeExtendedEncoder programmeExtended = new ProgrammeExtendedEncoder();
    private final EventWriter events;
    private final Ledger ledger;
    private final Programmes programmes;
    private final Pockets pockets;

    /** Restores through {@code ledger}. */
    public Restorer(final EventWriter events, final Ledger ledger, final Programmes programmes, final Pockets pockets) {
        this.events = events;
        this.ledger = ledger;
        this.programmes = programmes;
        this.pockets = pockets;
    }

    /** Restores at most {@code maxPockets}; returns how many. */
    public int restore(final int maxPockets) {
        int restored = 0;
        long programmeId = programmes.firstRestoring();
        while (programmeId != 0 && events.hasRoom()) {
            while (restored < maxPockets && events.hasRoom() && pockets.firstToRestore(programmeId) != 0) {
                restore(programmeId, pockets.firstToRestore(programmeId));
                restored++;
            }
            if (pockets.firstToRestore(programmeId) != 0) {
                return restored;
            }
            extended(programmeId, programmes.restoringUntilMs(programmeId));
            programmeId = programmes.firstRestoring();
        }
        return restored;
    }

    /** True while a programme has pockets without their money. */
    public boolean isBusy() {
        return programmes.firstRestoring() != 0;
    }

    void extended(final long programmeId, final long untilMs) {
        events.start(programmeExtended).programmeId(programmeId).validUntilMs(untilMs);
        events.end();
    }

    private void restore(final long programmeId, final long pocket) {
        final long accountId = pockets.accountId(pocket);
        final long amount = pockets.restorable(pocket);
        ledger.transfer(programmes.fundAccountId(programmeId), accountId, amount, TransferReason.RESTORED, programmeId);
        events.start(pocketRestored)
                .walletId(pockets.walletId(pocket))
                .programmeId(programmeId)
                .accountId(accountId)
                .amount(amount);
        events.end();
    }
}
