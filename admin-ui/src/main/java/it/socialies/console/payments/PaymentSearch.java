// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.payments;

import it.socialies.console.projection.CircuitView;
import it.socialies.console.text.Times;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The payments that fit a filter, newest first, as they were when the search was opened: later payments do not move the pages. What happens to the payments of the list
 * shows. Immutable.
 *
 * <p>Each kind of search has its index: by programme the movements to its payables, by card those of the wallet, by shop, by state, else by id.
 */
public final class PaymentSearch {
    /** Beyond so many, totals are not added up: they would be a slow answer to a question nobody asked so widely. */
    public static final int COUNTED_MAX = 100_000;

    /**
     * Sums over a list; minor units.
     *
     * @param isAll false when there are more than {@link #COUNTED_MAX}: then the sums mean nothing
     */
    public record Totals(long count, boolean isAll, long drawn, long captured, long refunded) {
        /** What the shops keep. */
        public long net() {
            return captured - refunded;
        }
    }

    private static final String SOME =
            "p.payment_id, p.sequence, p.state, p.outcome, p.bill_total, p.eligible_amount, p.created_ms, p.card_id,"
                    + " p.merchant_id, p.terminal_id, ";
    private static final String WHOLE = SOME + "p.drawn, p.captured_total AS captured, p.refunded_total AS refunded";
    private static final String PART = SOME + "h.amount AS drawn, h.captured, h.refunded";

    private final PaymentFilter filter;
    private final long fromId;
    private final long beforeId;
    private final long fromSequence;
    private final long beforeSequence;

    private PaymentSearch(PaymentFilter filter, long fromId, long beforeId, long fromSequence, long beforeSequence) {
        this.filter = filter;
        this.fromId = fromId;
        this.beforeId = beforeId;
        this.fromSequence = fromSequence;
        this.beforeSequence = beforeSequence;
    }

    /** Fixes what the list is about. */
    public static PaymentSearch open(CircuitView view, PaymentFilter filter) throws SQLException {
        // Not max(): behind the circuit's definition of its payments Postgres would read them all for it.
        long afterLast = view.number("SELECT payment_id + 1 FROM payment ORDER BY payment_id DESC LIMIT 1");
        long beforeId = filter.to() == null
                ? afterLast
                : PaymentTimes.firstAt(view, Times.startOfDayMs(filter.to().plusDays(1)));
        long fromId = filter.from() == null ? 0 : PaymentTimes.firstAt(view, Times.startOfDayMs(filter.from()));
        return new PaymentSearch(
                filter,
                fromId,
                beforeId,
                sequenceAt(view, fromId),
                beforeId == afterLast ? view.position().sequence() + 1 : sequenceAt(view, beforeId));
    }

    private static long sequenceAt(CircuitView view, long id) throws SQLException {
        return view.first(
                        "SELECT sequence FROM payment WHERE payment_id >= ? ORDER BY payment_id LIMIT 1",
                        row -> row.getLong(1),
                        id)
                .orElse(Long.MAX_VALUE);
    }

    /** The payments behind one of the list. */
    public List<PaymentRow> page(CircuitView view, @Nullable PaymentRow last, int skip, int limit) throws SQLException {
        Query query = query(last, skip, limit);
        return view.list(query.sql.toString(), PaymentRow::of, query.parameters.toArray());
    }

    /** Adds the list up. */
    public Totals totals(CircuitView view) throws SQLException {
        Query query = new Query();
        if (filter.source() == 0) {
            query.add("SELECT " + WHOLE + " FROM payment p WHERE");
            ofPayments(query, null);
        } else {
            query.add("SELECT " + PART + " FROM account a JOIN ledger_entry e ON e.credit_account_id = a.account_id"
                    + " JOIN payment p ON p.payment_id = e.payment_id JOIN hold h ON h.hold_id = e.hold_id WHERE");
            ofMovements(query, null);
            query.add(" AND");
            ofPayables(query);
        }
        // In no order: whichever come first are counted.
        query.add(" LIMIT ?", COUNTED_MAX + 1);
        return view.list(
                        "SELECT count(*) AS n, coalesce(sum(drawn), 0) AS drawn, coalesce(sum(captured), 0) AS captured,"
                                + " coalesce(sum(refunded), 0) AS refunded FROM (" + query.sql + ") listed",
                        row -> new Totals(
                                Math.min(row.getLong("n"), COUNTED_MAX),
                                row.getLong("n") <= COUNTED_MAX,
                                row.getLong("drawn"),
                                row.getLong("captured"),
                                row.getLong("refunded")),
                        query.parameters.toArray())
                .getFirst();
    }

    /** A statement in the making. */
    private static final class Query {
        private final StringBuilder sql = new StringBuilder();
        private final List<@Nullable Object> parameters = new ArrayList<>();

