// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import java.util.HashMap;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** What operators log in with, so that who administers them knows who is who. May be called from any thread. */
public final class Usernames {
    private static final Logger LOG = LogManager.getLogger(Usernames.class);

    private final OfficeDatabase database;

    public Usernames(OfficeDatabase database) {
        this.database = database;
    }

    /** Adds the {@code username} to each operator of the circuit that has a login. Without the database they stay as they are. */
    public Future<JsonArray> describe(int circuitId, JsonArray operators) {
        Long[] ids = operators.stream()
                .map(each -> Ids.OPERATOR.parse(((JsonObject) each).getString("id")))
                .toArray(Long[]::new);
        return database.withConnection(connection -> connection
                        .preparedQuery(
                                "SELECT operator_id, username FROM operator_login WHERE circuit_id = $1 AND operator_id = ANY ($2)")
                        .execute(Tuple.of(circuitId).addValue(ids)))
                .map(rows -> {
                    Map<String, String> names = new HashMap<>();
                    rows.forEach(row -> names.put(Ids.OPERATOR.format(row.getLong(0)), row.getString(1)));
                    for (int i = 0; i < operators.size(); i++) {
                        JsonObject operator = operators.getJsonObject(i);
                        String name = names.get(operator.getString("id"));
                        if (name != null) {
                            operator.put("username", name);
                        }
                    }
                    return operators;
                })
                .recover(cause -> {
                    LOG.warn("the office database does not answer: {}", cause.getMessage());
                    return Future.succeededFuture(operators);
                });
    }
}
