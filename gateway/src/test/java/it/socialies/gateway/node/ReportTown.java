// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Reports of a town, as the desk asks for them. */
final class ReportTown {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestTown town;
    private final TestNode node;
    private @Nullable String spent;

    ReportTown(TestTown town) {
        this.town = town;
        node = town.node;
    }

    static int year() {
        return LocalDate.now(ZoneId.of("Europe/Rome")).getYear();
    }

    static JsonObject spend() {
        return new JsonObject().put("kind", "spend").put("format", "csv").put("year", year());
    }

    JsonObject region(String format) {
        return new JsonObject()
                .put("kind", "region")
                .put("format", format)
                .put("programme_id", town.programmeId)
                .put("year", year());
    }

    long sequence() {
        return node.get("/status", null).expect(200).getLong("sequence");
    }

    /** One that is made; always the same. */
    String spent() {
        if (spent == null) {
            spent = made(spend()).getString("id");
        }
        return spent;
    }

    /** Asked for as of now, and made. */
    JsonObject made(JsonObject request) {
        return made(request, town.treasurer);
    }

    JsonObject made(JsonObject request, String token) {
        String id = node.post("/reports?min_sequence=" + sequence(), token, request)
                .expect(201)
                .getString("id");
        return awaited(id);
    }

    /** The same again. */
    JsonObject repeated(String id) {
        return awaited(node.post("/reports/" + id + "/repetitions", town.treasurer, new JsonObject())
                .expect(201)
                .getString("id"));
    }

    private JsonObject awaited(String id) {
        await().atMost(PATIENCE)
                .until(() -> !node.get("/reports/" + id, town.treasurer)
                        .expect(200)
                        .getString("state")
                        .equals("making"));
        return node.get("/reports/" + id, town.treasurer).expect(200);
    }

    byte[] file(JsonObject report) throws Exception {
        return node.bytes("/reports/" + report.getString("id") + "/file", town.treasurer);
    }
}
