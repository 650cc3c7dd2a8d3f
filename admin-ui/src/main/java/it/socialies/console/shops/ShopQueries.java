// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.shops;

import it.socialies.console.ledger.Coded;
import it.socialies.console.ledger.MoneyUnit;
import it.socialies.console.payments.PaymentTimes;
import it.socialies.console.projection.CircuitView;
import it.socialies.console.text.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads shops. What a shop took is what was captured there less what it gave back, by the day of each movement. */
public final class ShopQueries {
    private static final String SHOP = """
            SELECT m.merchant_id, m.status, m.category, m.registered_ms, owed.*, came.amount - went.amount AS taken, came.payments
            FROM merchant m
            CROSS JOIN LATERAL (
                SELECT coalesce(sum(a.available) FILTER (WHERE a.unit = 1), 0) AS owed_euro,
                       coalesce(sum(a.available) FILTER (WHERE a.unit = 2), 0) AS owed_ies,
                       coalesce(sum(a.credits_pending) FILTER (WHERE a.unit = 1), 0) AS held
                FROM account a WHERE a.owner_id = m.merchant_id AND a.kind IN (4, 10)) owed
            CROSS JOIN LATERAL (
                SELECT coalesce(sum(e.amount), 0) AS amount, count(DISTINCT e.payment_id) AS payments
                FROM account a JOIN ledger_entry e ON e.credit_account_id = a.account_id
                WHERE a.owner_id = m.merchant_id AND a.kind = 4 AND a.unit = 1 AND e.kind IN (133, 134)
                  AND e.sequence > ? AND e.timestamp_ms >= ? AND e.timestamp_ms < ?) came
            CROSS JOIN LATERAL (
                SELECT coalesce(sum(e.amount), 0) AS amount
                FROM account a JOIN ledger_entry e ON e.debit_account_id = a.account_id
                WHERE a.owner_id = m.merchant_id AND a.kind = 4 AND a.unit = 1 AND e.kind = 136
                  AND e.sequence > ? AND e.timestamp_ms >= ? AND e.timestamp_ms < ?) went""";

    private static final String OUTLETS = """
            SELECT o.outlet_id, o.opened_ms, t.terminal_id, t.status, t.enrolled_ms, t.revoked_ms FROM outlet o
            LEFT JOIN terminal t ON t.outlet_id = o.outlet_id
            WHERE o.merchant_id = ? ORDER BY o.outlet_id, t.terminal_id LIMIT ?""";

    private static final String PAYABLES = """
            SELECT a.account_id, a.programme_id, a.unit, a.credits_pending,
                   a.available + coalesce(s.available, 0) AS owed,
                   a.credits_posted - coalesce(d.debits_posted, 0) - coalesce(l.returned, 0) AS captured,
                   a.debits_posted - coalesce(l.drawn, 0) AS paid_back
            FROM account a
            LEFT JOIN account s ON s.owner_id = a.owner_id AND s.kind = 10 AND s.programme_id = a.programme_id
            LEFT JOIN account d ON d.owner_id = a.owner_id AND d.kind = 12 AND d.programme_id = a.programme_id
            LEFT JOIN LATERAL (SELECT sum(amount) AS drawn, sum(to_pay) FILTER (WHERE state = 4) AS returned FROM settlement_line
                               WHERE merchant_id = a.owner_id AND programme_id = a.programme_id) l ON true
            WHERE a.owner_id = ? AND a.kind = 4 ORDER BY a.unit, a.programme_id DESC""";

    /** By the place of each movement's time among the first moments of the months. */
    private static final String MONTHS = """
            SELECT month, coalesce(sum(amount) FILTER (WHERE unit = 1), 0) AS euro, coalesce(sum(amount) FILTER (WHERE unit = 2), 0) AS ies,
                   count(DISTINCT payment_id) FILTER (WHERE amount > 0) AS payments FROM (
                SELECT e.amount, a.unit, e.payment_id, width_bucket(e.timestamp_ms, ?::bigint[]) AS month
                FROM account a JOIN ledger_entry e ON e.credit_account_id = a.account_id
                WHERE a.owner_id = ? AND a.kind = 4 AND e.kind IN (133, 134) AND e.sequence > ? AND e.timestamp_ms >= ?
                UNION ALL
                SELECT -e.amount, a.unit, e.payment_id, width_bucket(e.timestamp_ms, ?::bigint[])
                FROM account a JOIN ledger_entry e ON e.debit_account_id = a.account_id
                WHERE a.owner_id = ? AND a.kind = 4 AND e.kind = 136 AND e.sequence > ? AND e.timestamp_ms >= ?) moved
            GROUP BY month ORDER BY month DESC""";

    private ShopQueries() {}

