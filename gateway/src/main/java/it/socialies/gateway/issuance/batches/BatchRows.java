// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Cursor;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.documents.Letterhead;
import it.socialies.gateway.documents.TableDocument;
import it.socialies.gateway.documents.TableDocument.Column;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.issuance.Euro;
import it.socialies.gateway.issuance.Outcome;
import it.socialies.gateway.issuance.ranking.PublicList;
import it.socialies.gateway.people.PeopleRegister;
import it.socialies.gateway.people.PersonSeal;
import it.socialies.gateway.people.Reader;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What is read of a batch: its rows by numbers and codes, the list that is published, the list with names and the report of its file within a case. Threading: any event loop. */
final class BatchRows implements Resource {
    private final Batches batches;
    private final PeopleRegister people;
    private final Descriptions descriptions;
    private final BoundedWorker worker;

    /** @param worker draws documents */
    BatchRows(Batches batches, PeopleRegister people, Descriptions descriptions, BoundedWorker worker) {
        this.batches = batches;
        this.people = people;
        this.descriptions = descriptions;
        this.worker = worker;
    }

    @Override
    public void mount(Api api) {
        api.on("listIssuanceRows", request -> {
            request.operator();
            return page(request).map(ApiAnswer::ok);
        });
        api.on("listIssuanceNames", this::names);
        api.onRaw("getValidationReport", this::report);
        api.onRaw("getPublicList", this::publicList);
    }

    private Future<Batch> find(ApiRequest request) {
        return batches.find(request.circuitId(), request.id(Ids.ISSUANCE_BATCH));
    }

    /** Rows in file order; {@code outcome}, {@code result=refused} or none chooses among them. */
    private Future<JsonObject> page(ApiRequest request) {
        return find(request)
                .compose(batch -> people.inCircuit(
                        batch.circuitId(),
                        connection -> rows(connection, request, batch)
                                .map(rows -> json(rows, (int) request.query("limit", 50)))));
    }

    private static Future<List<IssuanceRow>> rows(SqlConnection connection, ApiRequest request, Batch batch) {
        String cursor = request.query("cursor");
        String outcome = request.query("outcome");
        boolean isRefused = "refused".equals(outcome);
        String sql = "SELECT " + IssuanceRow.COLUMNS + " FROM issuance_row WHERE batch_id = $1 AND row_number > $2"
                + " AND ($3::text IS NULL OR outcome = $3) AND (NOT $4 OR result <> 'credited')"
                + " ORDER BY row_number LIMIT $5";
        return connection
                .preparedQuery(sql)
                .execute(Tuple.of(
                        batch.batchId(),
                        cursor == null ? -1 : (int) Cursor.parse(cursor) - 1,
                        outcome == null || isRefused ? null : outcome.toUpperCase(Locale.ROOT),
                        isRefused,
                        (int) request.query("limit", 50) + 1))
                .map(rows -> {
                    List<IssuanceRow> found = new ArrayList<>();
                    rows.forEach(row -> found.add(IssuanceRow.of(row)));
                    return found;
                });
    }

    /** A cursor is a positive number: the row behind the last of the page. */
    private static JsonObject json(List<IssuanceRow> rows, int limit) {
        JsonArray items = new JsonArray();
        rows.stream().limit(limit).forEach(row -> items.add(row.json()));
        JsonObject page = new JsonObject().put("items", items);
        return rows.size() > limit
                ? page.put("next_cursor", Cursor.format(rows.get(limit - 1).rowNumber() + 1L))
                : page;
    }

