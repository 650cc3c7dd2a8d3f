// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.transfers;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.HolderSession;
import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.client.Workers;
import it.socialies.ops.terminal.Progress;
import it.socialies.ops.town.TownGenerator;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A wallet with card and PIN for each address. */
final class Wallets {
    private static final int CARDS_PER_BATCH = 100;

    /** A wallet and who may spend from it. */
    record Wallet(String id, String cardId, String pin, HolderSession holder) {}

    private Wallets() {}

    /** Issues and activates a card for each name, in their order. */
    static Map<String, Wallet> open(
            ApiClient api, OperatorSession social, Workers workers, List<String> names, long seed, PrintStream out) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Wallet> wallets = new LinkedHashMap<>();
        for (int first = 0; first < names.size(); first += CARDS_PER_BATCH) {
            List<String> batch = names.subList(first, Math.min(names.size(), first + CARDS_PER_BATCH));
            JsonArray cards = api.post("/cards", social, new JsonObject().put("count", batch.size()))
                    .orThrow("issue cards")
                    .body()
                    .getJsonArray("items");
            for (int i = 0; i < batch.size(); i++) {
                JsonObject card = cards.getJsonObject(i);
                String pin = TownGenerator.pin(random);
                HolderSession holder = new HolderSession(api, card.getString("card_token"), pin);
                wallets.put(batch.get(i), new Wallet(card.getString("wallet_id"), card.getString("id"), pin, holder));
            }
        }
        try (Progress progress = Progress.start(out, "Tessere | cards", wallets.size())) {
            workers.forEach(new ArrayList<>(wallets.values()), wallet -> {
                api.post(
                                "/cards/" + wallet.cardId + "/activations",
                                social,
                                new JsonObject().put("new_pin", wallet.pin))
                        .orThrow("activate card");
                progress.step();
            });
        }
        return wallets;
    }
}
