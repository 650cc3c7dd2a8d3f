// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Cursor;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.people.SubjectRequest.Kind;
import it.socialies.gateway.people.SubjectRequests.Decided;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/** Requests of data subjects: social services take them in, administrators decide, the letter goes out. */
final class DataSubjectRequests implements Resource {
    private static final String WELL_FOUNDED = "well_founded";

    /** Open ones by their term, so the overdue come first; then the decided. One growing number, which the cursor is. */
    private static final String PLACE =
            "(((CASE state WHEN 'OPEN' THEN 0 ELSE 1 END)::bigint << 60) | ((due_on - DATE '2000-01-01')::bigint << 40) | request_id)";

    private static final String PAGE = "SELECT " + SubjectRequest.COLUMNS + ", " + PLACE
            + " AS place FROM vault_request WHERE " + PLACE + " > $1 ORDER BY place LIMIT $2";

    private final VaultDesk desk;
    private final SubjectRequests requests;
    private final Erasures erasures;
    private final Descriptions descriptions;
    private final InstallationClock clock;

    DataSubjectRequests(
            VaultDesk desk,
            SubjectRequests requests,
            Erasures erasures,
            Descriptions descriptions,
            InstallationClock clock) {
        this.desk = desk;
        this.requests = requests;
        this.erasures = erasures;
        this.descriptions = descriptions;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("openDataSubjectRequest", this::open);
        api.on("listDataSubjectRequests", this::list);
        api.on("getDataSubjectRequest", this::get);
        api.on("extendDataSubjectRequest", this::extend);
        api.on("decideDataSubjectRequest", this::decide);
        api.onRaw("getDataSubjectLetter", this::letter);
    }

    private LocalDate today() {
        return ItalianDay.of(clock.nowMs());
    }

    private Future<ApiAnswer> open(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL, OperatorRole.ADMIN);
        JsonObject body = request.body();
        Reader writer = Reader.of(request, operator, body.getString("case_id"));
        long recordId = Ids.HOLDER.parse(body.getString("person_id"));
        Kind kind = Kind.valueOf(body.getString("kind").toUpperCase(Locale.ROOT));
        return desk.change(
                request,
                operator,
                connection ->
                        requests.open(connection, writer, recordId, kind, body).map(opened -> opened.outline(today())));
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        request.operatorWith(OperatorRole.SOCIAL, OperatorRole.ADMIN);
        int limit = (int) request.query("limit", 50);
        String cursor = request.query("cursor");
        Tuple parameters = Tuple.of(cursor == null ? 0L : Cursor.parse(cursor), limit + 1);
        return desk.read(request, connection -> connection.preparedQuery(PAGE).execute(parameters))
                .map(rows -> ApiAnswer.ok(page(rows, limit)));
    }

    private JsonObject page(RowSet<Row> rows, int limit) {
        JsonArray items = new JsonArray();
        JsonObject page = new JsonObject().put("items", items);
        long last = 0;
        for (Row row : rows) {
            if (items.size() == limit) {
                page.put("next_cursor", Cursor.format(last));
                break;
            }
            last = row.getLong("place");
            items.add(SubjectRequest.of(row).outline(today()));
        }
        return page;
    }

    private Future<ApiAnswer> get(ApiRequest request) {
        request.operatorWith(OperatorRole.SOCIAL, OperatorRole.ADMIN);
        long requestId = request.id(Ids.DATA_SUBJECT_REQUEST);
        return desk.read(request, connection -> requests.find(connection, requestId))
                .map(found -> ApiAnswer.ok(found.outline(today())));
    }

    private Future<ApiAnswer> extend(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.ADMIN);
        Reader writer = Reader.of(request, operator, request.body().getString("case_id"));
        long requestId = request.id(Ids.DATA_SUBJECT_REQUEST);
        return desk.change(
                request,
                operator,
                connection -> requests.extend(connection, writer, requestId, request.body())
                        .map(extended -> extended.outline(today())));
    }

    /** What is granted whole has no reason against it, and what is refused none for it. */
    private static void requireFitting(JsonObject body) {
        boolean isFounded = body.getJsonArray("reasons").contains(WELL_FOUNDED);
        boolean fits = switch (body.getString("decision")) {
            case "granted" -> isFounded && body.getJsonArray("reasons").size() == 1;
            case "refused" -> !isFounded;
            default -> true;
        };
        if (!fits) {
            throw ProblemException.field("/reasons", "reasons", "They do not fit the decision.");
        }
    }

    /** The letter goes with the first answer and with no later one: it has a name in it, and what is kept with a key has none. */
    private Future<ApiAnswer> decide(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.ADMIN);
        requireFitting(request.body());
        Reader decider = Reader.of(request, operator, request.body().getString("case_id"));
        long requestId = request.id(Ids.DATA_SUBJECT_REQUEST);
        AtomicReference<Decided> decided = new AtomicReference<>();
        return desk.change(request, operator, connection -> decide(connection, decider, requestId, request, decided))
                .compose(answer -> erasures.carryOut(request.circuitId())
                        .compose(erased -> withLetter(request, answer, decided.get())));
    }

    private Future<JsonObject> decide(
            SqlConnection connection,
            Reader decider,
            long requestId,
            ApiRequest request,
            AtomicReference<Decided> decided) {
        return requests.decide(connection, decider, requestId, request.body()).map(done -> {
            decided.set(done);
            JsonObject json = done.request().outline(today());
            return done.eraseOn() == null
                    ? json
                    : json.put("erase_on", done.eraseOn().toString());
        });
    }

    @SuppressWarnings("NullAway") // null says that the answer is an earlier one
    private Future<ApiAnswer> withLetter(ApiRequest request, ApiAnswer answer, Decided decided) {
        if (answer.hit() || decided == null) {
            return Future.succeededFuture(answer);
        }
        return letterOf(request.circuitId(), decided)
                .map(letter -> new ApiAnswer(answer.status(), answer.body().put("letter", letter), false));
    }

    private Future<String> letterOf(int circuitId, Decided decided) {
        Records.Opened opened = decided.opened();
        LocalDate today = today();
        return descriptions
                .describe(Ids.CIRCUIT, new JsonObject().put("id", Ids.CIRCUIT.format(circuitId)))
                .map(circuit -> Letter.of(
                        circuit.getString("name", "Il Comune"),
                        decided.request(),
                        opened == null ? null : opened.person(),
                        opened == null ? new JsonObject() : decided.request().words(opened.key()),
                        decided.eraseOn(),
                        today));
    }

    private Future<Void> letter(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL, OperatorRole.ADMIN);
        Reader reader = Reader.of(request, operator, request.query("case_id"));
        long requestId = request.id(Ids.DATA_SUBJECT_REQUEST);
        return desk.read(request, connection -> requests.withPerson(connection, reader, requestId))
                .compose(decided -> letterOf(reader.circuitId(), decided))
                .compose(letter -> request.context()
                        .response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                        .end(letter));
    }
}
