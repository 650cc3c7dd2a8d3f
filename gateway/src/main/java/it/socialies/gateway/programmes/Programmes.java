// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.programmes;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.protocol.sbe.CashRecordedDecoder;
import it.socialies.engine.protocol.sbe.CreateProgrammeEncoder;
import it.socialies.engine.protocol.sbe.ProgrammeCreatedDecoder;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.engine.protocol.sbe.ProgrammeStatusChangedDecoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.RecordCashEncoder;
import it.socialies.engine.protocol.sbe.SetProgrammeStatusEncoder;
import it.socialies.gateway.acts.Acts;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.merchants.Category;
import it.socialies.gateway.projection.ListQuery;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.proposals.Proposing;

/** Programmes: drafted, published by two people, funded by two people, suspended by one. */
public final class Programmes implements Resource {
    private static final String COLUMNS =
            "programme.programme_id, programme.circuit_id, status, r.categories, valid_from_ms, valid_until_ms,"
                    + " r.cap1, r.cap2, r.cap3, r.cap4, r.cap5, r.version AS rules_version, programme.sequence, b.funded, b.available, b.committed, b.cashed,"
                    + " e.month_max, e.review_days, e.reference, e.set_ms";
    private static final String SOURCE =
            "programme JOIN programme_balance b ON b.programme_id = programme.programme_id CROSS JOIN LATERAL (SELECT * FROM rules_in_force f WHERE f.programme_id = programme.programme_id) r LEFT JOIN LATERAL (SELECT * FROM emergency_fund f"
                    + " WHERE f.programme_id = programme.programme_id ORDER BY f.sequence DESC LIMIT 1) e ON true";
    private static final String ONE = "SELECT (SELECT last_sequence FROM position) AS as_of_sequence, " + COLUMNS
            + " FROM " + SOURCE + " WHERE programme.programme_id = $1 AND programme.circuit_id = $2";
    private static final int CAPS = 5;

    private final Projection projection;
    private final Descriptions descriptions;
    private final Acts acts;

    public Programmes(Projection projection, Descriptions descriptions, Acts acts) {
        this.acts = acts;
        this.projection = projection;
        this.descriptions = descriptions;
    }

    @Override
    public void mount(Api api) {
        api.on("createProgramme", request -> create(api, request));
        api.on("listProgrammes", this::list);
        api.on("getProgramme", this::get);
        setStatus(api, "suspendProgramme", ProgrammeStatus.SUSPENDED);
        setStatus(api, "resumeProgramme", ProgrammeStatus.ACTIVE);
        Proposing.on(
                api,
                "proposePublication",
                ProposalKind.PUBLISH_PROGRAMME,
                (request, command) -> command.subjectId(request.id(Ids.PROGRAMME)));
        Proposing.on(
                api,
                "proposeFundMovement",
                ProposalKind.MOVE_FUND,
                (request, command) -> command.subjectId(request.id(Ids.PROGRAMME))
                        .amount(Json.minorUnits(request.body(), "amount", Json.EUR)));
        Proposing.byAct(
                api,
                acts,
                "proposeCommitment",
                ProposalKind.COMMIT_FUND,
                (request, reference, command) -> command.subjectId(request.id(Ids.PROGRAMME))
                        .amount(Json.minorUnits(request.body(), "amount", Json.EUR))
                        .extra(reference));
        api.command("recordCash", Programmes::cash, Programmes::cashed);
    }

    private static void cash(ApiRequest request, CommandFrame frame) {
        frame.message(new RecordCashEncoder())
                .programmeId(request.id(Ids.PROGRAMME))
                .amount(Json.minorUnits(request.body(), "amount", Json.EUR))
                .reference(request.body().getLong("mandate_reference"));
    }

    private static JsonObject cashed(ApiRequest request, CoreReply reply) {
        CashRecordedDecoder recorded = reply.get(new CashRecordedDecoder());
        return new JsonObject()
                .put("programme_id", Ids.PROGRAMME.format(recorded.programmeId()))
                .put("amount", Json.euro(recorded.amount()))
                .put("cashed", Json.euro(recorded.cashed()))
                .put("mandate_reference", recorded.reference())
                .put("sequence", reply.sequence());
    }

