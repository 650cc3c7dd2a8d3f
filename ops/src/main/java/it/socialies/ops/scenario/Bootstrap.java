// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.data.DataFolder;
import java.io.IOException;
import java.nio.file.Files;

/** The two natural persons who bootstrap an installation; their credentials lie in the data folder. */
public record Bootstrap(OperatorSession first, OperatorSession second) {
    /** Reads the credentials that the gateway wrote at its first start. */
    public static Bootstrap read(ApiClient api, DataFolder folder) throws IOException {
        JsonArray operators = new JsonArray(Files.readString(folder.bootstrapOperators()));
        return new Bootstrap(login(api, operators.getJsonObject(0)), login(api, operators.getJsonObject(1)));
    }

    private static OperatorSession login(ApiClient api, JsonObject operator) {
        return new OperatorSession(api, operator.getString("username"), operator.getString("password"));
    }

    /** Moves the sandbox clock forward; tokens and keys follow it. */
    public void stepClock(ApiClient api, long advanceMs) {
        api.post("/clock-steps", first, new JsonObject().put("advance_ms", advanceMs))
                .orThrow("clock step");
        api.readClock();
    }
}