        Query add(String text, Object... values) {
            sql.append(text);
            parameters.addAll(List.of(values));
            return this;
        }
    }

    private Query query(@Nullable PaymentRow last, int skip, int limit) {
        Query query = new Query();
        if (filter.source() != 0) {
            fromMovements(query, last, skip, limit);
        } else {
            fromPayments(query, last, skip, limit);
        }
        return query;
    }

    private void fromPayments(Query query, @Nullable PaymentRow last, int skip, int limit) {
        query.add("SELECT " + WHOLE + " FROM payment p WHERE");
        ofPayments(query, last);
        query.add(" ORDER BY " + (filter.shopId() == 0 ? "" : "p.created_ms DESC, ") + "p.payment_id DESC");
        query.add(" OFFSET ? LIMIT ?", skip, limit);
    }

    private void ofPayments(Query query, @Nullable PaymentRow last) {
        query.add(" p.payment_id >= ? AND p.payment_id < ?", fromId, beforeId);
        if (filter.shopId() == 0) {
            if (last != null) {
                query.add(" AND p.payment_id < ?", last.id());
            }
        } else {
            query.add(" AND p.merchant_id = ?", filter.shopId());
            if (filter.from() != null) {
                query.add(" AND p.created_ms >= ?", Times.startOfDayMs(filter.from()));
            }
            if (filter.to() != null) {
                query.add(
                        " AND p.created_ms < ?", Times.startOfDayMs(filter.to().plusDays(1)));
            }
            if (last != null) {
                query.add(" AND (p.created_ms, p.payment_id) < (?, ?)", last.createdMs(), last.id());
            }
        }
        residual(query);
    }

    /** What drew from a programme are the movements to its payables: one at each shop. The newest of each shop, merged, are the newest of all. */
    private void fromMovements(Query query, @Nullable PaymentRow last, int skip, int limit) {
        query.add("SELECT " + PART + " FROM (SELECT newest.* FROM account a CROSS JOIN LATERAL ("
                + "SELECT e.sequence, e.payment_id, e.hold_id FROM ledger_entry e");
        if (hasResidual()) {
            query.add(" JOIN payment p ON p.payment_id = e.payment_id");
        }
        query.add(" WHERE e.credit_account_id = a.account_id AND");
        ofMovements(query, last);
        query.add(" ORDER BY e.sequence DESC LIMIT ?) newest WHERE", skip + limit);
        ofPayables(query);
        query.add(" ORDER BY newest.sequence DESC OFFSET ? LIMIT ?) listed", skip, limit);
        query.add(" JOIN payment p ON p.payment_id = listed.payment_id JOIN hold h ON h.hold_id = listed.hold_id"
                + " ORDER BY listed.sequence DESC");
    }

    /** Movements that began a payment: the record of the payment is theirs. */
    private void ofMovements(Query query, @Nullable PaymentRow last) {
        query.add(
                " e.kind IN (132, 133) AND e.sequence >= ? AND e.sequence < ?",
                fromSequence,
                last == null ? beforeSequence : Math.min(beforeSequence, last.sequence()));
        residual(query);
    }

    private void ofPayables(Query query) {
        query.add(" a.kind = 4");
        if (filter.source() == PaymentFilter.IES) {
            query.add(" AND a.unit = 2");
        } else {
            query.add(" AND a.programme_id = ? AND a.programme_id <> 0", filter.source());
        }
        if (filter.shopId() != 0) {
            query.add(" AND a.owner_id = ?", filter.shopId());
        }
    }

    private boolean hasResidual() {
        return filter.paymentId() != 0
                || filter.cardId() != 0
                || filter.state() != null
                || filter.amountFrom() != 0
                || filter.amountTo() != 0;
    }

    /** Conditions on the payment itself. */
    private void residual(Query query) {
        if (filter.paymentId() != 0) {
            query.add(" AND p.payment_id = ?", filter.paymentId());
        }
        if (filter.cardId() != 0) {
            query.add(
                    " AND p.wallet_id = (SELECT c.wallet_id FROM card c WHERE c.card_id = ?) AND p.wallet_id <> 0 AND p.card_id = ?",
                    filter.cardId(),
                    filter.cardId());
        }
        if (filter.state() != null) {
            // Written out, so that Postgres sees whether the partial index of the rarer states serves.
            query.add(" AND p.state = " + filter.state().code());
        }
        if (filter.amountFrom() != 0 || filter.amountTo() != 0) {
            long highest = filter.amountTo() == 0 ? Long.MAX_VALUE : filter.amountTo();
            query.add(
                    " AND (p.bill_total BETWEEN ? AND ? OR p.drawn BETWEEN ? AND ?)",
                    filter.amountFrom(),
                    highest,
                    filter.amountFrom(),
                    highest);
        }
    }
}
