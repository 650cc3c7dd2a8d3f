// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.OperatorSession;
import java.io.IOException;
import java.nio.file.Path;

/** Files of the treasurer's bank and of accounting, handed in by the treasurer. One thread. */
final class TreasurersBank {
    private final ApiClient api;
    private final OperatorSession treasurer;
    private final Papers papers;

    TreasurersBank(ApiClient api, OperatorSession treasurer, Papers papers) {
        this.api = api;
        this.treasurer = treasurer;
        this.papers = papers;
    }

    /** Hands a file in and waits: this many of its entries come to {@code result}, and none to anything else. */
    void execute(String name, String format, String content, String result, int entries)
            throws IOException, InterruptedException {
        Path file = papers.write(name, content);
        String id = api.sendFile(
                        "/outcome-files?format=" + format,
                        treasurer,
                        api.newKey(),
                        file,
                        name.endsWith(".csv") ? "text/csv" : "application/xml")
                .orThrow("outcome file " + name)
                .body()
                .getString("id");
        JsonObject done = Polled.until(
                () -> api.get("/reconciliations/" + id, treasurer)
                        .orThrow("reconciliation")
                        .body(),
                each -> "done".equals(each.getString("state")));
        JsonArray results = done.getJsonArray("results");
        Told.require(results.size(), 1, "Esiti di | outcomes of " + name + " " + results.encode());
        Told.require(results.getJsonObject(0).getString("result"), result, "Esiti di | outcomes of " + name);
        Told.require(results.getJsonObject(0).getInteger("entries"), entries, "Esiti di | outcomes of " + name);
    }
}
