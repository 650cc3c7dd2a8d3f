// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Cursor;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reports: asked for, made in the background, fetched, and made again to see that they are the same. Threading: any event loop. */
final class Reports implements Resource {
    private static final int PAGE = 50;
    private static final OperatorRole[] READERS = {OperatorRole.TREASURER, OperatorRole.ADMIN, OperatorRole.AUDITOR};

    private final ReportStore store;
    private final ReportJob job;
    private final Records records;
    private final OfficeDesk desk;
    private final InstallationClock clock;

    Reports(ReportStore store, ReportJob job, Records records, OfficeDesk desk, InstallationClock clock) {
        this.store = store;
        this.job = job;
        this.records = records;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("requestReport", this::ask);
        api.on("listReports", this::list);
        api.on("getReport", this::get);
        api.onRaw("getReportFile", this::file);
        api.on("repeatReport", this::repeat);
        api.on("getProgrammeReport", this::programme);
    }

    /** The office's people see publication lists only. */
    private static Principal reader(ApiRequest request, ReportKind kind) {
        return kind == ReportKind.PUBLICATION
                ? request.operatorWith(
                        OperatorRole.TREASURER, OperatorRole.ADMIN, OperatorRole.AUDITOR, OperatorRole.SOCIAL)
                : request.operatorWith(READERS);
    }

    private Future<ApiAnswer> ask(ApiRequest request) {
        JsonObject body = request.body();
        ReportKind kind = ReportKind.valueOf(body.getString("kind").toUpperCase(Locale.ROOT));
        Principal operator = reader(request, kind);
        ReportFormat format = ReportFormat.valueOf(body.getString("format").toUpperCase(Locale.ROOT));
        long programmeId = programmeId(body, kind);
        Period period = period(body, kind);
        int atLeast = body.getInteger("at_least", 10);
        Locale locale = Locale.forLanguageTag(body.getString("lang", "it"));
        long wanted = body.getLong("at_sequence", 0L);
        int circuitId = request.circuitId();
        // A key that is known says again what it said, whatever the journal has come to.
        return desk.isKnown(request)
                .compose(known -> records.at(wanted, request.query("min_sequence", 0))
                        .compose(at -> records.requireProgramme(circuitId, programmeId, at.sequence())
                                .map(found -> {
                                    if (!known) {
                                        requireBegun(body, period, at.atMs());
                                    }
                                    return new Scope(
                                            circuitId,
                                            kind,
                                            programmeId,
                                            period,
                                            atLeast,
                                            at.sequence(),
                                            at.atMs(),
                                            locale);
                                })))
                .compose(scope -> desk.once(
                        request,
                        operator,
                        connection -> store.keep(connection, scope, format, null, operator.id(), clock.nowMs())
                                .map(StoredReport::json)))
                .onSuccess(answer -> job.wake());
    }

    private static long programmeId(JsonObject body, ReportKind kind) {
        String named = body.getString("programme_id");
        if (named == null && kind.needsProgramme()) {
            throw ProblemException.field("/programme_id", "required", null);
        }
        if (named != null && kind == ReportKind.PUBLICATION) {
            throw ProblemException.field("/programme_id", "unknown", "The threshold is of all programmes together.");
        }
        return named == null ? 0 : Ids.PROGRAMME.parse(named);
    }

    private static @Nullable Period period(JsonObject body, ReportKind kind) {
        Period period = Period.of(body);
        switch (kind.span()) {
            case NONE -> {
                if (period != null) {
                    throw ProblemException.field(field(body), "unknown", "It is as of at_sequence.");
                }
            }
            case YEAR -> {
                if (period == null || !body.containsKey("year")) {
                    throw ProblemException.field("/year", "required", "The threshold is of a calendar year.");
                }
            }
            case ANY -> {
                if (period == null) {
                    throw ProblemException.field("/quarter", "required", "Or year, or from and until.");
                }
            }
        }
        return period;
    }

