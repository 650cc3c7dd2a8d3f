// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.returns;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.projection.ListQuery;
import it.socialies.gateway.projection.Projection;

/** Lists of what happened to a programme, for operators of its circuit; a programme of another one is not found. */
record OwnProgramme(Projection projection) {
    private static final String EXISTS =
            "SELECT (SELECT last_sequence FROM position) AS as_of_sequence FROM programme WHERE programme_id = $1 AND circuit_id = $2";

    Future<ApiAnswer> list(ApiRequest request, ListQuery query) {
        request.operator();
        long programmeId = request.id(Ids.PROGRAMME);
        return projection
                .first(request, EXISTS, Tuple.of(programmeId, request.circuitId()))
                .compose(row -> row == null
                        ? Future.<JsonObject>failedFuture(new ProblemException("not_found"))
                        : projection.page(
                                request,
                                query.where("circuit_id = ?", request.circuitId())
                                        .where("programme_id = ?", programmeId)))
                .map(ApiAnswer::ok);
    }
}
