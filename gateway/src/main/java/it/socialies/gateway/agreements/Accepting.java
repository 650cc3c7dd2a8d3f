// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.agreements;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.agreements.Agreement.State;
import it.socialies.gateway.api.Cursor;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
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
import it.socialies.gateway.tills.Till;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shops accept a version: at the desk from a signed paper, or at their till. Which have not, the desk sees. Threading: any event loop. */
final class Accepting implements Resource {
    private static final ZoneId ITALY = ZoneId.of("Europe/Rome");
    private static final String SHOP = "SELECT FROM merchant WHERE merchant_id = $1 AND circuit_id = $2";
    private static final String AGE = "SELECT registered_ms FROM merchant WHERE merchant_id = $1";
    private static final int PAGE = 50;

    private final AgreementStore store;
    private final AgreementGate gate;
    private final Projection projection;
    private final OfficeDesk desk;
    private final InstallationClock clock;

    Accepting(
            AgreementStore store, AgreementGate gate, Projection projection, OfficeDesk desk, InstallationClock clock) {
        this.store = store;
        this.gate = gate;
        this.projection = projection;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("acceptAgreement", this::atDesk);
        api.on("acceptAgreementAtTill", this::atTill);
        api.on("getTillAgreement", this::shown);
        api.on("listAgreementArrears", this::arrears);
    }

    private Future<ApiAnswer> atDesk(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL, OperatorRole.ADMIN);
        long merchantId = request.id(Ids.MERCHANT);
        LocalDate signedOn = LocalDate.parse(request.body().getString("signed_on"));
        if (signedOn.isAfter(LocalDate.ofInstant(Instant.ofEpochMilli(clock.nowMs()), ITALY))) {
            throw ProblemException.field("/signed_on", "date", "A day that has been.");
        }
        return projection
                .rows(request.query("min_sequence", 0), SHOP, Tuple.of(merchantId, request.circuitId()))
                .compose(rows -> rows.size() == 0
                        ? Future.failedFuture(new ProblemException("not_found"))
                        : once(request, operator, merchantId, signedOn));
    }

    private Future<ApiAnswer> atTill(ApiRequest request) {
        return Till.of(request, projection)
                .compose(till -> once(request, request.principal(), till.merchantId(), null));
    }

    private Future<ApiAnswer> once(ApiRequest request, Principal who, long merchantId, @Nullable LocalDate signedOn) {
        return desk.once(request, who, connection -> accept(connection, request, who, merchantId, signedOn))
                .compose(answer -> gate.refresh().map(answer));
    }

    private Future<JsonObject> accept(
            SqlConnection connection,
            ApiRequest request,
            Principal who,
            long merchantId,
            @Nullable LocalDate signedOn) {
        JsonObject body = request.body();
        long id = Ids.AGREEMENT.parse(body.getString("agreement_id"));
        long nowMs = clock.nowMs();
        return AgreementStore.lock(connection, request.circuitId(), id).compose(agreement -> {
            if (agreement.state() != State.PUBLISHED) {
                return Future.failedFuture(new ProblemException("agreement_state_conflict"));
            }
            if (!agreement.hexDigest().equals(body.getString("digest"))) {
                return Future.failedFuture(new ProblemException("proposal_changed"));
            }
            return AgreementStore.accept(
                            connection,
                            agreement,
                            merchantId,
                            body.getString("signatory"),
                            signedOn,
                            who.subject(),
                            nowMs)
                    .map(done -> new JsonObject()
                            .put("agreement_id", Ids.AGREEMENT.format(id))
                            .put("number", agreement.number())
                            .put("merchant_id", Ids.MERCHANT.format(merchantId))
                            .put("accepted_at", Json.time(nowMs)));
        });
    }

    /** The text in force, for the shop that reads it at its till. */
    private Future<ApiAnswer> shown(ApiRequest request) {
        return Till.of(request, projection)
                .compose(till -> store.inForce(request.circuitId(), clock.nowMs())
                        .compose(found -> found.isEmpty()
                                ? Future.failedFuture(new ProblemException("not_found"))
                                : shown(found.get(), till.merchantId())));
    }

    private Future<ApiAnswer> shown(Agreement agreement, long merchantId) {
        return store.accepted(agreement.circuitId())
                .compose(accepted -> projection
                        .rows(0, AGE, Tuple.of(merchantId))
                        .map(rows -> {
                            boolean isAccepted = accepted.getOrDefault(merchantId, 0) >= agreement.number();
                            JsonObject json = new JsonObject()
                                    .put("agreement_id", Ids.AGREEMENT.format(agreement.id()))
                                    .put("number", agreement.number())
                                    .put("text", agreement.text())
                                    .put("digest", agreement.hexDigest())
                                    .put("valid_from", Json.time(agreement.validFromMs()))
                                    .put("accepted", isAccepted);
                            return ApiAnswer.ok(
                                    isAccepted
                                            ? json
                                            : json.put(
                                                    "refused_from",
                                                    Json.time(agreement.refusedFromMs(rows.iterator()
                                                            .next()
                                                            .getLong(0)))));
                        }));
    }

    private Future<ApiAnswer> arrears(ApiRequest request) {
        request.operatorWith(OperatorRole.SOCIAL, OperatorRole.ADMIN, OperatorRole.TREASURER, OperatorRole.AUDITOR);
        int limit = (int) request.query("limit", PAGE);
        String cursor = request.query("cursor");
        long after = cursor == null ? 0 : Cursor.parse(cursor);
        return store.inForce(request.circuitId(), clock.nowMs())
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(ApiAnswer.ok(new JsonObject().put("items", new JsonArray())))
                        : gate.arrears(found.get()).map(all -> page(found.get(), all, after, limit)));
    }

    private static ApiAnswer page(Agreement agreement, List<AgreementGate.Arrear> all, long after, int limit) {
        List<AgreementGate.Arrear> behind =
                all.stream().filter(arrear -> arrear.merchantId() > after).toList();
        List<AgreementGate.Arrear> shown = behind.subList(0, Math.min(limit, behind.size()));
        JsonArray items = new JsonArray();
        shown.forEach(arrear -> items.add(new JsonObject()
                .put("merchant_id", Ids.MERCHANT.format(arrear.merchantId()))
                .put("agreement_id", Ids.AGREEMENT.format(agreement.id()))
                .put("refused_from", Json.time(arrear.refusedFromMs()))));
        JsonObject page = new JsonObject().put("items", items);
        return ApiAnswer.ok(
                behind.size() > limit
                        ? page.put("next_cursor", Cursor.format(shown.getLast().merchantId()))
                        : page);
    }
}
