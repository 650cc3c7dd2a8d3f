// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.agreements;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.agreements.Agreement.State;
import it.socialies.gateway.api.Cursor;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import java.time.Instant;
import java.util.List;

/** Versions of the text: one administrator proposes, another person publishes what it saw. Threading: any event loop. */
final class Publishing implements Resource {
    private static final String PERSONS =
            "SELECT count(DISTINCT person_id) AS persons FROM operator WHERE operator_id IN ($1, $2)";
    private static final int PAGE = 20;

    private final AgreementStore store;
    private final AgreementGate gate;
    private final Projection projection;
    private final OfficeDesk desk;
    private final InstallationClock clock;

    Publishing(
            AgreementStore store, AgreementGate gate, Projection projection, OfficeDesk desk, InstallationClock clock) {
        this.store = store;
        this.gate = gate;
        this.projection = projection;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("proposeAgreement", this::propose);
        api.on("publishAgreement", this::publish);
        api.on("rejectAgreement", this::reject);
        api.on("listAgreements", this::list);
    }

    private Future<ApiAnswer> propose(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.ADMIN);
        JsonObject body = request.body();
        String text = body.getString("text").strip();
        if (text.isEmpty()) {
            throw ProblemException.field("/text", "required", null);
        }
        String from = body.getString("valid_from");
        long nowMs = clock.nowMs();
        long validFromMs = from == null ? nowMs : Instant.parse(from).toEpochMilli();
        return desk.once(
                request,
                operator,
                connection -> store.propose(
                                connection,
                                request.circuitId(),
                                text,
                                Math.max(validFromMs, nowMs),
                                body.getInteger("grace_days"),
                                operator.id(),
                                nowMs)
                        .map(Agreement::json));
    }

    private Future<ApiAnswer> publish(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.ADMIN);
        String seen = request.body().getString("digest");
        return desk.once(
                        request,
                        operator,
                        connection -> AgreementStore.lock(connection, request.circuitId(), request.id(Ids.AGREEMENT))
                                .compose(Publishing::requireProposed)
                                .compose(found -> requireAnother(found, operator))
                                .compose(found -> found.hexDigest().equals(seen)
                                        ? AgreementStore.decide(
                                                connection, found.id(), State.PUBLISHED, operator.id(), clock.nowMs())
                                        : Future.failedFuture(new ProblemException("proposal_changed")))
                                .map(Agreement::json))
                .compose(answer -> gate.refresh().map(answer));
    }

    private Future<ApiAnswer> reject(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.ADMIN);
        return desk.once(
                request,
                operator,
                connection -> AgreementStore.lock(connection, request.circuitId(), request.id(Ids.AGREEMENT))
                        .compose(Publishing::requireProposed)
                        .compose(found -> AgreementStore.decide(
                                connection, found.id(), State.REJECTED, operator.id(), clock.nowMs()))
                        .map(Agreement::json));
    }

    private static Future<Agreement> requireProposed(Agreement agreement) {
        return agreement.state() == State.PROPOSED
                ? Future.succeededFuture(agreement)
                : Future.failedFuture(new ProblemException("agreement_state_conflict"));
    }

    private Future<Agreement> requireAnother(Agreement agreement, Principal operator) {
        return projection
                .rows(0, PERSONS, Tuple.of(agreement.proposedBy(), operator.id()))
                .compose(rows -> rows.iterator().next().getLong("persons") == 2
                        ? Future.succeededFuture(agreement)
                        : Future.failedFuture(new ProblemException("same_person")));
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        request.operatorWith(OperatorRole.ADMIN, OperatorRole.SOCIAL, OperatorRole.TREASURER, OperatorRole.AUDITOR);
        int limit = (int) request.query("limit", PAGE);
        String cursor = request.query("cursor");
        return store.below(request.circuitId(), cursor == null ? Integer.MAX_VALUE : Cursor.parse(cursor), limit + 1)
                .map(found -> {
                    List<Agreement> shown = found.subList(0, Math.min(limit, found.size()));
                    JsonArray items = new JsonArray();
                    shown.forEach(agreement -> items.add(agreement.json()));
                    JsonObject page = new JsonObject().put("items", items);
                    return ApiAnswer.ok(
                            found.size() > limit
                                    ? page.put(
                                            "next_cursor",
                                            Cursor.format(shown.getLast().number()))
                                    : page);
                });
    }
}
