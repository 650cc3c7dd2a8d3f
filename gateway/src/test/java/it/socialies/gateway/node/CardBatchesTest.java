// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cards by the batch: made to the last one whatever happens, printed until somebody confirms it, in stock until somebody holds them. */
class CardBatchesTest {
    private static final Pattern CARD = Pattern.compile("crd_[0-9a-z]+");

    @TempDir
    private Path data;

    private TestNode node;
    private TestTown town;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.create(data);
        town = TestTown.create(node);
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private JsonObject batch(String id) {
        return node.get("/card-batches/" + id, town.social).expect(200);
    }

    private HttpResponse<byte[]> printFile(String id, int file) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    node.request(TestNode.BASE + "/card-batches/" + id + "/print-file?file=" + file)
                            .header("Authorization", "Bearer " + town.social)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static Set<String> cardsOn(byte[] pdf) throws Exception {
        Set<String> cards = new TreeSet<>();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            Matcher matcher = CARD.matcher(new PDFTextStripper().getText(document));
            while (matcher.find()) {
                cards.add(matcher.group());
            }
        }
        return cards;
    }

    @Test
    void shouldMakeABatchInTheBackgroundAndPrintItUntilThatIsConfirmed() throws Exception {
        String id = node.post("/card-batches", town.social, new JsonObject().put("count", 850))
                .expect(201)
                .getString("id");
        Awaitility.await().until(() -> "made".equals(batch(id).getString("state")));

        Set<String> first = cardsOn(printFile(id, 1).body());
        assertThat(node.post("/card-batches/" + id + "/print-confirmations", town.social)
                        .expect(409)
                        .getString("code"))
                .as("the second file was never fetched")
                .isEqualTo("card_batch_unfetched");
        Set<String> second = cardsOn(printFile(id, 2).body());

        assertThat(first).hasSize(800);
        assertThat(second).hasSize(50).doesNotContainAnyElementsOf(first);
        assertThat(printFile(id, 3).statusCode()).isEqualTo(404);
        assertThat(batch(id).getInteger("print_files_fetched")).isEqualTo(2);
        node.post("/card-batches/" + id + "/print-confirmations", town.social).expect(201);
        assertThat(node.get("/card-batches/" + id + "/print-file", town.social)
                        .expect(409)
                        .getString("code"))
                .isEqualTo("card_batch_printed");
        assertThat(node.post("/card-batches/" + id + "/print-confirmations", town.treasurer)
                        .expect(409)
                        .getString("code"))
                .isEqualTo("card_batch_printed");
    }

    @Test
    void shouldCountWhatNobodyHoldsYet() throws Exception {
        String id = town.cardBatch(5).getString("id");
        Set<String> cards = cardsOn(printFile(id, 1).body());
        String one = cards.iterator().next();
        node.post(
                        "/cards/" + one + "/assignments",
                        town.social,
                        new JsonObject()
                                .put("holder_id", one.replace("crd_", "hld_"))
                                .put("household_size", 2))
                .expect(201);
        JsonObject active = node.post(
                        "/cards/" + one + "/activations", town.social, new JsonObject().put("new_pin", TestTown.PIN))
                .expect(201);

        JsonObject seen = node.get("/card-batches/" + id + "?min_sequence=" + active.getLong("sequence"), town.social)
                .expect(200);

        assertThat(seen.getJsonObject("cards_by_state"))
                .isEqualTo(new JsonObject().put("issued", 4).put("active", 1));
        assertThat(seen.getLong("anonymous_stock")).isEqualTo(4);
    }

    /** The answer to the second command got lost, and with it everything behind; a later start goes on with the same commands. */
    @Test
    void shouldGoOnWhereItWasInterruptedWithoutADouble() throws Exception {
        String id = town.cardBatch(350).getString("id");
        Set<String> before = cardsOn(printFile(id, 1).body());
        long sequenceBefore = sequence();
        node.inOffice("UPDATE office.card_batch_part SET first_card_id = NULL WHERE part = 1");
        node.inOffice("DELETE FROM office.card_batch_print");
        node.inOffice("UPDATE office.card_batch SET made = made - 100");
        assertThat(node.get("/card-batches/" + id + "/print-file", town.social)
                        .expect(409)
                        .getString("code"))
                .isEqualTo("card_batch_unmade");

        node.restart();
        town.social = town.logIn("anna.sociali");
        Awaitility.await().until(() -> "made".equals(batch(id).getString("state")));

        assertThat(cardsOn(printFile(id, 1).body())).isEqualTo(before);
        assertThat(sequence()).as("no command ran twice").isEqualTo(sequenceBefore);
    }

    private long sequence() {
        return node.get("/status", null).expect(200).getLong("sequence");
    }

    @Test
    void shouldTakeOneKeyForOneBatch() {
        String key = TestNode.newKey();
        JsonObject first =
                node.post("/card-batches", town.social, key, "{\"count\":2}").expect(201);
        JsonObject again =
                node.post("/card-batches", town.social, key, "{\"count\":2}").expect(201);

        assertThat(again.getString("id")).isEqualTo(first.getString("id"));
        assertThat(node.post("/card-batches", town.social, key, "{\"count\":3}")
                        .expect(422)
                        .getString("code"))
                .isEqualTo("idempotency_key_reused");
    }
}
