// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.people.ReadLog.Operation;
import it.socialies.gateway.projection.ListQuery;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Persons of the circuit: entered, found, read, put right, by social services and within a case. No name or tax code is ever in a path or a query. */
final class People implements Resource {
    private static final Set<String> BY_NAME =
            Set.of(PersonData.GIVEN_NAME, PersonData.FAMILY_NAME, PersonData.BIRTH_DATE);

    private final VaultDesk desk;
    private final Records records;
    private final Eligibilities eligibilities;
    private final Cases cases;
    private final ReadLog log;
    private final Projection projection;

    People(
            VaultDesk desk,
            Records records,
            Eligibilities eligibilities,
            Cases cases,
            ReadLog log,
            Projection projection) {
        this.desk = desk;
        this.records = records;
        this.eligibilities = eligibilities;
        this.cases = cases;
        this.log = log;
        this.projection = projection;
    }

    @Override
    public void mount(Api api) {
        api.on("openCase", this::openCase);
        api.on("registerPerson", this::register);
        api.on("getPerson", this::get);
        api.on("searchPeople", this::search);
        api.on("rectifyPerson", this::rectify);
        api.on("addEligibility", this::addEligibility);
    }

    /** Administrators answer data-subject requests and read nothing else. */
    private Future<ApiAnswer> openCase(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL, OperatorRole.ADMIN);
        Purpose purpose = Purpose.valueOf(request.body().getString("purpose").toUpperCase(Locale.ROOT));
        if (!operator.has(OperatorRole.SOCIAL) && !purpose.servesRequests()) {
            request.operatorWith(OperatorRole.SOCIAL);
        }
        return desk.change(
                request,
                operator,
                connection -> cases.open(connection, request.circuitId(), operator.id(), purpose)
                        .map(opened -> new JsonObject()
                                .put("id", Ids.CASE.format(opened.caseId()))
                                .put("purpose", request.body().getString("purpose"))
                                .put("opened_at", Json.time(opened.openedMs()))
                                .put("ends_at", Json.time(opened.endsMs()))));
    }

    private Future<ApiAnswer> register(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL);
        Reader writer = inBody(request, operator);
        return desk.change(
                        request,
                        operator,
                        connection -> records.register(
                                        connection, writer, request.body().getJsonObject("person"))
                                .map(row -> row.outline().put("household_id", Ids.HOUSEHOLD.format(row.householdId()))))
                .recover(failure -> isExisting(failure)
                        ? tellExisting(request, operator, writer, failure)
                        : Future.failedFuture(failure));
    }

    private static boolean isExisting(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.code() == RefusalCode.PERSON_EXISTS;
    }

    /** Who enters somebody learns that the person was there: that is a search, counted and logged as one. */
    private <T> Future<T> tellExisting(ApiRequest request, Principal operator, Reader writer, Throwable failure) {
        desk.countSearch(operator);
        return desk.read(request, connection -> log.write(connection, writer, null, Operation.REGISTER))
                .compose(logged -> Future.failedFuture(failure));
    }

    private Future<ApiAnswer> get(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL);
        Reader reader = Reader.of(request, operator, request.query("case_id"));
        long recordId = request.id(Ids.HOLDER);
        return desk.read(
                request,
                connection -> records.open(connection, reader, recordId, Operation.READ)
                        .compose(opened -> Eligibilities.of(connection, opened)
                                .map(outcomes -> ApiAnswer.ok(opened.row()
                                        .outline()
                                        .put("person", opened.person())
                                        .put("eligibilities", outcomes)))));
    }

    private Future<ApiAnswer> search(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL);
        Reader reader = inBody(request, operator);
        requireOneKey(request.body());
        desk.countSearch(operator);
        return desk.read(
                request,
                connection -> records.search(connection, reader, request.body()).map(found -> {
                    JsonArray items = new JsonArray();
                    found.forEach(row -> items.add(row.outline()));
                    return ApiAnswer.ok(new JsonObject().put("items", items));
                }));
    }

    private static void requireOneKey(JsonObject body) {
        Set<String> names = new HashSet<>(body.fieldNames());
        names.remove("case_id");
        if (!names.equals(Set.of(PersonData.TAX_CODE)) && !names.equals(BY_NAME)) {
            throw ProblemException.field(
                    "/tax_code", "search", "By tax code, or by given name, family name and birth date.");
        }
    }

    private Future<ApiAnswer> rectify(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL);
        Reader writer = inBody(request, operator);
        long recordId = request.id(Ids.HOLDER);
        JsonObject body = request.body();
        int version = body.getInteger("version");
        return desk.change(
                        request,
                        operator,
                        connection -> records.rectify(
                                        connection, writer, recordId, version, body.getJsonObject("person"))
                                .map(fields -> new JsonObject()
                                        .put("id", Ids.HOLDER.format(recordId))
                                        .put("version", fields.isEmpty() ? version : version + 1)
                                        .put("changed_fields", new JsonArray(fields))))
                .recover(failure -> isExisting(failure)
                        ? tellExisting(request, operator, writer, failure)
                        : Future.failedFuture(failure));
    }

    private Future<ApiAnswer> addEligibility(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL);
        Reader writer = inBody(request, operator);
        long recordId = request.id(Ids.HOLDER);
        JsonObject outcome = request.body().getJsonObject("eligibility");
        if (outcome.containsKey("programme_id") == outcome.containsKey("call")) {
            throw ProblemException.field("/eligibility/programme_id", "required", "Of a programme, or of a call.");
        }
        return requireProgramme(request, outcome.getString("programme_id"))
                .compose(known -> desk.change(
                        request,
                        operator,
                        connection -> eligibilities
                                .add(connection, writer, recordId, outcome)
                                .map(kept -> new JsonObject()
                                        .put("person_id", Ids.HOLDER.format(recordId))
                                        .put("created_at", kept.getString("created_at")))));
    }

    /** One of the circuit, as the lists know it. */
    private Future<Void> requireProgramme(ApiRequest request, @Nullable String programmeId) {
        if (programmeId == null) {
            return Future.succeededFuture();
        }
        ListQuery query = new ListQuery("programme_id", "programme", "programme_id", false, row -> new JsonObject())
                .where("programme_id = ?", Ids.PROGRAMME.parse(programmeId))
                .where("circuit_id = ?", request.circuitId());
        return projection
                .one(0, query)
                .compose(found -> found == null
                        ? Future.failedFuture(new ProblemException("not_found"))
                        : Future.succeededFuture());
    }

    private static Reader inBody(ApiRequest request, Principal operator) {
        return Reader.of(request, operator, request.body().getString("case_id"));
    }
}