    private static String field(JsonObject body) {
        return body.containsKey("quarter") ? "/quarter" : body.containsKey("year") ? "/year" : "/from";
    }

    private static void requireBegun(JsonObject body, @Nullable Period period, long atMs) {
        if (period != null && period.fromMs() > atMs) {
            throw ProblemException.field(
                    field(body), "out_of_range", "The period begins behind the last record that counts.");
        }
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        Principal operator = reader(request, ReportKind.PUBLICATION);
        boolean isPublicationOnly = true;
        for (OperatorRole role : READERS) {
            isPublicationOnly &= !operator.has(role);
        }
        int limit = (int) request.query("limit", PAGE);
        String cursor = request.query("cursor");
        return store.page(request.circuitId(), cursor == null ? 0 : Cursor.parse(cursor), limit + 1, isPublicationOnly)
                .map(found -> {
                    JsonArray items = new JsonArray();
                    found.stream().limit(limit).forEach(report -> items.add(report.json()));
                    JsonObject page = new JsonObject().put("items", items);
                    return ApiAnswer.ok(
                            found.size() > limit
                                    ? page.put(
                                            "next_cursor",
                                            Cursor.format(found.get(limit - 1).reportId()))
                                    : page);
                });
    }

    private Future<StoredReport> found(ApiRequest request) {
        reader(request, ReportKind.PUBLICATION);
        return store.find(request.circuitId(), request.id(Ids.REPORT)).map(report -> {
            reader(request, report.scope().kind());
            return report;
        });
    }

    private Future<ApiAnswer> get(ApiRequest request) {
        return found(request).map(report -> ApiAnswer.ok(report.json()));
    }

    private Future<Void> file(ApiRequest request) {
        return found(request)
                .compose(report -> report.isMade()
                        ? store.file(report.reportId())
                                .compose(file -> request.context()
                                        .response()
                                        .putHeader(
                                                HttpHeaders.CONTENT_TYPE,
                                                report.format().mediaType())
                                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                                        .end(file))
                        : Future.failedFuture(new ProblemException("report_not_made")));
    }

    /** Makes the same again, from the journal and the office as they are now. */
    private Future<ApiAnswer> repeat(ApiRequest request) {
        Principal operator = reader(request, ReportKind.PUBLICATION);
        return found(request)
                .compose(report -> report.isMade()
                        ? desk.once(
                                request,
                                operator,
                                connection -> store.keep(
                                                connection,
                                                report.scope(),
                                                report.format(),
                                                report,
                                                operator.id(),
                                                clock.nowMs())
                                        .map(StoredReport::json))
                        : Future.failedFuture(new ProblemException("report_not_made")))
                .onSuccess(answer -> job.wake());
    }

    private Future<ApiAnswer> programme(ApiRequest request) {
        request.operatorWith(READERS);
        long programmeId = request.id(Ids.PROGRAMME);
        JsonObject named = new JsonObject();
        for (String field : List.of("quarter", "from", "until")) {
            if (request.query(field) != null) {
                named.put(field, request.query(field));
            }
        }
        if (request.query("year") != null) {
            named.put("year", (int) request.query("year", 0));
        }
        Period period = Period.of(named);
        int circuitId = request.circuitId();
        return records.at(request.query("at_sequence", 0), request.query("min_sequence", 0))
                .compose(at -> records.requireProgramme(circuitId, programmeId, at.sequence())
                        .compose(found -> records.flows(programmeId, at, period))
                        .map(flows -> {
                            JsonObject json = new JsonObject()
                                    .put("programme_id", Ids.PROGRAMME.format(programmeId))
                                    .put("at_sequence", at.sequence())
                                    .put("at", Json.time(at.atMs()));
                            if (period != null) {
                                json.put("from", period.from().toString())
                                        .put("until", period.until().toString());
                            }
                            return ApiAnswer.ok(
                                    json.mergeIn(ProgrammeFigures.of(flows).json()));
                        }));
    }
}
