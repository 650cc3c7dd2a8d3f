// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.programmes;

import it.socialies.console.cards.CardStatus;
import it.socialies.console.ledger.Coded;
import it.socialies.console.payments.PaymentTimes;
import it.socialies.console.projection.CircuitView;
import it.socialies.console.text.Times;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads programmes. */
public final class ProgrammeQueries {
    private static final String PROGRAMME =
            "SELECT p.programme_id, p.status, p.valid_from_ms, p.valid_until_ms, p.created_ms, r.categories,"
                    + " r.cap1, r.cap2, r.cap3, r.cap4, r.cap5, money.* FROM programme p"
                    + " CROSS JOIN LATERAL (SELECT * FROM rules_in_force f WHERE f.programme_id = p.programme_id) r"
                    + ProgrammeMoney.JOIN;

    private static final String FUNDINGS = """
            SELECT f.sequence, f.amount, f.available, f.timestamp_ms, e.reference_id, d.proposer_id, d.decider_id
            FROM fund_movement f
            JOIN ledger_entry e ON e.sequence = f.sequence AND e.reason = 1
            LEFT JOIN proposal d ON d.proposal_id = e.reference_id
            WHERE f.programme_id = ? AND f.sequence <= ? ORDER BY f.sequence DESC LIMIT ?""";

    private static final String POCKETS = """
            SELECT a.account_id, a.owner_id, a.available, a.debits_pending, c.card_id, c.status, awarded.total AS awarded, expired.total AS expired
            FROM account a
            CROSS JOIN LATERAL (SELECT card_id, status FROM card WHERE wallet_id = a.owner_id ORDER BY card_id DESC LIMIT 1) c
            CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS total FROM top_up
                                WHERE wallet_id = a.owner_id AND account_id = a.account_id) awarded
            CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS total FROM pocket_sweep
                                WHERE wallet_id = a.owner_id AND account_id = a.account_id) expired
            WHERE a.programme_id = ? AND a.programme_id <> 0 AND a.kind = 3 AND a.account_id > ?
            ORDER BY a.account_id OFFSET ? LIMIT ?""";

    private static final String POCKET_COUNTS = """
            SELECT count(*) AS pockets, count(*) FILTER (WHERE debits_posted = 0 AND available > 0) AS untouched
            FROM account WHERE programme_id = ? AND programme_id <> 0 AND kind = 3""";

    /** What a shop is owed, is about to get and got, less what it owes and gave back. */
    private static final String SHOPS = """
            SELECT a.owner_id, a.credits_pending, a.posted + coalesce(l.paid, 0) - coalesce(d.repaid, 0) AS spent FROM (
                SELECT owner_id, programme_id, sum(credits_pending) AS credits_pending, sum(credits_posted - debits_posted) AS posted FROM account
                WHERE programme_id = ? AND programme_id <> 0 AND kind IN (4, 10, 12)
                GROUP BY owner_id, programme_id HAVING sum(credits_posted) > 0 OR sum(credits_pending) > 0) a
            LEFT JOIN LATERAL (SELECT sum(to_pay) AS paid FROM settlement_line
                               WHERE merchant_id = a.owner_id AND programme_id = a.programme_id AND state = 3) l ON true
            LEFT JOIN LATERAL (SELECT sum(amount) AS repaid FROM debt_settlement
                               WHERE merchant_id = a.owner_id AND programme_id = a.programme_id) d ON true
            ORDER BY spent DESC, owner_id LIMIT ?""";

    /** By the place of each movement's time among the first moments of the weeks. */
    private static final String WEEKS = """
            SELECT week, sum(amount) AS spent, count(*) FILTER (WHERE amount > 0) AS payments FROM (
                SELECT e.amount, width_bucket(e.timestamp_ms, ?::bigint[]) AS week
                FROM account a JOIN ledger_entry e ON e.credit_account_id = a.account_id
                WHERE a.programme_id = ? AND a.programme_id <> 0 AND a.kind = 4 AND e.kind IN (133, 134)
                  AND e.sequence > ? AND e.timestamp_ms >= ?
                UNION ALL
                SELECT -e.amount, width_bucket(e.timestamp_ms, ?::bigint[])
                FROM account a JOIN ledger_entry e ON e.debit_account_id = a.account_id
                WHERE a.programme_id = ? AND a.programme_id <> 0 AND a.kind = 4 AND e.kind = 136
                  AND e.sequence > ? AND e.timestamp_ms >= ?) taken
            GROUP BY week ORDER BY week""";

