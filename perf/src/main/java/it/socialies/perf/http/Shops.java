// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.TerminalSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The terminals and cards of the demo town, which its first start wrote down.
 *
 * @param terminals enrolled, each with its key pair
 * @param cards tokens and PINs
 */
record Shops(List<TerminalSession> terminals, List<Card> cards) {

    /** A card as a holder shows it, with the PIN that is typed. */
    record Card(String token, String pin) {}

    static Shops ofDemoTown(ApiClient api, Path dataFolder) throws IOException {
        Path logins = dataFolder.resolve("secrets").resolve("demo-logins.json");
        if (!Files.exists(logins)) {
            throw new IOException("no demo town in " + dataFolder + ": start ops/run once without --empty");
        }
        JsonObject town = new JsonObject(Files.readString(logins));
        return new Shops(
                objects(town.getJsonArray("terminals")).stream()
                        .map(terminal -> TerminalSession.fromJson(api, terminal))
                        .toList(),
                objects(town.getJsonArray("cards")).stream()
                        .map(card -> new Card(card.getString("card_token"), card.getString("pin")))
                        .toList());
    }

    private static List<JsonObject> objects(JsonArray array) {
        return IntStream.range(0, array.size()).mapToObj(array::getJsonObject).toList();
    }
}
