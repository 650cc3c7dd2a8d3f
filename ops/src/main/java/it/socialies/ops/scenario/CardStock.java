// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.scenario.TownCircuit.OfficeStaff;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Cards made in a batch, printed, and kept in the drawer until somebody gets one. One thread. */
final class CardStock {
    private static final long LIMIT_S = 120;
    private static final long POLL_MS = 100;
    private static final int PAGE = 200;

    private final ApiClient api;
    private final OfficeStaff staff;
    private final Papers papers;
    private final Told told;

    CardStock(ApiClient api, OfficeStaff staff, Papers papers, Told told) {
        this.api = api;
        this.staff = staff;
        this.papers = papers;
        this.told = told;
    }

    /** Has cards made, fetches the sheets and says that they are printed: nobody gets them again. */
    void print(int count) throws InterruptedException {
        OperatorSession social = staff.socials().get(0);
        String path = "/card-batches/"
                + api.post("/card-batches", social, new JsonObject().put("count", count))
                        .orThrow("create card batch")
                        .body()
                        .getString("id");
        JsonObject batch = awaitMade(path, social);
        for (int file = 1; file <= batch.getInteger("print_files"); file++) {
            papers.write("tessere-" + file + ".pdf", api.getBytes(path + "/print-file?file=" + file, social));
        }
        api.post(path + "/print-confirmations", social, null).orThrow("confirm the print");
        var again = api.get(path + "/print-file?file=1", social);
        Told.require(again.code(), "card_batch_printed", "Seconda stampa | second print");
        told.done(
                count + " tessere nel lotto, fogli da stampare in " + papers + ", seconda stampa rifiutata",
                count + " cards in the batch, sheets to print written, a second print refused");
    }

    private JsonObject awaitMade(String path, OperatorSession social) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        while (true) {
            JsonObject batch = api.get(path, social).orThrow("read card batch").body();
            if ("made".equals(batch.getString("state"))) {
                return batch;
            }
            if (System.nanoTime() > endNs) {
                throw new ScenarioFailed("Lotto di tessere non pronto | card batch not made: " + batch.encode());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    /** Cards that nobody holds. */
    Deque<String> cards() {
        OperatorSession social = staff.socials().get(0);
        long sequence = api.readClock().getLong("sequence");
        Deque<String> stock = new ArrayDeque<>();
        @Nullable String cursor = null;
        do {
            JsonObject page = api.get(
                            "/cards?limit=" + PAGE + "&min_sequence=" + sequence
                                    + (cursor == null ? "" : "&cursor=" + cursor),
                            social)
                    .orThrow("list cards")
                    .body();
            for (JsonObject card : items(page)) {
                if ("issued".equals(card.getString("state")) && card.getString("holder_id") == null) {
                    stock.add(card.getString("id"));
                }
            }
            cursor = page.getString("next_cursor");
        } while (cursor != null);
        return stock;
    }

    static List<JsonObject> items(JsonObject page) {
        return page.getJsonArray("items", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .toList();
    }
}
