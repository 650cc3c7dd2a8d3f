// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.issuance.Outcome;
import it.socialies.gateway.issuance.ranking.Application;
import it.socialies.gateway.issuance.ranking.Placement;
import it.socialies.gateway.issuance.ranking.Ranking;
import it.socialies.gateway.issuance.ranking.RankingChange;
import it.socialies.gateway.office.OfficeAnswer;
import it.socialies.gateway.office.OfficeRequests;
import it.socialies.gateway.people.CanonicalJson;
import it.socialies.gateway.people.PeopleRegister;
import it.socialies.gateway.people.PersonSeal;
import it.socialies.gateway.people.Reader;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reviews of single applications, with their reasons, while nobody else has seen the batch: the ranking is made anew and the answer tells what changed for whom. What was submitted stays as it
 * is; it is sent back first. Threading: any event loop.
 */
final class Reviews implements Resource {
    private static final int CREATED = 201;
    private static final int REVISIONS_MAX = 255;

    private final PeopleRegister people;
    private final Ranker ranker;
    private final OfficeRequests requests;
    private final InstallationClock clock;

    Reviews(PeopleRegister people, Ranker ranker, OfficeRequests requests, InstallationClock clock) {
        this.people = people;
        this.ranker = ranker;
        this.requests = requests;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("reviewIssuanceRow", this::review);
    }

    private Future<ApiAnswer> review(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL);
        JsonObject body = request.body();
        Reader reader = Reader.of(request, operator, body.getString("case_id"));
        long batchId = request.id(Ids.ISSUANCE_BATCH);
        Idempotency key = request.key();
        return requests.once(
                        key.uuid(),
                        operator.subject(),
                        "POST " + request.context().request().path(),
                        CanonicalJson.bytes(body),
                        connection -> show(connection, reader.circuitId())
                                .compose(shown -> review(connection, reader, batchId, body))
                                .map(json -> OfficeAnswer.of(CREATED, json.encode())))
                .map(OfficeAnswer::json);
    }

    private static Future<Void> show(SqlConnection connection, int circuitId) {
        return connection
                .preparedQuery("SELECT set_config('ies.circuit', $1, true)")
                .execute(Tuple.of(Integer.toString(circuitId)))
                .mapEmpty();
    }

    private Future<JsonObject> review(SqlConnection connection, Reader reader, long batchId, JsonObject body) {
        return Batches.lock(connection, reader.circuitId(), batchId)
                .compose(batch -> Batches.require(batch, BatchState.READY))
                .compose(batch -> people.requireCase(connection, reader)
                        .compose(may -> Rows.all(connection, batchId))
                        .compose(before -> change(connection, batch, before, body)
                                .compose(changed -> ranker.rank(connection, batch))
                                .compose(ranked -> Rows.all(connection, batchId))
                                .compose(after -> note(connection, reader, batch, body, changes(before, after)))));
    }

    private Future<Void> change(SqlConnection connection, Batch batch, List<IssuanceRow> before, JsonObject body) {
        int rowNumber = body.getInteger("row");
        IssuanceRow row = before.stream()
                .filter(each -> each.rowNumber() == rowNumber)
                .findFirst()
                .orElseThrow(() -> new ProblemException("not_found"));
        if (row.restricted()) {
            return Future.failedFuture(new Refusal(RefusalCode.PERSON_RESTRICTED));
        }
        if (row.revision() == REVISIONS_MAX) {
            return Future.failedFuture(new ProblemException("limit_reached"));
        }
        return people.applications(batch.circuitId(), List.of(row.recordId())).compose(seals -> {
            PersonSeal seal = seals.get(row.recordId());
            if (seal == null) {
                return Future.failedFuture(new Refusal(RefusalCode.PERSON_ERASED));
            }
            Applied applied = Ranker.open(batch, row, seal)
                    .reviewed(
                            body.getString("decision").equals("eligible"),
                            body.getString("words"),
                            body.getJsonObject("corrections", new JsonObject()));
            requireAmount(batch, applied);
            return connection
                    .preparedQuery("UPDATE issuance_row SET sealed = $3, revision = revision + 1, household_size = $4"
                            + " WHERE batch_id = $1 AND row_number = $2")
                    .execute(Tuple.of(
                            batch.batchId(),
                            rowNumber,
                            Buffer.buffer(seal.seal(
                                    PersonSeal.place(batch.batchId(), row.revision() + 1, rowNumber), applied.bytes())),
                            (short) applied.householdSize()))
                    .mapEmpty();
        });
    }

    private static void requireAmount(Batch batch, Applied applied) {
        if (batch.criteria() == null && applied.said() == Outcome.ADMITTED && applied.amountCents() == 0) {
            throw ProblemException.field(
                    "/corrections/amount", "missing", "Without criteria the review says what is awarded.");
        }
    }

    private static List<RankingChange> changes(List<IssuanceRow> before, List<IssuanceRow> after) {
        return RankingChange.between(ranking(before), ranking(after));
    }

    /** As it stands, under row numbers. */
    private static Ranking ranking(List<IssuanceRow> rows) {
        return new Ranking(
                rows.stream()
                        .map(row -> new Placement(
                                row.position(),
                                new Application(
                                        Integer.toString(row.rowNumber()),
                                        Long.toString(row.householdId()),
                                        row.householdSize(),
                                        0,
                                        0,
                                        BigDecimal.ZERO,
                                        null,
                                        ""),
                                Objects.requireNonNull(row.outcome()),
                                row.amountCents(),
                                row.amountCents(),
                                row.reason(),
                                row.decidedBy()))
                        .toList(),
                0,
                0);
    }

    private Future<JsonObject> note(
            SqlConnection connection, Reader reader, Batch batch, JsonObject body, List<RankingChange> changes) {
        JsonObject corrections = body.getJsonObject("corrections", new JsonObject());
        int version = batch.rankingVersion() + 1;
        return connection
                .preparedQuery("INSERT INTO issuance_review (batch_id, row_number, circuit_id, case_id, operator_id,"
                        + " eligible, fields, version, changed, reviewed_ms)"
                        + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
                .execute(Tuple.of(
                                batch.batchId(),
                                body.getInteger("row"),
                                reader.circuitId(),
                                reader.caseId(),
                                reader.operatorId(),
                                body.getString("decision").equals("eligible"))
                        .addValue(new TreeSet<>(corrections.fieldNames()).toArray(String[]::new))
                        .addValue(version)
                        .addValue(changes.size())
                        .addValue(clock.nowMs()))
                .map(noted -> {
                    JsonArray told = new JsonArray();
                    changes.forEach(each -> told.add(json(each)));
                    return new JsonObject()
                            .put("id", batch.id())
                            .put("ranking_version", version)
                            .put("changes", told);
                });
    }

    private static JsonObject json(RankingChange change) {
        JsonObject json = new JsonObject()
                .put("row", Integer.parseInt(change.number()))
                .put("kind", change.kind().name().toLowerCase(Locale.ROOT));
        put(json, "before", change.before());
        put(json, "after", change.after());
        return json;
    }

    private static void put(JsonObject json, String name, @Nullable Placement placement) {
        if (placement != null) {
            json.put(
                    name,
                    new JsonObject(Map.of(
                            "outcome",
                            placement.outcome().name().toLowerCase(Locale.ROOT),
                            "position",
                            placement.position(),
                            "amount",
                            Json.euro(placement.amountCents()),
                            "reason",
                            placement.reason())));
        }
    }
}
