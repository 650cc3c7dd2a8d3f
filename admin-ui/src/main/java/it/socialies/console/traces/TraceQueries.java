// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.traces;

import it.socialies.console.ledger.Coded;
import it.socialies.console.ledger.HoldState;
import it.socialies.console.ledger.MoneyUnit;
import it.socialies.console.ledger.Movement;
import it.socialies.console.ledger.TransferReason;
import it.socialies.console.payments.PaymentDetail;
import it.socialies.console.programmes.ProgrammeQueries;
import it.socialies.console.projection.CircuitView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the way of a payment's money. */
public final class TraceQueries {
    /** More sources of one account than this are only counted and added up. */
    public static final int SOURCES_SHOWN = 10;

    /** A payment has at most 17 parts, each with a few movements. */
    public static final int MOVEMENTS_MAX = 1_000;

    private static final String LANES = """
            SELECT h.hold_id, h.debit_account_id, h.credit_account_id, h.amount, h.captured, h.refunded, h.state,
                   a.unit, a.programme_id, s.owner_id, s.available
            FROM hold h
            JOIN account a ON a.account_id = h.debit_account_id
            JOIN account s ON s.account_id = h.credit_account_id
            WHERE h.payment_id = ? ORDER BY h.hold_id""";

    /** What an account had been through before a record; captures of money set aside earlier give what they do not take free. */
    private static final String BEFORE = """
            SELECT coalesce(sum(amount) FILTER (WHERE side > 0 AND kind = 131), 0) AS received,
                   count(*) FILTER (WHERE side > 0 AND kind = 131) AS sources,
                   coalesce(sum(amount) FILTER (WHERE side < 0 AND kind = 131), 0) AS gone,
                   coalesce(sum(amount) FILTER (WHERE side < 0 AND kind IN (133, 134)), 0)
                       - coalesce(sum(amount) FILTER (WHERE side > 0 AND kind = 136), 0) AS spent,
                   coalesce(sum(CASE kind WHEN 132 THEN amount WHEN 135 THEN -amount WHEN 134 THEN -amount - released END)
                       FILTER (WHERE side < 0), 0) AS held
            FROM (SELECT 1 AS side, kind, amount, released FROM ledger_entry WHERE credit_account_id = ? AND sequence < ?
                  UNION ALL
                  SELECT -1, kind, amount, released FROM ledger_entry WHERE debit_account_id = ? AND sequence < ?) e""";

    private static final String SOURCES = """
            SELECT e.sequence, e.timestamp_ms, e.reason, e.amount, coalesce(d.proposal_id, 0) AS proposal_id,
                   coalesce(d.kind = 5, false) AS is_batch, coalesce(d.proposer_id, w.operator_id, 0) AS proposer_id, coalesce(d.decider_id, 0) AS decider_id,
                   CASE WHEN e.reason = 7 THEN (SELECT max(c.card_id) FROM account f JOIN card c ON c.wallet_id = f.owner_id
                                                WHERE f.account_id = e.debit_account_id) ELSE 0 END AS from_card_id
            FROM ledger_entry e LEFT JOIN proposal d ON d.proposal_id = e.reference_id AND e.reason IN (2, 5)
            LEFT JOIN emergency_award w ON w.award_id = e.reference_id AND e.reason = 13
            WHERE e.credit_account_id = ? AND e.kind = 131 AND e.sequence < ?
            ORDER BY e.sequence DESC, e.index DESC LIMIT ?""";

    private static final String FUNDED =
            "SELECT count(*) AS n, coalesce(sum(amount), 0) AS total FROM fund_movement WHERE programme_id = ? AND sequence < ?";

    private static final String SETTLED =
            "SELECT coalesce(sum(amount), 0) FROM ledger_entry WHERE debit_account_id = ? AND kind = 131 AND sequence > ?";

    private static final String MOVEMENTS = "SELECT " + Movement.COLUMNS
            + " FROM ledger_entry WHERE payment_id = ? AND payment_id <> 0 ORDER BY sequence, index LIMIT "
            + MOVEMENTS_MAX;

    private TraceQueries() {}

    private record Part(
            long holdId,
            long pocketId,
            long payableId,
            long amount,
            long captured,
            long refunded,
            HoldState state,
            MoneyUnit unit,
            long programmeId,
            long shopId,
            long owed) {
        static Part of(ResultSet row) throws SQLException {
            return new Part(
                    row.getLong("hold_id"),
                    row.getLong("debit_account_id"),
                    row.getLong("credit_account_id"),
                    row.getLong("amount"),
                    row.getLong("captured"),
                    row.getLong("refunded"),
                    Coded.of(HoldState.class, row.getInt("state")),
                    Coded.of(MoneyUnit.class, row.getInt("unit")),
                    row.getLong("programme_id"),
                    row.getLong("owner_id"),
                    row.getLong("available"));
        }
    }

    /** The way of a payment, unless this circuit has no payment of that id. */
    public static Optional<Trace> find(CircuitView view, long paymentId) throws SQLException {
        Optional<PaymentDetail> payment = PaymentDetail.find(view, paymentId);
        if (payment.isEmpty()) {
            return Optional.empty();
        }
        long sequence = payment.get().payment().sequence();
        List<Trace.Lane> lanes = new ArrayList<>();
        for (Part part : view.list(LANES, Part::of, paymentId)) {
            lanes.add(lane(view, part, sequence));
        }
        return Optional.of(new Trace(payment.get(), lanes, view.list(MOVEMENTS, Movement::of, paymentId)));
    }

    private static Trace.Lane lane(CircuitView view, Part part, long sequence) throws SQLException {
        return new Trace.Lane(
                part.holdId,
                part.unit,
                part.programmeId,
                part.state,
                part.amount,
                part.captured,
                part.refunded,
                origin(view, part.programmeId, sequence),
                pocket(view, part.pocketId, sequence),
                new Trace.Payable(
                        part.payableId, part.shopId, part.owed, view.number(SETTLED, part.payableId, sequence)));
    }

    private static Trace.Origin origin(CircuitView view, long programmeId, long sequence) throws SQLException {
        if (programmeId == 0) {
            return new Trace.Origin(0, 0, List.of());
        }
        List<ProgrammeQueries.Funding> newest =
                ProgrammeQueries.fundings(view, programmeId, sequence - 1, SOURCES_SHOWN);
        return view.list(
                        FUNDED,
                        row -> new Trace.Origin(row.getLong("n"), row.getLong("total"), newest),
                        programmeId,
                        sequence)
                .getFirst();
    }

    private static Trace.Pocket pocket(CircuitView view, long accountId, long sequence) throws SQLException {
        List<Trace.Source> newest = view.list(
                SOURCES,
                row -> new Trace.Source(
                        row.getLong("sequence"),
                        row.getLong("timestamp_ms"),
                        Coded.of(TransferReason.class, row.getInt("reason")),
                        row.getLong("amount"),
                        row.getLong("proposal_id"),
                        row.getBoolean("is_batch"),
                        row.getLong("proposer_id"),
                        row.getLong("decider_id"),
                        row.getLong("from_card_id")),
                accountId,
                sequence,
                SOURCES_SHOWN);
        return view.list(
                        BEFORE,
                        row -> new Trace.Pocket(
                                accountId,
                                row.getLong("received"),
                                row.getLong("gone"),
                                row.getLong("spent"),
                                row.getLong("held"),
                                row.getLong("sources"),
                                newest),
                        accountId,
                        sequence,
                        accountId,
                        sequence)
                .getFirst();
    }
}
