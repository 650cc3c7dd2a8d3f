// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.payments;

import it.socialies.engine.core.cards.Wallets;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.ledger.Holds;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.core.rules.Rules;
import it.socialies.engine.core.vouchers.Pockets;
import it.socialies.engine.protocol.sbe.GraceGrantedEncoder;

/** Lets money that came back after its programme's end be spent for the days that the rules it was drawn under say. Never cash. */
public final class GraceGrants {
    private static final long DAY_MS = 86_400_000;

    private final GraceGrantedEncoder graceGranted = new GraceGrantedEncoder();
    private final EventWriter events;
    private final Holds holds;
    private final Wallets wallets;
    private final Programmes programmes;
    private final Pockets pockets;
    private final Rules rules;

    public GraceGrants(
            final EventWriter events,
            final Holds holds,
            final Wallets wallets,
            final Programmes programmes,
            final Pockets pockets,
            final Rules rules) {
        this.events = events;
        this.holds = holds;
        this.wallets = wallets;
        this.programmes = programmes;
        this.pockets = pockets;
        this.rules = rules;
    }

    /** Grants what is due, now that money came back along the hold. */
    void afterReturn(final long hold, final long nowMs) {
        final int version = holds.rulesVersion(hold);
        if (version == 0) {
            return;
        }
        final long pocket = pockets.ofAccount(holds.debitAccountId(hold));
        final long programmeId = pockets.programmeId(pocket);
        final long untilMs = nowMs + rules.graceDays(rules.slotOf(programmeId, version)) * DAY_MS;
        final boolean isLost = programmes.hasEnded(programmeId, nowMs) && !wallets.isClosed(pockets.walletId(pocket));
        if (!isLost || untilMs == nowMs || untilMs <= pockets.graceUntilMs(pocket)) {
            return;
        }
        events.start(graceGranted)
                .walletId(pockets.walletId(pocket))
                .programmeId(programmeId)
                .accountId(pockets.accountId(pocket))
                .untilMs(untilMs);
        events.end();
    }
}
