// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.applications;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Cursor;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.applications.Application.State;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.merchants.TaxNumbers;
import it.socialies.gateway.merchants.Trade;
import it.socialies.gateway.office.OfficeAnswer;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.office.OfficeRequests;
import it.socialies.gateway.payees.BankAccount;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/** Takes applications from anybody, and shows them to the desk, who verifies or rejects them. Threading: any event loop. */
final class Applications implements Resource {
    private static final String CIRCUIT = "SELECT 1 FROM circuit WHERE circuit_id = $1";
    private static final int CREATED = 201;

    private final Projection projection;
    private final ApplicationStore store;
    private final Descriptions descriptions;
    private final OfficeRequests requests;
    private final OfficeDesk desk;
    private final InstallationClock clock;

    Applications(
            Projection projection,
            ApplicationStore store,
            Descriptions descriptions,
            OfficeRequests requests,
            InstallationClock clock) {
        this.projection = projection;
        this.store = store;
        this.descriptions = descriptions;
        this.requests = requests;
        desk = new OfficeDesk(requests);
        this.clock = clock;
    }

    /** Who has to do with applications. */
    static Principal clerk(ApiRequest request) {
        return request.operatorWith(OperatorRole.SOCIAL, OperatorRole.ADMIN, OperatorRole.TREASURER);
    }

    @Override
    public void mount(Api api) {
        api.on("applyAsMerchant", this::apply);
        api.on("listMerchantApplications", this::list);
        api.on("getMerchantApplication", this::get);
        api.on("verifyMerchantApplication", this::verify);
        api.on("rejectMerchantApplication", this::reject);
    }

    /** What is wrong with a number is said at once; all else the desk finds out. */
    private Future<ApiAnswer> apply(ApiRequest request) {
        JsonObject said = TaxNumbers.checked(request.body());
        said.put("iban", BankAccount.of(said).iban());
        int circuitId = (int) Ids.CIRCUIT.parse((String) said.remove("circuit_id"));
        Idempotency key = request.key();
        return projection
                .rows(0, CIRCUIT, Tuple.of(circuitId))
                .compose(rows -> rows.size() == 1
                        ? requests.once(
                                new UUID(key.hi(), key.lo()),
                                "",
                                "POST /merchant-applications",
                                request.body().encode().getBytes(StandardCharsets.UTF_8),
                                connection -> {
                                    long nowMs = clock.nowMs();
                                    return store.receive(connection, circuitId, said, nowMs)
                                            .map(id -> OfficeAnswer.of(
                                                    CREATED,
                                                    new JsonObject()
                                                            .put("id", Ids.MERCHANT_APPLICATION.format(id))
                                                            .put("state", "received")
                                                            .put("received_at", Json.time(nowMs))
                                                            .encode()));
                                })
                        : Future.failedFuture(new ProblemException("not_found")))
                .map(answer -> new ApiAnswer(
                        answer.status(), new JsonObject(Objects.requireNonNull(answer.body())), answer.repeated()));
    }

    /** Newest first. */
    private Future<ApiAnswer> list(ApiRequest request) {
        clerk(request);
        int limit = (int) request.query("limit", 50);
        String cursor = request.query("cursor");
        String state = request.query("state");
        return store.below(
                        request.circuitId(),
                        cursor == null ? Long.MAX_VALUE : Cursor.parse(cursor),
                        state == null ? null : state.toUpperCase(Locale.ROOT),
                        limit + 1)
                .map(found -> {
                    List<Application> shown = found.subList(0, Math.min(limit, found.size()));
                    JsonArray items = new JsonArray();
                    shown.forEach(application -> items.add(application.line()));
                    JsonObject page = new JsonObject().put("items", items);
                    return ApiAnswer.ok(
                            found.size() > limit
                                    ? page.put(
                                            "next_cursor",
                                            Cursor.format(shown.getLast().id()))
                                    : page);
                });
    }

    private Future<ApiAnswer> get(ApiRequest request) {
        clerk(request);
        return store.find(request.circuitId(), request.id(Ids.MERCHANT_APPLICATION))
                .compose(application -> checks(application)
                        .map(checks -> ApiAnswer.ok(application.json().put("checks", checks))));
    }

    /** What the machine can tell. Numbers and IBAN were checked when the application came. */
    private Future<JsonObject> checks(Application application) {
        JsonObject said = application.said();
        return store.others(application)
                .compose(others -> descriptions
                        .containing(Ids.MERCHANT, "vat_number", said.getString("vat_number"))
                        .map(known -> new JsonObject()
                                .put(
                                        "trade_fits",
                                        Trade.of(said.getString("category")).fits(said.getString("ateco")))
                                .put("other_applications", others)
                                .put("registered_already", !known.isEmpty())));
    }

    private Future<ApiAnswer> verify(ApiRequest request) {
        Principal operator = clerk(request);
        long id = request.id(Ids.MERCHANT_APPLICATION);
        JsonArray findings = request.body().getJsonArray("findings");
        boolean clear = findings.stream()
                .allMatch(finding -> ((JsonObject) finding).getString("outcome").equals("clear"));
        return desk.once(
                request,
                operator,
                connection -> store.lock(connection, request.circuitId(), id)
                        .compose(Applications::requireUndecided)
                        .compose(open ->
                                ApplicationStore.verify(connection, id, findings, clear, operator.id(), clock.nowMs()))
                        .map(verified -> new JsonObject()
                                .put("id", Ids.MERCHANT_APPLICATION.format(id))
                                .put("state", clear ? "verified" : "received")
                                .put("verified_by", operator.subject())));
    }

    private Future<ApiAnswer> reject(ApiRequest request) {
        Principal operator = clerk(request);
        long id = request.id(Ids.MERCHANT_APPLICATION);
        String reason = request.body().getString("reason");
        return desk.once(
                request,
                operator,
                connection -> store.lock(connection, request.circuitId(), id)
                        .compose(Applications::requireUndecided)
                        .compose(open -> ApplicationStore.reject(connection, id, reason, operator.id(), clock.nowMs()))
                        .map(rejected -> new JsonObject()
                                .put("id", Ids.MERCHANT_APPLICATION.format(id))
                                .put("state", "rejected")
                                .put("reason", reason)));
    }

    private static Future<Application> requireUndecided(Application application) {
        return application.state() == State.RECEIVED || application.state() == State.VERIFIED
                ? Future.succeededFuture(application)
                : Future.failedFuture(new ProblemException("application_state_conflict"));
    }
}
