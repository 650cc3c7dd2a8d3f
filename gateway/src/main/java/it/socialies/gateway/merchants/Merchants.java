// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.merchants;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.MerchantRegisteredDecoder;
import it.socialies.engine.protocol.sbe.MerchantStatus;
import it.socialies.engine.protocol.sbe.MerchantStatusChangedDecoder;
import it.socialies.engine.protocol.sbe.OpenOutletEncoder;
import it.socialies.engine.protocol.sbe.OutletOpenedDecoder;
import it.socialies.engine.protocol.sbe.RegisterMerchantEncoder;
import it.socialies.engine.protocol.sbe.SetMerchantStatusEncoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.projection.ListQuery;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import java.util.List;
import java.util.Set;

/** Shops and their outlets. */
public final class Merchants implements Resource {
    private static final String COLUMNS = "merchant_id, circuit_id, category, status, sequence,"
            + " (SELECT coalesce(sum(available), 0)::bigint FROM account WHERE owner_id = merchant_id AND kind IN (4, 10) AND unit = 1) AS owed_eur,"
            + " (SELECT coalesce(sum(available), 0)::bigint FROM account WHERE owner_id = merchant_id AND kind = 4 AND unit = 2) AS owed_ies";
    private static final String ONE = "SELECT (SELECT last_sequence FROM position) AS as_of_sequence, " + COLUMNS
            + " FROM merchant WHERE merchant_id = $1 AND circuit_id = $2";

    /** The tax code of a sole trader is a person's: these have to do with it. */
    private static final Set<OperatorRole> DESK =
            Set.of(OperatorRole.SOCIAL, OperatorRole.ADMIN, OperatorRole.TREASURER);

    private final Projection projection;
    private final Descriptions descriptions;

    public Merchants(Projection projection, Descriptions descriptions) {
        this.projection = projection;
        this.descriptions = descriptions;
    }

    @Override
    public void mount(Api api) {
        api.on("registerMerchant", request -> register(api, request));
        api.on("listMerchants", this::list);
        api.on("getMerchant", this::get);
        api.on("openOutlet", request -> openOutlet(api, request));
        setStatus(api, "suspendMerchant", MerchantStatus.SUSPENDED);
        setStatus(api, "closeMerchant", MerchantStatus.CLOSED);
        setStatus(api, "reactivateMerchant", MerchantStatus.ACTIVE);
    }

    private Future<ApiAnswer> register(Api api, ApiRequest request) {
        JsonObject body = request.body();
        Category category = Category.of(body.getString("category"));
        JsonObject description = pick(TaxNumbers.checked(body), List.of("name", "vat_number", "tax_code"));
        return api.send(
                        request,
                        (each, frame) ->
                                frame.message(new RegisterMerchantEncoder()).category((short) category.number()))
                .compose(reply -> {
                    MerchantRegisteredDecoder registered = reply.get(new MerchantRegisteredDecoder());
                    JsonObject merchant = json(
                                    registered.merchantId(),
                                    registered.circuitId(),
                                    registered.category(),
                                    MerchantStatus.ACTIVE)
                            .put("sequence", reply.sequence())
                            .mergeIn(description);
                    return descriptions
                            .put(Ids.MERCHANT, registered.merchantId(), registered.circuitId(), description)
                            .map(ApiAnswer.created(reply, merchant));
                });
    }

    private Future<ApiAnswer> openOutlet(Api api, ApiRequest request) {
        JsonObject body = request.body();
        return api.send(
                        request,
                        (each, frame) -> frame.message(new OpenOutletEncoder()).merchantId(each.id(Ids.MERCHANT)))
                .compose(reply -> {
                    OutletOpenedDecoder opened = reply.get(new OutletOpenedDecoder());
                    JsonObject description = pick(body, List.of("name", "address", "opening_hours"));
                    JsonObject outlet = new JsonObject()
                            .put("id", Ids.OUTLET.format(opened.outletId()))
                            .put("merchant_id", Ids.MERCHANT.format(opened.merchantId()))
                            .put("sequence", reply.sequence())
                            .mergeIn(description);
                    return descriptions
                            .put(Ids.OUTLET, opened.outletId(), request.circuitId(), description)
                            .map(ApiAnswer.created(reply, outlet));
                });
    }

    private static void setStatus(Api api, String operationId, MerchantStatus status) {
        api.command(
                operationId,
                (request, frame) -> frame.message(new SetMerchantStatusEncoder())
                        .merchantId(request.id(Ids.MERCHANT))
                        .status(status),
                (request, reply) -> {
                    MerchantStatusChangedDecoder changed = reply.get(new MerchantStatusChangedDecoder());
                    return new JsonObject()
                            .put("id", Ids.MERCHANT.format(changed.merchantId()))
                            .put("state", Json.word(changed.status()))
                            .put("sequence", reply.sequence());
                });
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        request.operator();
        ListQuery query = new ListQuery(COLUMNS, "merchant", "merchant_id", false, Merchants::json)
                .where("circuit_id = ?", request.circuitId());
        return projection
                .page(request, query)
                .compose(page -> descriptions
                        .describe(Ids.MERCHANT, page.getJsonArray("items"))
                        .map(items -> {
                            items.forEach(each -> ((JsonObject) each).remove("tax_code"));
                            return ApiAnswer.ok(page);
                        }));
    }

    private Future<ApiAnswer> get(ApiRequest request) {
        Principal operator = request.operator();
        return projection
                .first(request, ONE, Tuple.of(request.id(Ids.MERCHANT), request.circuitId()))
                .compose(row -> {
                    if (row == null) {
                        return Future.failedFuture(new ProblemException("not_found"));
                    }
                    JsonObject merchant = json(row).put("as_of_sequence", row.getLong("as_of_sequence"));
                    return descriptions.describe(Ids.MERCHANT, merchant).map(described -> {
                        if (DESK.stream().noneMatch(operator::has)) {
                            described.remove("tax_code");
                        }
                        return ApiAnswer.ok(described);
                    });
                });
    }

    private static JsonObject json(Row row) {
        return json(
                        row.getLong("merchant_id"),
                        row.getInteger("circuit_id"),
                        row.getShort("category"),
                        MerchantStatus.get(row.getShort("status")))
                .put(
                        "payable",
                        new JsonArray().add(Json.euro(row.getLong("owed_eur"))).add(Json.ies(row.getLong("owed_ies"))))
                .put("sequence", row.getLong("sequence"));
    }

    private static JsonObject json(long id, int circuitId, int category, MerchantStatus status) {
        return new JsonObject()
                .put("id", Ids.MERCHANT.format(id))
                .put("circuit_id", Ids.CIRCUIT.format(circuitId))
                .put("category", Category.word(category))
                .put("state", Json.word(status));
    }

    private static JsonObject pick(JsonObject body, List<String> fields) {
        JsonObject picked = new JsonObject();
        for (String field : fields) {
            if (body.containsKey(field)) {
                picked.put(field, body.getValue(field));
            }
        }
        return picked;
    }
}
