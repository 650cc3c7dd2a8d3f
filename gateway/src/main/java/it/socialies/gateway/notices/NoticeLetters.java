// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.documents.Letterhead;
import it.socialies.gateway.documents.NoticeLetter;
import it.socialies.gateway.documents.Recipient;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.CardFaces;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.people.HolderNames;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Letters for people whom nothing else reaches. A print run takes what is queued and counts as printed; its file is drawn from the people vault whenever it is asked for, the same byte for byte as long as the vault says the same, and
 * without whoever was erased since. Threading: any event loop.
 */
final class NoticeLetters implements Resource {
    private static final ZoneId ITALY = ZoneId.of("Europe/Rome");
    private static final String TAKE = """
            UPDATE notice SET state = 'SENT', run_id = $2, sent_ms = $3, last_result = 'printed', tries = 1 WHERE notice_id IN (
                SELECT notice_id FROM notice WHERE circuit_id = $1 AND channel = 'LETTER' AND state = 'QUEUED'
                ORDER BY notice_id LIMIT $4 FOR UPDATE SKIP LOCKED)""";

    private final OfficeDatabase office;
    private final OfficeDesk desk;
    private final HolderNames names;
    private final CardFaces faces;
    private final BoundedWorker worker;
    private final InstallationClock clock;

    /** @param worker draws */
    NoticeLetters(
            OfficeDatabase office,
            OfficeDesk desk,
            HolderNames names,
            CardFaces faces,
            BoundedWorker worker,
            InstallationClock clock) {
        this.office = office;
        this.desk = desk;
        this.names = names;
        this.faces = faces;
        this.worker = worker;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("printNoticeLetters", this::print);
        api.onRaw("getNoticeLetters", this::file);
    }

    private Future<ApiAnswer> print(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL);
        int circuitId = request.circuitId();
        long notices = request.body().getLong("notices_max", 200L);
        return desk.once(request, operator, connection -> print(connection, circuitId, operator.id(), notices));
    }

    private Future<JsonObject> print(SqlConnection connection, int circuitId, long operatorId, long notices) {
        long nowMs = clock.nowMs();
        return connection.query("SELECT nextval('notice_run_number')").execute().compose(rows -> {
            long runId = rows.iterator().next().getLong(0);
            return connection
                    .preparedQuery("INSERT INTO notice_run VALUES ($1, $2, $3, $4)")
                    .execute(Tuple.of(runId, circuitId, operatorId, nowMs))
                    .compose(made -> connection.preparedQuery(TAKE).execute(Tuple.of(circuitId, runId, nowMs, notices)))
                    .map(taken -> new JsonObject()
                            .put("id", Ids.NOTICE_RUN.format(runId))
                            .put("notices", taken.rowCount())
                            .put("made_by", Ids.OPERATOR.format(operatorId))
                            .put("made_at", Json.time(nowMs)));
        });
    }

    private Future<Void> file(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL);
        long runId = request.id(Ids.NOTICE_RUN);
        String caseId = request.query("case_id");
        return names.requireCase(request, operator, caseId)
                .compose(known -> run(request.circuitId(), runId))
                .compose(run -> faces.of(request.circuitId())
                        .map(face -> face.map(
                                        each -> new Letterhead(each.municipality(), each.office(), each.contact()))
                                .orElseThrow(() -> new ProblemException("card_face_missing")))
                        .compose(from -> letters(request, operator, caseId, run, from)))
                .compose(letters -> worker.run(() -> {
                    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
                    NoticeLetter.write(letters, Locale.ITALY, pdf);
                    return Buffer.buffer(pdf.toByteArray());
                }))
                .compose(pdf -> request.context()
                        .response()
                        .putHeader("content-type", "application/pdf")
                        .putHeader("content-disposition", "attachment; filename=\"lettere.pdf\"")
                        .putHeader("cache-control", "no-store")
                        .end(pdf));
    }

    private Future<Run> run(int circuitId, long runId) {
        return office.withConnection(connection -> connection
                .preparedQuery("SELECT made_ms FROM notice_run WHERE run_id = $1 AND circuit_id = $2")
                .execute(Tuple.of(runId, circuitId))
                .compose(found -> found.size() == 0
                        ? Future.failedFuture(new ProblemException("not_found"))
                        : connection
                                .preparedQuery("SELECT * FROM notice WHERE run_id = $1 ORDER BY notice_id")
                                .execute(Tuple.of(runId))
                                .map(rows -> new Run(found.iterator().next().getLong(0), byPerson(rows)))));
    }

    /** What one run tells, by person: each gets one letter. */
    private record Run(long madeMs, Map<Long, List<Row>> byPerson) {}

    private static Map<Long, List<Row>> byPerson(Iterable<Row> notices) {
        Map<Long, List<Row>> found = new LinkedHashMap<>();
        for (Row notice : notices) {
            found.computeIfAbsent(notice.getLong("recipient_id"), person -> new ArrayList<>())
                    .add(notice);
        }
        return found;
    }

    private Future<List<NoticeLetter>> letters(
            ApiRequest request, Principal operator, @Nullable String caseId, Run run, Letterhead from) {
        LocalDate date = LocalDate.ofInstant(Instant.ofEpochMilli(run.madeMs()), ITALY);
        List<NoticeLetter> letters = new ArrayList<>();
        Future<Void> drawn = Future.succeededFuture();
        for (Map.Entry<Long, List<Row>> each : run.byPerson().entrySet()) {
            drawn = drawn.compose(before -> names.of(request, operator, caseId, each.getKey())
                    .onSuccess(name -> letters.add(letter(from, date, name, each.getValue())))
                    .<Void>mapEmpty()
                    .recover(NoticeLetters::leaveOut));
        }
        return drawn.map(all -> letters);
    }

    /** Whoever is not there any more gets no letter. */
    private static Future<Void> leaveOut(Throwable failure) {
        boolean isGone = failure instanceof Refusal refusal
                ? refusal.code() == RefusalCode.PERSON_ERASED || refusal.code() == RefusalCode.PERSON_RESTRICTED
                : failure instanceof ProblemException problem && problem.code().equals("not_found");
        return isGone ? Future.succeededFuture() : Future.failedFuture(failure);
    }

    private static NoticeLetter letter(Letterhead from, LocalDate date, HolderNames.Name to, List<Row> notices) {
        NoticeWords words = new NoticeWords(Locale.ITALY);
        List<String> paragraphs = new ArrayList<>();
        paragraphs.add(words.get("greeting", to.name()));
        notices.forEach(notice -> paragraphs.add(words.event(notice)));
        return new NoticeLetter(
                from,
                new Recipient(to.name(), to.addressLines()),
                date,
                words.get("subject"),
                paragraphs,
                words.get("closing", from.municipality(), from.office(), from.contact()));
    }
}