    /**
     * A shop with its takings in a period; minor units.
     *
     * @param owedEuro what the Comune owes it for vouchers
     * @param held set aside there and not captured yet, euro
     * @param taken euro, in the period
     * @param payments captured in the period
     */
    public record Shop(
            long id,
            ShopStatus status,
            Trade trade,
            long registeredMs,
            long owedEuro,
            long owedIes,
            long held,
            long taken,
            long payments) {
        static Shop of(ResultSet row) throws SQLException {
            return new Shop(
                    row.getLong("merchant_id"),
                    Coded.of(ShopStatus.class, row.getInt("status")),
                    Trade.of(row.getInt("category")),
                    row.getLong("registered_ms"),
                    row.getLong("owed_euro"),
                    row.getLong("owed_ies"),
                    row.getLong("held"),
                    row.getLong("taken"),
                    row.getLong("payments"));
        }
    }

    /** Half-open, in milliseconds since the epoch. */
    public record Period(long fromMs, long beforeMs) {}

    /** Where a shop stands and with which terminal; without one, its status is null. */
    public record Till(
            long outletId,
            long openedMs,
            long terminalId,
            @Nullable TerminalStatus status,
            long enrolledMs,
            long revokedMs) {}

    /**
     * What a shop took and is owed for one programme, or in IES; minor units.
     *
     * @param programmeId 0 for IES
     * @param captured in all
     * @param paidBack refunds, and what was settled or redeemed
     */
    public record Payable(
            long accountId, long programmeId, MoneyUnit unit, long captured, long paidBack, long held, long owed) {}

    /** What a shop took in a month that begins on a day; minor units. */
    public record Month(LocalDate first, long euro, long ies, long payments) {}

    /** How many shops there are, narrowed alike. */
    public static long count(CircuitView view, @Nullable ShopStatus status, @Nullable Collection<Long> only)
            throws SQLException {
        Long[] ids = only == null ? null : only.toArray(Long[]::new);
        return view.number(
                "SELECT count(*) FROM merchant m WHERE (?::bigint[] IS NULL OR m.merchant_id = ANY (?))"
                        + (status == null ? "" : " AND m.status = " + status.code()),
                ids,
                ids);
    }

    /** Shops behind one, by age; {@code only} narrows to some ids. */
    public static List<Shop> page(
            CircuitView view,
            @Nullable ShopStatus status,
            @Nullable Collection<Long> only,
            Period period,
            @Nullable Shop last,
            int skip,
            int limit)
            throws SQLException {
        long before = PaymentTimes.sequenceBefore(view, period.fromMs());
        return view.list(
                SHOP + " WHERE m.merchant_id > ? AND (?::bigint[] IS NULL OR m.merchant_id = ANY (?))"
                        + (status == null ? "" : " AND m.status = " + status.code())
                        + " ORDER BY m.merchant_id OFFSET ? LIMIT ?",
                Shop::of,
                before,
                period.fromMs(),
                period.beforeMs(),
                before,
                period.fromMs(),
                period.beforeMs(),
                last == null ? 0 : last.id(),
                only == null ? null : only.toArray(Long[]::new),
                only == null ? null : only.toArray(Long[]::new),
                skip,
                limit);
    }

    /** The shop of an id, unless this circuit has none. */
    public static Optional<Shop> find(CircuitView view, long id, Period period) throws SQLException {
        return page(view, null, List.of(id), period, null, 0, 1).stream().findFirst();
    }

    public static List<Till> tills(CircuitView view, long shopId, int limit) throws SQLException {
        return view.list(
                OUTLETS,
                row -> new Till(
                        row.getLong("outlet_id"),
                        row.getLong("opened_ms"),
                        row.getLong("terminal_id"),
                        row.getLong("terminal_id") == 0 ? null : Coded.of(TerminalStatus.class, row.getInt("status")),
                        row.getLong("enrolled_ms"),
                        row.getLong("revoked_ms")),
                shopId,
                limit);
    }

    public static List<Payable> payables(CircuitView view, long shopId) throws SQLException {
        return view.list(
                PAYABLES,
                row -> new Payable(
                        row.getLong("account_id"),
                        row.getLong("programme_id"),
                        Coded.of(MoneyUnit.class, row.getInt("unit")),
                        row.getLong("captured"),
                        row.getLong("paid_back"),
                        row.getLong("credits_pending"),
                        row.getLong("owed")),
                shopId);
    }

    /**
     * Takings month by month, newest first; months without any are left out.
     *
     * @param first a day of the first month
     * @param last a day of the last one; what came later counts there
     */
    public static List<Month> months(CircuitView view, long shopId, LocalDate first, LocalDate last)
            throws SQLException {
        List<LocalDate> firsts = first.withDayOfMonth(1)
                .datesUntil(last.plusDays(1), java.time.Period.ofMonths(1))
                .toList();
        Long[] startsMs = firsts.stream().map(Times::startOfDayMs).toArray(Long[]::new);
        long before = PaymentTimes.sequenceBefore(view, startsMs[0]);
        return view.list(
                MONTHS,
                row -> new Month(
                        firsts.get(row.getInt("month") - 1),
                        row.getLong("euro"),
                        row.getLong("ies"),
                        row.getLong("payments")),
                startsMs,
                shopId,
                before,
                startsMs[0],
                startsMs,
                shopId,
                before,
                startsMs[0]);
    }
}
