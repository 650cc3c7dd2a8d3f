// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.desk;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.OperatorRole;

/** Who may see settlements and what belongs to them, and which there are: those of another circuit look as if they were not there. May be called from any thread. */
public final class SettlementDesk {
    private static final String SETTLEMENT = "SELECT 1 FROM settlement WHERE settlement_id = $1 AND circuit_id = $2";

    private final Projection projection;

    public SettlementDesk(Projection projection) {
        this.projection = projection;
    }

    /** Fails with {@code not_found} unless the settlement that the path names is in the circuit of who asks. */
    public Future<Long> settlement(ApiRequest request) {
        long settlementId = request.id(Ids.SETTLEMENT);
        return projection
                .rows(request.query("min_sequence", 0), SETTLEMENT, Tuple.of(settlementId, request.circuitId()))
                .compose(rows -> rows.size() == 1
                        ? Future.succeededFuture(settlementId)
                        : Future.failedFuture(new ProblemException("not_found")));
    }

    /** Fails with {@code unauthorized} or {@code forbidden}. */
    public static void requireReader(ApiRequest request) {
        request.operatorWith(OperatorRole.TREASURER, OperatorRole.ADMIN, OperatorRole.AUDITOR);
    }
}
