// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.proposals;

import it.socialies.console.ledger.Coded;
import it.socialies.console.projection.CircuitView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one operator proposed and another natural person decided. What subject and target are depends on the kind (commands.md).
 *
 * @param amount minor units; 0 where it is not about money
 * @param rowCount of a batch
 * @param digest of a batch's rows, hexadecimal: what was approved
 * @param deciderId 0 while nobody decided
 * @param rowsDone of a batch: executed or refused
 * @param totalDone of a batch: executed, minor units
 */
public record Proposal(
        long id,
        ProposalKind kind,
        ProposalState state,
        long subjectId,
        long targetId,
        long amount,
        int rowCount,
        String digest,
        long proposerId,
        long proposedMs,
        long proposedSequence,
        long deciderId,
        long decidedMs,
        long decidedSequence,
        int rowsDone,
        long totalDone) {
    /** A row of a top-up that was executed, or refused for a reason (a result code; 0 = executed). */
    public record Row(
            long sequence, int index, long walletId, long cardId, long amount, int refusal, long timestampMs) {}

    private static final String ROWS = """
            SELECT r.sequence, r.index, r.wallet_id, r.amount, r.code, r.timestamp_ms, coalesce(c.card_id, 0) AS card_id FROM (
                (SELECT sequence, index, wallet_id, amount, 0 AS code, timestamp_ms FROM top_up
                 WHERE proposal_id = ? AND (sequence, index) > (?, ?) ORDER BY sequence, index LIMIT ?)
                UNION ALL
                (SELECT sequence, index, wallet_id, amount, code, timestamp_ms FROM top_up_refusal
                 WHERE proposal_id = ? AND (sequence, index) > (?, ?) ORDER BY sequence, index LIMIT ?)) r
            LEFT JOIN LATERAL (SELECT card_id FROM card WHERE wallet_id = r.wallet_id ORDER BY card_id DESC LIMIT 1) c ON true
            ORDER BY r.sequence, r.index OFFSET ? LIMIT ?""";

    /** Whether its amount is money; of other kinds it is a count, a rate or nothing. */
    public boolean isAboutMoney() {
        return switch (kind) {
            case MOVE_FUND,
                    COMMIT_FUND,
                    TOP_UP,
                    TOP_UP_BATCH,
                    TAKE_BACK,
                    TAKE_BACK_BATCH,
                    MOVE_RESERVE,
                    ISSUE_IES,
                    REDEEM_IES,
                    SETTLE,
                    DECIDE_DISPUTE,
                    SETTLE_DEBT -> true;
            case APPOINT_OPERATOR,
                    PUBLISH_PROGRAMME,
                    EXTEND_PROGRAMME,
                    CHANGE_RULES,
                    SET_EMERGENCY_FUND,
                    CLOSE_WALLET,
                    SET_TARIFF,
                    CONFIGURE_CIRCUIT,
                    RESET_PIN,
                    GRANT_ROLES,
                    SET_PAYEE -> false;
        };
    }

    /** Whether its subject is a wallet. */
    public boolean isAboutWallet() {
        return subjectId != 0
                && switch (kind) {
                    case TOP_UP, TAKE_BACK, CLOSE_WALLET, ISSUE_IES, REDEEM_IES -> true;
                    default -> false;
                };
    }

    /** The programme it is about; 0 = none. */
    public long programmeId() {
        return switch (kind) {
            case PUBLISH_PROGRAMME,
                    MOVE_FUND,
                    COMMIT_FUND,
                    EXTEND_PROGRAMME,
                    CHANGE_RULES,
                    SET_EMERGENCY_FUND,
                    TOP_UP_BATCH -> subjectId;
            case TOP_UP, TAKE_BACK, SETTLE_DEBT -> targetId;
            case APPOINT_OPERATOR,
                    MOVE_RESERVE,
                    ISSUE_IES,
                    REDEEM_IES,
                    SET_TARIFF,
                    CONFIGURE_CIRCUIT,
                    RESET_PIN,
                    GRANT_ROLES,
                    TAKE_BACK_BATCH,
                    CLOSE_WALLET,
                    SETTLE,
                    SET_PAYEE,
                    DECIDE_DISPUTE -> 0;
        };
    }

    /** The shop it is about; 0 = none. */
    public long shopId() {
        return switch (kind) {
            case REDEEM_IES -> subjectId == 0 ? targetId : 0;
            case SET_PAYEE, SETTLE_DEBT -> subjectId;
            default -> 0;
        };
    }

    private static Proposal of(ResultSet row) throws SQLException {
        return new Proposal(
                row.getLong("proposal_id"),
                Coded.of(ProposalKind.class, row.getInt("kind")),
                Coded.of(ProposalState.class, row.getInt("state")),
                row.getLong("subject_id"),
                row.getLong("target_id"),
                row.getLong("amount"),
                row.getInt("row_count"),
                HexFormat.of().formatHex(row.getBytes("digest")),
                row.getLong("proposer_id"),
                row.getLong("proposed_ms"),
                row.getLong("sequence"),
                row.getLong("decider_id"),
                row.getLong("decided_ms"),
                row.getLong("decided_sequence"),
                row.getInt("rows_done"),
                row.getLong("total_done"));
    }

    /** The proposal of an id, unless this circuit has none. */
    public static Optional<Proposal> find(CircuitView view, long id) throws SQLException {
        return view.first("SELECT * FROM proposal WHERE proposal_id = ?", Proposal::of, id);
    }

    /** How many top-ups it led to, refused ones included. */
    public static long rowCount(CircuitView view, long id) throws SQLException {
        return view.number(
                "SELECT (SELECT count(*) FROM top_up WHERE proposal_id = ?)"
                        + " + (SELECT count(*) FROM top_up_refusal WHERE proposal_id = ?)",
                id,
                id);
    }

    /** The top-ups it led to and those refused, in order, behind one. */
    public static List<Row> rows(CircuitView view, long id, @Nullable Row last, int skip, int limit)
            throws SQLException {
        long sequence = last == null ? 0 : last.sequence();
        int index = last == null ? 0 : last.index();
        return view.list(
                ROWS,
                row -> new Row(
                        row.getLong("sequence"),
                        row.getInt("index"),
                        row.getLong("wallet_id"),
                        row.getLong("card_id"),
                        row.getLong("amount"),
                        row.getInt("code"),
                        row.getLong("timestamp_ms")),
                id,
                sequence,
                index,
                skip + limit,
                id,
                sequence,
                index,
                skip + limit,
                skip,
                limit);
    }
}
