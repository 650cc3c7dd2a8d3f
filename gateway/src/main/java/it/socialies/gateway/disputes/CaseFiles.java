// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.disputes;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.disputes.CaseFile.Decision;
import it.socialies.gateway.disputes.CaseFile.Statement;
import it.socialies.gateway.office.OfficeDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The office's tables of disputes. May be called from any thread. */
final class CaseFiles {
    private final OfficeDatabase office;

    CaseFiles(OfficeDatabase office) {
        this.office = office;
    }

    /** Numbers for rows that are about to be written; what is not used stays unused. */
    Future<List<Long>> numbers(int count) {
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT nextval('dispute_number') FROM generate_series(1, $1)")
                        .execute(Tuple.of(count)))
                .map(rows -> {
                    List<Long> numbers = new ArrayList<>();
                    rows.forEach(row -> numbers.add(row.getLong(0)));
                    return numbers;
                });
    }

    /**
     * Opens a case with the words of the holder.
     *
     * @param words under whose key they are sealed the case is, too
     * @param channel upper case, as the complaint
     */
    static Future<Void> open(
            SqlConnection connection,
            int circuitId,
            long caseId,
            long paymentId,
            String channel,
            String complaint,
            SealedText words,
            long operatorId,
            long nowMs) {
        return connection
                .preparedQuery("INSERT INTO dispute_case (case_id, circuit_id, payment_id, channel, complaint,"
                        + " record_id, opened_by, opened_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
                .execute(Tuple.of(caseId, circuitId, paymentId, channel, complaint)
                        .addLong(words.recordId())
                        .addLong(operatorId)
                        .addLong(nowMs))
                .compose(opened -> add(connection, circuitId, caseId, Party.HOLDER, channel, words, operatorId, nowMs));
    }

    /** Adds what a party says. */
    static Future<Void> add(
            SqlConnection connection,
            int circuitId,
            long caseId,
            Party party,
            String channel,
            SealedText words,
            long operatorId,
            long nowMs) {
        return connection
                .preparedQuery("INSERT INTO dispute_statement (statement_id, case_id, circuit_id, party, channel,"
                        + " record_id, sealed, taken_by, taken_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
                .execute(Tuple.of(words.number(), caseId, circuitId, party.name(), channel)
                        .addLong(words.recordId())
                        .addBuffer(words.sealed())
                        .addLong(operatorId)
                        .addLong(nowMs))
                .mapEmpty();
    }

    /** Adds a decision that is about to be proposed. */
    static Future<Void> decide(
            SqlConnection connection,
            int circuitId,
            long caseId,
            long refund,
            SealedText reason,
            long operatorId,
            long nowMs) {
        return connection
                .preparedQuery("INSERT INTO dispute_decision (decision_id, case_id, circuit_id, refund, record_id,"
                        + " sealed, proposed_by, proposed_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
                .execute(Tuple.of(reason.number(), caseId, circuitId, refund)
                        .addLong(reason.recordId())
                        .addBuffer(reason.sealed())
                        .addLong(operatorId)
                        .addLong(nowMs))
                .mapEmpty();
    }

    /** A case with all that was said; fails with {@code not_found}. */
    Future<CaseFile> find(int circuitId, long caseId) {
        Tuple key = Tuple.of(caseId, circuitId);
        return office.withConnection(connection -> connection
                .preparedQuery("SELECT channel, complaint, record_id FROM dispute_case"
                        + " WHERE case_id = $1 AND circuit_id = $2")
                .execute(key)
                .compose(found -> {
                    if (!found.iterator().hasNext()) {
                        return Future.failedFuture(new ProblemException("not_found"));
                    }
                    Row head = found.iterator().next();
                    return statements(connection, key)
                            .compose(statements -> decisions(connection, key)
                                    .map(decisions -> new CaseFile(
                                            caseId,
                                            word(head, "channel"),
                                            word(head, "complaint"),
                                            head.getLong("record_id"),
                                            statements,
                                            decisions)));
                }));
    }

    private static Future<List<Statement>> statements(SqlConnection connection, Tuple key) {
        return connection
                .preparedQuery("SELECT statement_id AS number, party, channel, record_id, sealed, taken_by, taken_ms"
                        + " FROM dispute_statement WHERE case_id = $1 AND circuit_id = $2 ORDER BY statement_id")
                .execute(key)
                .map(rows -> {
                    List<Statement> statements = new ArrayList<>();
                    rows.forEach(row -> statements.add(new Statement(
                            Party.valueOf(row.getString("party")),
                            word(row, "channel"),
                            row.getLong("taken_by"),
                            row.getLong("taken_ms"),
                            text(row))));
                    return statements;
                });
    }

    private static Future<List<Decision>> decisions(SqlConnection connection, Tuple key) {
        return connection
                .preparedQuery("SELECT decision_id AS number, refund, record_id, sealed FROM dispute_decision"
                        + " WHERE case_id = $1 AND circuit_id = $2 ORDER BY decision_id")
                .execute(key)
                .map(rows -> {
                    List<Decision> decisions = new ArrayList<>();
                    rows.forEach(row -> decisions.add(new Decision(row.getLong("refund"), text(row))));
                    return decisions;
                });
    }

    private static SealedText text(Row row) {
        Buffer sealed = row.getBuffer("sealed");
        return new SealedText(row.getLong("number"), row.getLong("record_id"), sealed);
    }

    private static String word(Row row, String column) {
        return row.getString(column).toLowerCase(Locale.ROOT);
    }
}
