// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.tills;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.QueryStatusEncoder;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.Principal;
import java.util.ArrayList;
import java.util.List;

/**
 * A till with its shop. A till of a suspended shop is one still: it sees its sales and closes its day.
 *
 * @param outletIds all of the shop, in order
 */
public record Till(long terminalId, long outletId, long merchantId, List<Long> outletIds) {
    private static final String SHOP = "SELECT t.terminal_id, t.outlet_id AS own_outlet, s.merchant_id, o.outlet_id"
            + " FROM terminal t JOIN outlet s ON s.outlet_id = t.outlet_id"
            + " JOIN outlet o ON o.merchant_id = s.merchant_id"
            + " WHERE t.terminal_id = $1 AND t.circuit_id = $2 ORDER BY o.outlet_id";

    /**
     * The till that asks, at the record that it asks for ({@code min_sequence}) or later; fails with {@code not_found} where the projection does not know it yet.
     *
     * @throws ProblemException forbidden, for everybody else
     */
    public static Future<Till> of(ApiRequest request, Projection projection) {
        Principal till = request.principal();
        if (till.kind() != PrincipalKind.TERMINAL) {
            throw new ProblemException("forbidden");
        }
        return find(projection, till.circuitId(), till.id(), request.query("min_sequence", 0));
    }

    static Future<Till> find(Projection projection, int circuitId, long terminalId, long minSequence) {
        return projection
                .rows(minSequence, SHOP, Tuple.of(terminalId, circuitId))
                .compose(rows -> {
                    List<Long> outlets = new ArrayList<>();
                    Row last = null;
                    for (Row row : rows) {
                        outlets.add(row.getLong("outlet_id"));
                        last = row;
                    }
                    return last == null
                            ? Future.failedFuture(new ProblemException("not_found"))
                            : Future.succeededFuture(new Till(
                                    terminalId,
                                    last.getLong("own_outlet"),
                                    last.getLong("merchant_id"),
                                    List.copyOf(outlets)));
                });
    }

    /** Where the core is now: what is projected as far as this misses nothing that was answered before. */
    static Future<Long> coreSequence(Api api) {
        return api.core()
                .send(frame -> frame.from(PrincipalKind.SYSTEM, 0, 0).message(new QueryStatusEncoder()))
                .map(CoreReply::sequence);
    }
}
