// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.protocol.sbe.AccountKind.*;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.TransferReason;
import it.socialies.engine.protocol.sbe.UnitCode;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The one assertion on money, used everywhere: nothing appears, nothing vanishes, nothing goes where it may not, no account goes below zero,
 * and no IES is without its euro. It knows only the events, through {@link EventLedger}.
 */
public final class MoneyConservation {
    private record Route(AccountKind from, AccountKind to) {}

    private record Book(int circuitId, UnitCode unit) {}

    /** Every way money may take without a hold. */
    private static final Map<TransferReason, Set<Route>> ROUTES = new EnumMap<>(Map.ofEntries(
            entry(TransferReason.FUND_MOVED, Set.of(new Route(FUNDING, FUND), new Route(FUND, FUNDING))),
            entry(TransferReason.TOPPED_UP, Set.of(new Route(FUND, POCKET))),
            entry(TransferReason.EMERGENCY_AWARDED, Set.of(new Route(FUND, POCKET))),
            entry(TransferReason.EXPIRED, Set.of(new Route(POCKET, FUND))),
            entry(TransferReason.RESTORED, Set.of(new Route(FUND, POCKET))),
            entry(TransferReason.TAKEN_BACK, Set.of(new Route(POCKET, FUND))),
            entry(TransferReason.INHERITED, Set.of(new Route(POCKET, POCKET), new Route(IES_WALLET, IES_WALLET))),
            entry(
                    TransferReason.RESERVE_MOVED,
                    Set.of(new Route(RESERVE_BANK, RESERVE), new Route(RESERVE, RESERVE_BANK))),
            entry(TransferReason.IES_ISSUED, Set.of(new Route(ISSUANCE, IES_WALLET))),
            entry(TransferReason.IES_REDEEMED, Set.of(new Route(IES_WALLET, ISSUANCE), new Route(PAYABLE, ISSUANCE))),
            entry(TransferReason.RESERVE_RELEASED, Set.of(new Route(RESERVE, RESERVE_BANK))),
            entry(TransferReason.TRANSFERRED, Set.of(new Route(IES_WALLET, IES_WALLET))),
            entry(TransferReason.SETTLED, Set.of(new Route(PAYABLE, SETTLING))),
            entry(TransferReason.DEBT_NETTED, Set.of(new Route(PAYABLE, RECEIVABLE))),
            entry(TransferReason.SETTLEMENT_RETURNED, Set.of(new Route(SETTLING, PAYABLE))),
            entry(TransferReason.PAID_OUT, Set.of(new Route(SETTLING, PAID_OUT))),
            entry(TransferReason.PAYMENT_BOUNCED, Set.of(new Route(PAID_OUT, SETTLING))),
            entry(TransferReason.DEBT_INCURRED, Set.of(new Route(RECEIVABLE, PAYABLE))),
            entry(TransferReason.DEBT_SETTLED, Set.of(new Route(PAID_OUT, RECEIVABLE))),
            entry(TransferReason.FEE, Set.of(new Route(IES_WALLET, FEES)))));

    private MoneyConservation() {}

    /** Asserts everything that must hold after each record. */
    public static void assertHolds(final EventLedger ledger) {
        assertBalanced(ledger);
        assertNothingBelowZero(ledger);
        assertBacked(ledger);
        assertPaymentsMatchTheirHolds(ledger);
    }

    static void assertRoute(
            final TransferReason reason, final EventLedger.Account debited, final EventLedger.Account credited) {
        assertSameBook(debited, credited);
        assertThat(ROUTES.get(reason))
                .as("%s from %s to %s", reason, debited, credited)
                .contains(new Route(debited.kind, credited.kind));
        if (debited.programmeId != credited.programmeId) {
            throw new AssertionError("money of one programme in another: " + debited + " to " + credited);
        }
    }

    static void assertDraw(final EventLedger.Account debited, final EventLedger.Account credited) {
        assertSameBook(debited, credited);
        assertThat(debited.kind).as("%s", debited).isIn(POCKET, IES_WALLET);
        assertThat(credited.kind).as("%s", credited).isEqualTo(PAYABLE);
        assertThat(credited.programmeId).as("%s to %s", debited, credited).isEqualTo(debited.programmeId);
    }

    private static void assertSameBook(final EventLedger.Account debited, final EventLedger.Account credited) {
        assertThat(new Book(credited.circuitId, credited.unit))
                .as("%s to %s", debited, credited)
                .isEqualTo(new Book(debited.circuitId, debited.unit));
    }

    private static void assertBalanced(final EventLedger ledger) {
        final Map<String, long[]> sums = new TreeMap<>();
        for (final EventLedger.Account account : ledger.accounts.values()) {
            final long[] sum = sums.computeIfAbsent(account.circuitId + " " + account.unit, book -> new long[2]);
            sum[0] += account.debitsPosted - account.creditsPosted;
            sum[1] += account.debitsPending - account.creditsPending;
        }
        sums.forEach((book, sum) -> {
            if (sum[0] != 0 || sum[1] != 0) {
                throw new AssertionError("book " + book + ": debits less credits " + sum[0] + " posted, " + sum[1]
                        + " pending\n" + ledger.accounts.values());
            }
        });
    }

    private static void assertNothingBelowZero(final EventLedger ledger) {
        for (final EventLedger.Account account : ledger.accounts.values()) {
            if (account.available() < 0 || account.debitsPending < 0 || account.creditsPending < 0) {
                throw new AssertionError("below zero: " + account);
            }
        }
    }

    private static void assertBacked(final EventLedger ledger) {
        final Map<Integer, Long> uncovered = new TreeMap<>();
        for (final EventLedger.Account account : ledger.accounts.values()) {
            if (account.kind == ISSUANCE) {
                uncovered.merge(account.circuitId, account.debitsPosted - account.creditsPosted, Long::sum);
            } else if (account.kind == RESERVE) {
                uncovered.merge(account.circuitId, -account.available(), Long::sum);
            }
        }
        uncovered.forEach((circuitId, amount) -> {
            if (amount > 0) {
                throw new AssertionError("circuit " + circuitId + ": " + amount + " IES without a euro in the reserve");
            }
        });
    }

    private static void assertPaymentsMatchTheirHolds(final EventLedger ledger) {
        final Map<Long, long[]> totals = new TreeMap<>();
        for (final EventLedger.Hold hold : ledger.holds.values()) {
            final long[] total = totals.computeIfAbsent(hold.paymentId, id -> new long[3]);
            total[0] += hold.amount;
            total[1] += hold.captured;
            total[2] += hold.refunded;
        }
        for (final EventLedger.Payment payment : ledger.payments.values()) {
            final long[] total = totals.remove(payment.id);
            if (total == null
                    || total[0] != payment.drawn
                    || total[1] != payment.captured
                    || total[2] != payment.refunded) {
                throw new AssertionError("payment " + payment.id + " drawn " + payment.drawn + ", captured "
                        + payment.captured + ", refunded " + payment.refunded + ", its holds "
                        + Arrays.toString(total));
            }
        }
        assertThat(totals).as("holds of no payment").isEmpty();
    }
}