    private Future<ApiAnswer> names(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL);
        Reader reader = Reader.of(request, operator, request.query("case_id"));
        int limit = (int) request.query("limit", 50);
        return find(request)
                .compose(batch -> people.inCircuit(
                        batch.circuitId(),
                        connection -> rows(connection, request, batch).compose(rows -> {
                            List<IssuanceRow> shown = rows.stream().limit(limit).toList();
                            return people.read(
                                            connection,
                                            reader,
                                            shown.stream()
                                                    .map(IssuanceRow::recordId)
                                                    .toList(),
                                            false)
                                    .compose(known -> people.applications(
                                                    batch.circuitId(),
                                                    shown.stream()
                                                            .map(IssuanceRow::recordId)
                                                            .toList())
                                            .map(seals -> {
                                                JsonObject page = json(rows, limit);
                                                JsonArray items = page.getJsonArray("items");
                                                for (int i = 0; i < shown.size(); i++) {
                                                    IssuanceRow row = shown.get(i);
                                                    JsonObject person = known.get(row.recordId());
                                                    PersonSeal seal = seals.get(row.recordId());
                                                    if (person != null && seal != null) {
                                                        Applied applied = Ranker.open(batch, row, seal);
                                                        items.getJsonObject(i)
                                                                .put("given_name", person.getString("given_name"))
                                                                .put("family_name", person.getString("family_name"))
                                                                .put("application", applied.number())
                                                                .put("words", applied.words());
                                                    }
                                                }
                                                return ApiAnswer.ok(page);
                                            }));
                        })));
    }

    /** As personal as the file was: sealed, within a case, gone after its term or with the next erasure in the circuit. */
    private Future<Void> report(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL);
        Reader reader = Reader.of(request, operator, request.query("case_id"));
        boolean isCsv = "csv".equals(request.query("format"));
        return find(request)
                .compose(batch -> people.inCircuit(
                                batch.circuitId(),
                                connection -> people.requireCase(connection, reader)
                                        .compose(may -> connection
                                                .preparedQuery(
                                                        "SELECT report, report_csv, report_key FROM issuance_batch"
                                                                + " WHERE batch_id = $1 AND report_key IS NOT NULL")
                                                .execute(Tuple.of(batch.batchId()))))
                        .compose(rows -> {
                            for (Row row : rows) {
                                return people.secret(batch.circuitId(), row.getLong(2))
                                        .map(seal -> seal.orElseThrow(() -> new ProblemException("not_found"))
                                                .open(
                                                        isCsv ? FileImport.CSV : FileImport.JSON,
                                                        row.getBuffer(isCsv ? 1 : 0)
                                                                .getBytes()));
                            }
                            return Future.failedFuture(new ProblemException("not_found"));
                        }))
                .compose(plain -> request.context()
                        .response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, isCsv ? "text/csv; charset=utf-8" : "application/json")
                        .end(Buffer.buffer(plain)));
    }

    private Future<Void> publicList(ApiRequest request) {
        request.operator();
        boolean isPdf = "pdf".equals(request.query("format"));
        return find(request).compose(batch -> {
            if (batch.rankingVersion() == 0) {
                return Future.failedFuture(Batches.conflict(batch.state()));
            }
            return people.inCircuit(batch.circuitId(), connection -> Rows.all(connection, batch.batchId()))
                    .compose(rows -> descriptions
                            .describe(Ids.CIRCUIT, new JsonObject().put("id", Ids.CIRCUIT.format(batch.circuitId())))
                            .compose(circuit ->
                                    worker.run(() -> draw(batch, lines(rows), isPdf, circuit.getString("name", "")))))
                    .compose(bytes -> request.context()
                            .response()
                            .putHeader(HttpHeaders.CONTENT_TYPE, isPdf ? "application/pdf" : "text/csv; charset=utf-8")
                            .end(bytes));
        });
    }

    /** The eligible by position, then the excluded by code, since their order is none. */
    private static List<PublicList.Line> lines(List<IssuanceRow> rows) {
        return rows.stream()
                .map(row -> new PublicList.Line(
                        row.position(), row.publicCode(), Objects.requireNonNull(row.outcome()), row.amountCents()))
                .sorted(Comparator.<PublicList.Line, Boolean>comparing(line -> line.outcome() == Outcome.EXCLUDED)
                        .thenComparingInt(PublicList.Line::position)
                        .thenComparing(PublicList.Line::code))
                .toList();
    }

    private static Buffer draw(Batch batch, List<PublicList.Line> lines, boolean isPdf, String municipality)
            throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        if (!isPdf) {
            PublicList.write(lines, output);
            return Buffer.buffer(output.toByteArray());
        }
        TableDocument document = new TableDocument(
                new Letterhead(municipality, "", ""),
                "Graduatoria",
                batch.actReference(),
                false,
                List.of(
                        new Column("Posizione", 2, true),
                        new Column("Codice domanda", 4, false),
                        new Column("Esito", 3, false),
                        new Column("Importo", 3, true)));
        document.write(lines.stream().map(BatchRows::cells).toList(), Locale.ITALIAN, output);
        return Buffer.buffer(output.toByteArray());
    }

    private static List<String> cells(PublicList.Line line) {
        return List.of(
                line.position() == 0 ? "" : Integer.toString(line.position()),
                line.code(),
                switch (line.outcome()) {
                    case ADMITTED -> "Ammessa";
                    case RESERVE -> "Riserva";
                    case EXCLUDED -> "Esclusa";
                },
                line.outcome() == Outcome.ADMITTED ? Euro.text(line.amountCents()) : "");
    }
}