    private ProgrammeQueries() {}

    /** Money that came from the funder, or went back there (amount below 0), and who agreed on it. */
    public record Funding(
            long sequence,
            long timestampMs,
            long amount,
            long inFundAfter,
            long proposalId,
            long proposerId,
            long deciderId) {}

    /**
     * A card's part of a programme; minor units.
     *
     * @param cardId the newest card of the wallet
     * @param held set aside for payments not captured yet
     */
    public record Pocket(
            long accountId,
            long walletId,
            long cardId,
            CardStatus cardStatus,
            long awarded,
            long expired,
            long held,
            long available) {
        /** At shops, refunds taken off. */
        public long spent() {
            return awarded - expired - held - available;
        }
    }

    /** How many cards have a part of a programme, and how many of these have money there and have not spent any. */
    public record PocketCounts(long pockets, long untouched) {}

    /** What was spent at a shop, minor units, and what is set aside there. */
    public record ShopShare(long shopId, long spent, long held) {}

    /**
     * A week's spending.
     *
     * @param monday its first day, in the time of the office
     * @param spent captured less refunded in that week, minor units
     * @param payments captured in it
     */
    public record Week(LocalDate monday, long spent, long payments) {}

    /** Programmes behind one, by age. */
    public static List<Programme> page(CircuitView view, @Nullable Programme last, int limit) throws SQLException {
        return view.list(
                PROGRAMME + " WHERE p.programme_id > ? ORDER BY p.programme_id LIMIT ?",
                Programme::of,
                last == null ? 0 : last.id(),
                limit);
    }

    /** The programme of an id, unless this circuit has none. */
    public static Optional<Programme> find(CircuitView view, long id) throws SQLException {
        return view.first(PROGRAMME + " WHERE p.programme_id = ?", Programme::of, id);
    }

    /** Movements between funder and fund up to a sequence, newest first. */
    public static List<Funding> fundings(CircuitView view, long programmeId, long upToSequence, int limit)
            throws SQLException {
        return view.list(
                FUNDINGS,
                row -> new Funding(
                        row.getLong("sequence"),
                        row.getLong("timestamp_ms"),
                        row.getLong("amount"),
                        row.getLong("available"),
                        row.getLong("reference_id"),
                        row.getLong("proposer_id"),
                        row.getLong("decider_id")),
                programmeId,
                upToSequence,
                limit);
    }

    /** Pockets behind one, by age. */
    public static List<Pocket> pockets(CircuitView view, long programmeId, @Nullable Pocket last, int skip, int limit)
            throws SQLException {
        return view.list(
                POCKETS,
                row -> new Pocket(
                        row.getLong("account_id"),
                        row.getLong("owner_id"),
                        row.getLong("card_id"),
                        Coded.of(CardStatus.class, row.getInt("status")),
                        row.getLong("awarded"),
                        row.getLong("expired"),
                        row.getLong("debits_pending"),
                        row.getLong("available")),
                programmeId,
                last == null ? 0 : last.accountId(),
                skip,
                limit);
    }

    public static PocketCounts pocketCounts(CircuitView view, long programmeId) throws SQLException {
        return view.list(
                        POCKET_COUNTS,
                        row -> new PocketCounts(row.getLong("pockets"), row.getLong("untouched")),
                        programmeId)
                .getFirst();
    }

    /** Where it is spent, most first. */
    public static List<ShopShare> shops(CircuitView view, long programmeId, int limit) throws SQLException {
        return view.list(
                SHOPS,
                row -> new ShopShare(row.getLong("owner_id"), row.getLong("spent"), row.getLong("credits_pending")),
                programmeId,
                limit);
    }

    /**
     * Spending week by week; weeks without any are left out.
     *
     * @param first a day of the first week
     * @param last a day of the last one; what came later counts there
     */
    public static List<Week> weeks(CircuitView view, long programmeId, LocalDate first, LocalDate last)
            throws SQLException {
        List<LocalDate> mondays = first.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                .datesUntil(last.plusDays(1), Period.ofWeeks(1))
                .toList();
        Long[] startsMs = mondays.stream().map(Times::startOfDayMs).toArray(Long[]::new);
        long before = PaymentTimes.sequenceBefore(view, startsMs[0]);
        return view.list(
                WEEKS,
                row -> new Week(mondays.get(row.getInt("week") - 1), row.getLong("spent"), row.getLong("payments")),
                startsMs,
                programmeId,
                before,
                startsMs[0],
                startsMs,
                programmeId,
                before,
                startsMs[0]);
    }
}
