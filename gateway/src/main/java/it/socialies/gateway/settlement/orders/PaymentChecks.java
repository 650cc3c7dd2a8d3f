// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.orders;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import it.socialies.gateway.settlement.desk.SettlementDesk;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What was found about a shop before it is paid: what is not clear holds it back until it is, and nobody else. Threading: any event loop. */
final class PaymentChecks implements Resource {
    private static final String COLUMNS =
            "check_id, merchant_id, kind, is_clear, valid_until, reference, made_by, made_ms";

    private final OfficeDatabase office;
    private final OfficeDesk desk;
    private final Descriptions descriptions;
    private final InstallationClock clock;

    PaymentChecks(OfficeDatabase office, OfficeDesk desk, Descriptions descriptions, InstallationClock clock) {
        this.office = office;
        this.desk = desk;
        this.descriptions = descriptions;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("recordPaymentCheck", this::record);
        api.on("listPaymentChecks", this::list);
    }

    private Future<ApiAnswer> record(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.TREASURER, OperatorRole.ADMIN);
        long merchantId = request.id(Ids.MERCHANT);
        JsonObject body = request.body();
        LocalDate validUntil = LocalDate.parse(body.getString("valid_until"));
        if (validUntil.isBefore(Day.of(clock.nowMs()))) {
            throw ProblemException.field("valid_until", "out_of_range", null);
        }
        request.key();
        return requireShop(request, merchantId)
                .compose(known -> desk.once(
                        request,
                        operator,
                        connection -> connection
                                .preparedQuery(
                                        "INSERT INTO payment_check (circuit_id, merchant_id, kind, is_clear, valid_until,"
                                                + " reference, made_by, made_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING "
                                                + COLUMNS)
                                .execute(Tuple.of(
                                                request.circuitId(),
                                                merchantId,
                                                CheckKind.of(body.getString("kind"))
                                                        .name(),
                                                body.getString("outcome").equals("clear"))
                                        .addLocalDate(validUntil)
                                        .addString(body.getString("reference"))
                                        .addLong(operator.id())
                                        .addLong(clock.nowMs()))
                                .map(rows -> json(rows.iterator().next()))));
    }

    private Future<JsonObject> requireShop(ApiRequest request, long merchantId) {
        return descriptions.find(Ids.MERCHANT, merchantId, request.circuitId());
    }

    /** The last of each kind first. */
    private Future<ApiAnswer> list(ApiRequest request) {
        SettlementDesk.requireReader(request);
        long merchantId = request.id(Ids.MERCHANT);
        return requireShop(request, merchantId)
                .compose(known -> office.withConnection(connection -> connection
                        .preparedQuery("SELECT " + COLUMNS
                                + " FROM payment_check WHERE merchant_id = $1 ORDER BY check_id DESC LIMIT 200")
                        .execute(Tuple.of(merchantId))))
                .map(rows -> {
                    JsonArray items = new JsonArray();
                    rows.forEach(row -> items.add(json(row)));
                    return ApiAnswer.ok(new JsonObject().put("items", items));
                });
    }

    private static JsonObject json(Row row) {
        return new JsonObject()
                .put("merchant_id", Ids.MERCHANT.format(row.getLong("merchant_id")))
                .put("kind", CheckKind.valueOf(row.getString("kind")).word())
                .put("outcome", row.getBoolean("is_clear") ? "clear" : "blocked")
                .put("valid_until", row.getLocalDate("valid_until").toString())
                .put("reference", row.getString("reference"))
                .put("made_by", Ids.OPERATOR.format(row.getLong("made_by")))
                .put("made_at", Json.time(row.getLong("made_ms")));
    }

    /**
     * What counts on a day.
     *
     * @param blocked shops that are held back, with what holds them: {@code art_48_bis}, {@code durc}, {@code seizure}
     * @param cleared of {@link CheckKind#ART_48_BIS}
     */
    record InForce(Map<Long, String> blocked, Set<Long> cleared) {}

    /** What counts today of these shops. */
    static Future<InForce> inForce(SqlConnection connection, Collection<Long> merchants, LocalDate today) {
        return connection
                .preparedQuery(
                        "SELECT merchant_id, kind, is_clear FROM (SELECT DISTINCT ON (merchant_id, kind) * FROM payment_check"
                                + " WHERE merchant_id = ANY ($1) ORDER BY merchant_id, kind, check_id DESC) c WHERE valid_until >= $2")
                .execute(Tuple.tuple()
                        .addArrayOfLong(merchants.stream().distinct().toArray(Long[]::new))
                        .addLocalDate(today))
                .map(rows -> {
                    Map<Long, String> blocked = new HashMap<>();
                    Set<Long> cleared = new HashSet<>();
                    for (Row row : rows) {
                        CheckKind kind = CheckKind.valueOf(row.getString("kind"));
                        if (!row.getBoolean("is_clear")) {
                            blocked.putIfAbsent(row.getLong("merchant_id"), kind.word());
                        } else if (kind == CheckKind.ART_48_BIS) {
                            cleared.add(row.getLong("merchant_id"));
                        }
                    }
                    return new InForce(blocked, cleared);
                });
    }
}
