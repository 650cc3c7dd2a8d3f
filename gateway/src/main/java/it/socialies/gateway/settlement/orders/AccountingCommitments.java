// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.orders;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import it.socialies.gateway.settlement.desk.SettlementDesk;

/** Commitments of the budget (impegni di spesa) that mandates for a programme are charged to. Threading: any event loop. */
final class AccountingCommitments implements Resource {
    private static final String COLUMNS =
            "c.commitment_id, c.programme_id, c.chapter, c.budget_year, c.number, c.amount, c.made_by, c.made_ms";
    private static final String CHARGED = "coalesce((SELECT sum(i.amount) FROM payment_order_item i"
            + " WHERE i.commitment_id = c.commitment_id AND i.state IN ('PLANNED', 'ORDERED', 'PAID')), 0)::bigint AS charged";
    private static final String PROGRAMME = "SELECT 1 FROM programme WHERE programme_id = $1 AND circuit_id = $2";
    private static final String UNIQUE_VIOLATION = "23505";

    private final Projection projection;
    private final OfficeDatabase office;
    private final OfficeDesk desk;
    private final InstallationClock clock;

    AccountingCommitments(Projection projection, OfficeDatabase office, OfficeDesk desk, InstallationClock clock) {
        this.projection = projection;
        this.office = office;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("enterAccountingCommitment", this::enter);
        api.on("listAccountingCommitments", this::list);
    }

    private Future<Long> programme(ApiRequest request) {
        long programmeId = request.id(Ids.PROGRAMME);
        return projection
                .rows(request.query("min_sequence", 0), PROGRAMME, Tuple.of(programmeId, request.circuitId()))
                .compose(rows -> rows.size() == 1
                        ? Future.succeededFuture(programmeId)
                        : Future.failedFuture(new ProblemException("not_found")));
    }

    private Future<ApiAnswer> enter(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.TREASURER);
        JsonObject body = request.body();
        long amount = Json.minorUnits(body, "amount", Json.EUR);
        request.key();
        return programme(request)
                .compose(programmeId -> desk.once(
                        request,
                        operator,
                        connection -> connection
                                .preparedQuery(
                                        "INSERT INTO accounting_commitment AS c (circuit_id, programme_id, chapter,"
                                                + " budget_year, number, amount, made_by, made_ms)"
                                                + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING "
                                                + COLUMNS + ", 0::bigint AS charged")
                                .execute(Tuple.of(request.circuitId(), programmeId)
                                        .addString(body.getString("chapter").strip())
                                        .addInteger(body.getInteger("budget_year"))
                                        .addString(body.getString("number").strip())
                                        .addLong(amount)
                                        .addLong(operator.id())
                                        .addLong(clock.nowMs()))
                                .recover(failure -> Future.failedFuture(
                                        failure instanceof PgException pg && UNIQUE_VIOLATION.equals(pg.getSqlState())
                                                ? new ProblemException("accounting_commitment_known")
                                                : failure))
                                .map(rows -> json(rows.iterator().next()))));
    }

    /** In the order in which they are used up. */
    private Future<ApiAnswer> list(ApiRequest request) {
        SettlementDesk.requireReader(request);
        return programme(request)
                .compose(programmeId -> office.withConnection(connection -> connection
                        .preparedQuery("SELECT " + COLUMNS + ", " + CHARGED
                                + " FROM accounting_commitment c WHERE c.programme_id = $1 AND c.circuit_id = $2"
                                + " ORDER BY c.commitment_id")
                        .execute(Tuple.of(programmeId, request.circuitId()))))
                .map(rows -> {
                    JsonArray items = new JsonArray();
                    rows.forEach(row -> items.add(json(row)));
                    return ApiAnswer.ok(new JsonObject().put("items", items));
                });
    }

    private static JsonObject json(Row row) {
        long amount = row.getLong("amount");
        long charged = row.getLong("charged");
        return new JsonObject()
                .put("programme_id", Ids.PROGRAMME.format(row.getLong("programme_id")))
                .put("chapter", row.getString("chapter"))
                .put("budget_year", row.getInteger("budget_year"))
                .put("number", row.getString("number"))
                .put("amount", Json.euro(amount))
                .put("charged", Json.euro(charged))
                .put("left", Json.euro(amount - charged))
                .put("made_by", Ids.OPERATOR.format(row.getLong("made_by")))
                .put("made_at", Json.time(row.getLong("made_ms")));
    }
}
