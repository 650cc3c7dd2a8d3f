// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.TestNode.OWN_CASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.people.OldCopy;
import it.socialies.gateway.security.MasterKeys;
import it.socialies.gateway.security.Secrets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After an erasure an older copy of everything, restored beside the installation, says nothing of the person: whatever was kept of her, files and their reports included. */
class ErasedCopiesTest {
    private static final String ERASED = "Cinquegrana";
    private static final String KEPT = "Bevilacqua";
    private static final String HEADERS = "Protocollo;CF;Cognome;Nome;Componenti;Punteggio;Importo\n";

    @TempDir
    private static Path data;

    @Test
    void shouldSayNothingOfWhoWasErasedInAnOlderCopyOfAnything() throws Exception {
        try (TestNode node = TestNode.create(data)) {
            TestTown town = TestTown.create(node);
            JsonObject definition = new JsonObject()
                    .put("programme_id", town.programmeId)
                    .put("kind", "call")
                    .put("purpose", "spesa")
                    .put("act_reference", "DD 12/2026");
            String batchId = node.post("/issuance-batches", town.social, definition)
                    .expect(201)
                    .getString("id");
            // Her tax code has an O for a 0: the report suggests the right one.
            importFile(node, town, batchId, "faulty", "RSSMRA8OA41H501Y", "RSSMRA80A01H501U");
            String report = "/issuance-batches/" + batchId + "/validation-report?case_id=" + OWN_CASE + "&format=csv";
            assertThat(node.get(report, town.social).response().body()).contains("RSSMRA80A41H501Y");
            importFile(node, town, batchId, "ready", "RSSMRA80A41H501Y", "RSSMRA80A01H501U");
            String personId = node.get("/issuance-batches/" + batchId + "/rows", town.social)
                    .expect(200)
                    .getJsonArray("items")
                    .getJsonObject(0)
                    .getString("holder_id");
            decideEligibility(node, town, personId);
            String other = define(node, town, definition);
            importFile(node, town, other, "faulty", "RSSMRA8OA41H501Y", "RSSMRA80A01H501U");
            String requestId = town.requestOf(personId, "erasure");

            try (Connection office = node.database("office");
                    Connection keys = node.database("vault_keys")) {
                OldCopy copy = OldCopy.of(office);
                MasterKeys masters = masters();
                assertThat(copy.placesWith(ERASED, keys, masters))
                        .as("while there is a key, this test sees what is there")
                        .contains("vault_record.sealed as RECORD");
                assertThat(copy.placesWith("RSSMRA80A41H501Y", keys, masters))
                        .contains("issuance_batch.report as REPORT", "issuance_batch.report_csv as REPORT");
                assertThat(copy.placesWith("2026/0", keys, masters)).contains("issuance_row.sealed as APPLICATION");
                assertThat(copy.placesWith("nota-riservata", keys, masters))
                        .containsExactly("vault_eligibility.sealed as ELIGIBILITY");

                town.grant(requestId);

                for (String word : new String[] {ERASED, "RSSMRA80A41H501Y", "nota-riservata"}) {
                    assertThat(copy.placesWith(word, keys, masters)).as(word).isEmpty();
                }
                Set<String> ofTheOther = copy.placesWith(KEPT, keys, masters);
                assertThat(ofTheOther).containsExactly("vault_record.sealed as RECORD");
            }
            assertThat(node.get("/issuance-batches/" + other + "/validation-report?case_id=" + OWN_CASE, town.social)
                            .code())
                    .isEqualTo("not_found");
            requireNoFileSays(ERASED);
        }
    }

    private static String define(TestNode node, TestTown town, JsonObject definition) {
        return node.post("/issuance-batches", town.social, definition.copy().put("purpose", "altra-spesa"))
                .expect(201)
                .getString("id");
    }

    private static void importFile(
            TestNode node, TestTown town, String batchId, String state, String erasedCode, String keptCode) {
        String csv = HEADERS
                + "2026/0;" + erasedCode + ";" + ERASED + ";Maria;2;80;300,00\n"
                + "2026/1;" + keptCode + ";" + KEPT + ";Mario;1;70;200,00\n";
        node.post("/issuance-batches/" + batchId + "/files?case_id=" + OWN_CASE, town.social, TestNode.newKey(), csv)
                .expect(202);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> node.get("/issuance-batches/" + batchId, town.social)
                        .expect(200)
                        .getString("state")
                        .equals(state));
    }

    private static void decideEligibility(TestNode node, TestTown town, String personId) {
        node.post(
                        "/people/" + personId + "/eligibilities",
                        town.social,
                        new JsonObject()
                                .put("case_id", OWN_CASE)
                                .put(
                                        "eligibility",
                                        new JsonObject()
                                                .put("call", "altra-spesa")
                                                .put("outcome", "excluded")
                                                .put("act_reference", "nota-riservata 12/2026")
                                                .put("valid_until", "2027-12-31")))
                .expect(201);
    }

    private static MasterKeys masters() {
        Secrets secrets = Secrets.open(data.resolve("secrets/keys"));
        return new MasterKeys(secrets.ring(Secrets.Purpose.PEOPLE_MASTER), secrets.random());
    }

    /** Journal, snapshots, logs, what was uploaded: nothing under the folder of the installation. */
    private static void requireNoFileSays(String word) throws Exception {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain(word);
            }
        }
    }
}
