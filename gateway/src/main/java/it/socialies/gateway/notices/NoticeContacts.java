// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
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
import it.socialies.gateway.projection.ListQuery;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;

/** Where shops want to be told, and which channels there are. Threading: any event loop. */
final class NoticeContacts implements Resource {
    private final OfficeDatabase office;
    private final OfficeDesk desk;
    private final Projection projection;
    private final ShopAddresses addresses;
    private final Channels channels;
    private final InstallationClock clock;

    NoticeContacts(
            OfficeDatabase office,
            OfficeDesk desk,
            Projection projection,
            ShopAddresses addresses,
            Channels channels,
            InstallationClock clock) {
        this.office = office;
        this.desk = desk;
        this.projection = projection;
        this.addresses = addresses;
        this.channels = channels;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("setNoticeContact", this::set);
        api.on("listNoticeChannels", this::channels);
    }

    /** The answer, which is kept with the key, does not say the address. */
    private Future<ApiAnswer> set(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.ADMIN);
        long merchantId = request.id(Ids.MERCHANT);
        int circuitId = request.circuitId();
        long nowMs = clock.nowMs();
        ListQuery query = new ListQuery("merchant_id", "merchant", "merchant_id", false, row -> new JsonObject())
                .where("merchant_id = ?", merchantId)
                .where("circuit_id = ?", circuitId);
        return projection
                .one(request.query("min_sequence", 0), query)
                .compose(found -> found == null
                        ? Future.failedFuture(new ProblemException("not_found"))
                        : desk.once(
                                request,
                                operator,
                                connection -> addresses
                                        .put(
                                                connection,
                                                circuitId,
                                                merchantId,
                                                request.body().getString("email"),
                                                operator.id(),
                                                nowMs)
                                        .map(set -> new JsonObject()
                                                .put("merchant_id", Ids.MERCHANT.format(merchantId))
                                                .put("set_by", Ids.OPERATOR.format(operator.id()))
                                                .put("set_at", Json.time(nowMs)))));
    }

    private Future<ApiAnswer> channels(ApiRequest request) {
        request.operatorWith(OperatorRole.ADMIN, OperatorRole.AUDITOR);
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT channel, count(*) FILTER (WHERE state = 'QUEUED') AS queued,"
                                + " count(*) FILTER (WHERE state = 'DEAD') AS dead FROM notice"
                                + " WHERE circuit_id = $1 AND state IN ('QUEUED', 'DEAD') GROUP BY channel")
                        .execute(Tuple.of(request.circuitId())))
                .map(rows -> {
                    JsonArray items = new JsonArray();
                    for (Channel channel : Channel.values()) {
                        JsonObject item = new JsonObject()
                                .put("channel", channel.word())
                                .put(
                                        "on",
                                        channel == Channel.WEBHOOK
                                                || channels.on().contains(channel))
                                .put("queued", 0)
                                .put("dead", 0);
                        rows.forEach(row -> {
                            if (row.getString("channel").equals(channel.name())) {
                                item.put("queued", row.getLong("queued")).put("dead", row.getLong("dead"));
                            }
                        });
                        items.add(item);
                    }
                    return ApiAnswer.ok(new JsonObject().put("items", items));
                });
    }
}