    private Future<ApiAnswer> create(Api api, ApiRequest request) {
        JsonObject body = request.body();
        JsonArray caps = body.getJsonArray("household_caps", noCaps());
        if (Json.timeMs(body, "valid_until") <= Json.timeMs(body, "valid_from")) {
            throw ProblemException.field("/valid_until", "range", "It ends behind its beginning.");
        }
        return api.send(
                        request,
                        (each, frame) -> frame.message(new CreateProgrammeEncoder())
                                .categories(Category.bits(body.getJsonArray("categories")))
                                .validFromMs(Json.timeMs(body, "valid_from"))
                                .validUntilMs(Json.timeMs(body, "valid_until"))
                                .cap1(caps.getLong(0))
                                .cap2(caps.getLong(1))
                                .cap3(caps.getLong(2))
                                .cap4(caps.getLong(3))
                                .cap5(caps.getLong(4)))
                .compose(reply -> {
                    ProgrammeCreatedDecoder created = reply.get(new ProgrammeCreatedDecoder());
                    JsonObject description = new JsonObject().put("name", body.getString("name"));
                    JsonObject programme = created(reply, created).mergeIn(description);
                    return descriptions
                            .put(Ids.PROGRAMME, created.programmeId(), created.circuitId(), description)
                            .map(ApiAnswer.created(reply, programme));
                });
    }

    private static void setStatus(Api api, String operationId, ProgrammeStatus status) {
        api.command(
                operationId,
                (request, frame) -> frame.message(new SetProgrammeStatusEncoder())
                        .programmeId(request.id(Ids.PROGRAMME))
                        .status(status),
                (request, reply) -> {
                    ProgrammeStatusChangedDecoder changed = reply.get(new ProgrammeStatusChangedDecoder());
                    return new JsonObject()
                            .put("id", Ids.PROGRAMME.format(changed.programmeId()))
                            .put("state", Json.word(changed.status()))
                            .put("sequence", reply.sequence());
                });
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        request.operator();
        ListQuery query = new ListQuery(COLUMNS, SOURCE, "programme.programme_id", false, Programmes::json)
                .where("programme.circuit_id = ?", request.circuitId());
        return projection
                .page(request, query)
                .compose(page -> descriptions
                        .describe(Ids.PROGRAMME, page.getJsonArray("items"))
                        .map(ApiAnswer.ok(page)));
    }

    private Future<ApiAnswer> get(ApiRequest request) {
        request.operator();
        return projection
                .first(request, ONE, Tuple.of(request.id(Ids.PROGRAMME), request.circuitId()))
                .compose(row -> {
                    if (row == null) {
                        return Future.failedFuture(new ProblemException("not_found"));
                    }
                    JsonObject programme = json(row).put("as_of_sequence", row.getLong("as_of_sequence"));
                    return descriptions.describe(Ids.PROGRAMME, programme).map(ApiAnswer::ok);
                });
    }

    private static JsonArray noCaps() {
        JsonArray caps = new JsonArray();
        for (int i = 0; i < CAPS; i++) {
            caps.add(0L);
        }
        return caps;
    }

    private static JsonObject created(CoreReply reply, ProgrammeCreatedDecoder created) {
        return json(
                        created.programmeId(),
                        created.circuitId(),
                        ProgrammeStatus.DRAFT,
                        created.categories(),
                        created.validFromMs(),
                        created.validUntilMs())
                .put(
                        "household_caps",
                        new JsonArray()
                                .add(created.cap1())
                                .add(created.cap2())
                                .add(created.cap3())
                                .add(created.cap4())
                                .add(created.cap5()))
                .put("sequence", reply.sequence());
    }

    private static JsonObject json(Row row) {
        JsonArray caps = new JsonArray();
        for (int i = 1; i <= CAPS; i++) {
            caps.add(row.getLong("cap" + i));
        }
        JsonObject json = json(
                        row.getLong("programme_id"),
                        row.getInteger("circuit_id"),
                        ProgrammeStatus.get(row.getShort("status")),
                        row.getLong("categories"),
                        row.getLong("valid_from_ms"),
                        row.getLong("valid_until_ms"))
                .put("household_caps", caps)
                .put("rules_version", row.getInteger("rules_version"))
                .put("funded", Json.euro(row.getLong("funded")))
                .put("available", Json.euro(row.getLong("available")))
                .put("committed", Json.euro(row.getLong("committed")))
                .put("awarded", Json.euro(row.getLong("funded") - row.getLong("available")))
                .put("cashed", Json.euro(row.getLong("cashed")))
                .put("sequence", row.getLong("sequence"));
        Long monthMax = row.getLong("month_max");
        return monthMax == null
                ? json
                : json.put(
                        "emergency_fund",
                        new JsonObject()
                                .put("month_max", Json.euro(monthMax))
                                .put("review_days", row.getInteger("review_days"))
                                .put("act_reference", row.getLong("reference"))
                                .put("set_at", Json.time(row.getLong("set_ms"))));
    }

    private static JsonObject json(
            long id, int circuitId, ProgrammeStatus status, long categories, long validFromMs, long validUntilMs) {
        return new JsonObject()
                .put("id", Ids.PROGRAMME.format(id))
                .put("circuit_id", Ids.CIRCUIT.format(circuitId))
                .put("state", Json.word(status))
                .put("categories", Category.words(categories))
                .put("valid_from", Json.time(validFromMs))
                .put("valid_until", Json.time(validUntilMs));
    }
}
