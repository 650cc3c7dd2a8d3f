// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.office.OfficeDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reports in the office database. May be called from any thread. */
final class ReportStore {
    private static final String ONE = "SELECT " + StoredReport.COLUMNS + " FROM report r WHERE r.report_id = $1";

    private final OfficeDatabase office;

    ReportStore(OfficeDatabase office) {
        this.office = office;
    }

    /** Asked for; to be made. */
    Future<StoredReport> keep(
            SqlConnection connection,
            Scope scope,
            ReportFormat format,
            @Nullable StoredReport repeats,
            long operatorId,
            long nowMs) {
        Period period = scope.period();
        return connection
                .preparedQuery(
                        "INSERT INTO report (circuit_id, kind, format, language, programme_id, from_day, until_day, at_least,"
                                + " at_sequence, at_ms, state, repeats, made_by, made_ms)"
                                + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'MAKING', $11, $12, $13) RETURNING report_id")
                .execute(Tuple.of(
                                scope.circuitId(),
                                scope.kind().name(),
                                format.name(),
                                scope.locale().getLanguage(),
                                scope.programmeId())
                        .addLocalDate(period == null ? null : period.from())
                        .addLocalDate(period == null ? null : period.until())
                        .addInteger(scope.atLeast())
                        .addLong(scope.sequence())
                        .addLong(scope.atMs())
                        .addLong(repeats == null ? null : repeats.reportId())
                        .addLong(operatorId)
                        .addLong(nowMs))
                .map(rows -> new StoredReport(
                        rows.iterator().next().getLong(0),
                        scope,
                        format,
                        "MAKING",
                        0,
                        null,
                        null,
                        repeats,
                        operatorId,
                        nowMs));
    }

    /** Fails with {@code not_found} for one of another circuit too. */
    Future<StoredReport> find(int circuitId, long reportId) {
        return office.withConnection(connection -> one(connection, reportId).compose(found -> {
            if (found.isEmpty() || found.get().getInteger("circuit_id") != circuitId) {
                return Future.failedFuture(new ProblemException("not_found"));
            }
            Row row = found.get();
            Long repeats = row.getLong("repeats");
            return repeats == null
                    ? Future.succeededFuture(StoredReport.of(row, null))
                    : one(connection, repeats)
                            .map(first -> StoredReport.of(
                                    row,
                                    first.map(each -> StoredReport.of(each, null))
                                            .orElse(null)));
        }));
    }

    private static Future<Optional<Row>> one(SqlConnection connection, long reportId) {
        return connection.preparedQuery(ONE).execute(Tuple.of(reportId)).map(ReportStore::first);
    }

    private static Optional<Row> first(RowSet<Row> rows) {
        for (Row row : rows) {
            return Optional.of(row);
        }
        return Optional.empty();
    }

    /** Newest first; {@code before} 0 = from the newest on. */
    Future<List<StoredReport>> page(int circuitId, long before, int limit, boolean isPublicationOnly) {
        return office.withConnection(connection -> connection
                .preparedQuery("SELECT " + StoredReport.COLUMNS
                        + " FROM report r WHERE r.circuit_id = $1 AND ($2::bigint = 0 OR r.report_id < $2)"
                        + " AND (NOT $3 OR r.kind = 'PUBLICATION') ORDER BY r.report_id DESC LIMIT $4")
                .execute(Tuple.of(circuitId, before, isPublicationOnly, limit))
                .map(rows -> {
                    List<StoredReport> page = new ArrayList<>();
                    rows.forEach(row -> page.add(StoredReport.of(row, null)));
                    return page;
                }));
    }

    /** The oldest that is to be made. */
    Future<Optional<StoredReport>> due() {
        return office.withConnection(connection -> connection
                .preparedQuery("SELECT " + StoredReport.COLUMNS
                        + " FROM report r WHERE r.state = 'MAKING' ORDER BY r.report_id LIMIT 1")
                .execute()
                .map(rows -> first(rows).map(row -> StoredReport.of(row, null))));
    }

    /** What was made of it. */
    Future<Void> made(long reportId, ReportMaker.Made made) {
        return office.withConnection(connection -> connection
                .preparedQuery("UPDATE report SET state = 'MADE', file = $2, file_digest = $3, facts_digest = $4"
                        + " WHERE report_id = $1 AND state = 'MAKING'")
                .execute(Tuple.of(reportId, made.file(), made.digest(), made.facts()))
                .mapEmpty());
    }

    /** It cannot be made. */
    Future<Void> stopped(long reportId) {
        return office.withConnection(connection -> connection
                .preparedQuery("UPDATE report SET state = 'STOPPED' WHERE report_id = $1 AND state = 'MAKING'")
                .execute(Tuple.of(reportId))
                .mapEmpty());
    }

    Future<Buffer> file(long reportId) {
        return office.withConnection(connection -> connection
                .preparedQuery("SELECT file FROM report WHERE report_id = $1")
                .execute(Tuple.of(reportId))
                .map(rows -> rows.iterator().next().getBuffer(0)));
    }
}
