// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.people.ReadLog.Operation;
import it.socialies.gateway.security.InstallationClock;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** Everything the vault holds about a person, who read it, and what was asked and answered (GDPR 15, 20). Statements run in transactions that show one circuit. */
final class PersonExport {
    private final Records records;
    private final InstallationClock clock;

    PersonExport(Records records, InstallationClock clock) {
        this.records = records;
        this.clock = clock;
    }

    /** The case must be one that serves requests, which the caller has looked at; the export itself is the last line of its read log. */
    Future<JsonObject> of(SqlConnection connection, Reader reader, long recordId) {
        LocalDate today = ItalianDay.of(clock.nowMs());
        return records.open(connection, reader, recordId, Operation.EXPORT)
                .compose(opened -> Eligibilities.of(connection, opened)
                        .compose(outcomes -> reads(connection, recordId)
                                .compose(reads -> changes(connection, recordId)
                                        .compose(changes -> SubjectRequests.of(connection, recordId)
                                                .compose(requests -> applications(connection, opened)
                                                        .compose(applications -> statements(connection, opened)
                                                                .map(statements -> opened.row()
                                                                        .outline()
                                                                        .put("exported_at", Json.time(clock.nowMs()))
                                                                        .put("person", opened.person())
                                                                        .put("eligibilities", outcomes)
                                                                        .put("reads", reads)
                                                                        .put("changes", changes)
                                                                        .put(
                                                                                "requests",
                                                                                requests(requests, opened, today))
                                                                        .put("applications", applications)
                                                                        .put("statements", statements))))))));
    }

    /** What the person applied with, and what came of it. */
    private static Future<JsonArray> applications(SqlConnection connection, Records.Opened opened) {
        return connection
                .preparedQuery("SELECT r.batch_id, r.row_number, r.revision, r.sealed, r.position, r.outcome, r.reason,"
                        + " r.amount, b.act_reference, b.created_ms FROM issuance_row r JOIN issuance_batch b USING (batch_id)"
                        + " WHERE r.record_id = $1 ORDER BY r.batch_id, r.row_number")
                .execute(Tuple.of(opened.row().recordId()))
                .map(rows -> Items.of(rows, row -> application(row, opened.key())));
    }

    private static JsonObject application(Row row, PersonKey key) {
        byte[] plain = key.open(
                PersonKey.Kind.APPLICATION,
                PersonSeal.place(row.getLong("batch_id"), row.getShort("revision"), row.getInteger("row_number")),
                row.getBuffer("sealed").getBytes());
        JsonObject item = new JsonObject()
                .put("act_reference", row.getString("act_reference"))
                .put("time", Json.time(row.getLong("created_ms")))
                .put("application", CanonicalJson.read(plain))
                .put("position", row.getInteger("position"))
                .put("reason", row.getString("reason"))
                .put("amount", Json.euro(row.getLong("amount")));
        return row.getString("outcome") == null ? item : item.put("outcome", word(row, "outcome"));
    }

    /** What the person said in disputes; what the shop said is the shop's. */
    private static Future<JsonArray> statements(SqlConnection connection, Records.Opened opened) {
        return connection
                .preparedQuery("SELECT s.statement_id, s.channel, s.sealed, s.taken_ms, c.payment_id, c.complaint"
                        + " FROM dispute_statement s JOIN dispute_case c USING (case_id)"
                        + " WHERE s.record_id = $1 AND s.party = 'HOLDER' ORDER BY s.statement_id")
                .execute(Tuple.of(opened.row().recordId()))
                .map(rows -> Items.of(rows, row -> statement(row, opened.key())));
    }

    private static JsonObject statement(Row row, PersonKey key) {
        byte[] plain = key.open(
                PersonKey.Kind.STATEMENT,
                row.getLong("statement_id"),
                row.getBuffer("sealed").getBytes());
        return new JsonObject()
                .put("payment_id", Ids.PAYMENT.format(row.getLong("payment_id")))
                .put("reason", word(row, "complaint"))
                .put("heard_by", word(row, "channel"))
                .put("time", Json.time(row.getLong("taken_ms")))
                .put("text", new String(plain, StandardCharsets.UTF_8));
    }

    private static JsonArray requests(List<SubjectRequest> requests, Records.Opened opened, LocalDate today) {
        JsonArray items = new JsonArray();
        for (SubjectRequest each : requests) {
            items.add(each.outline(today).mergeIn(each.words(opened.key())));
        }
        return items;
    }

    private static Future<JsonArray> reads(SqlConnection connection, long recordId) {
        return connection
                .preparedQuery("SELECT r.operator_id, r.operation, r.read_ms, c.purpose FROM vault_read r"
                        + " JOIN vault_case c USING (case_id) WHERE r.record_id = $1 ORDER BY r.read_id")
                .execute(Tuple.of(recordId))
                .map(rows -> Items.of(
                        rows,
                        row -> new JsonObject()
                                .put("operator_id", Ids.OPERATOR.format(row.getLong("operator_id")))
                                .put("operation", word(row, "operation"))
                                .put("purpose", word(row, "purpose"))
                                .put("time", Json.time(row.getLong("read_ms")))));
    }

    private static Future<JsonArray> changes(SqlConnection connection, long recordId) {
        return connection
                .preparedQuery("SELECT operator_id, fields, changed_ms FROM vault_change WHERE record_id = $1"
                        + " ORDER BY change_id")
                .execute(Tuple.of(recordId))
                .map(rows -> Items.of(
                        rows,
                        row -> new JsonObject()
                                .put("operator_id", Ids.OPERATOR.format(row.getLong("operator_id")))
                                .put("fields", new JsonArray(List.of(row.getArrayOfStrings("fields"))))
                                .put("time", Json.time(row.getLong("changed_ms")))));
    }

    /** A word of the database as the interface has it. */
    private static String word(Row row, String column) {
        return row.getString(column).toLowerCase(Locale.ROOT);
    }
}
