// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.core.ledger.TotalsConsumer;
import it.socialies.engine.protocol.sbe.UnitCode;
import java.util.Map;
import java.util.TreeMap;

/** The totals that a core tells, against those that anybody adds up from the events. */
final class TotalsCheck {
    private static final int DEBITS_PENDING = 0;
    private static final int DEBITS_POSTED = 1;
    private static final int CREDITS_PENDING = 2;
    private static final int CREDITS_POSTED = 3;

    private TotalsCheck() {}

    static void assertSame(final CoreService core, final EventLedger ledger) {
        final Map<String, long[]> expected = expected(ledger);
        final Map<String, long[]> told = new TreeMap<>();
        core.totals(new TotalsConsumer() {
            @Override
            public void onUnit(
                    final int circuitId,
                    final UnitCode unit,
                    final long debitsPending,
                    final long debitsPosted,
                    final long creditsPending,
                    final long creditsPosted) {
                told.put(circuitId + " " + unit, new long[] {debitsPending, debitsPosted, creditsPending, creditsPosted
                });
            }

            @Override
            public void onBacking(final int circuitId, final long outstanding, final long reserve) {
                told.put(circuitId + " backing", new long[] {outstanding, reserve});
            }
        });
        assertThat(told).containsOnlyKeys(expected.keySet());
        told.forEach((what, totals) -> assertThat(totals).as(what).isEqualTo(expected.get(what)));
    }

    private static Map<String, long[]> expected(final EventLedger ledger) {
        final Map<String, long[]> totals = new TreeMap<>();
        for (final EventLedger.Account account : ledger.accounts.values()) {
            final long[] backing = totals.computeIfAbsent(account.circuitId + " backing", circuit -> new long[2]);
            switch (account.kind) {
                case ISSUANCE -> backing[0] += account.available();
                case RESERVE -> backing[1] += account.available();
                default -> {
                    // Neither side of the backing.
                }
            }
            if ((account.debitsPending | account.debitsPosted | account.creditsPending | account.creditsPosted) != 0) {
                final long[] unit = totals.computeIfAbsent(account.circuitId + " " + account.unit, book -> new long[4]);
                unit[DEBITS_PENDING] += account.debitsPending;
                unit[DEBITS_POSTED] += account.debitsPosted;
                unit[CREDITS_PENDING] += account.creditsPending;
                unit[CREDITS_POSTED] += account.creditsPosted;
            }
        }
        return totals;
    }
}
