// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.node.TestNode.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proof of a payment, from a real node, in the hands of somebody who has the published key and the standalone verifier and nothing else. */
class ProofsTest {

    @TempDir
    private Path data;

    @TempDir
    private Path kept;

    private TestNode node;
    private TestTown town;
    private String auditor = "";
    private LoneVerifier verifier;

    @Test
    void shouldProveAPaymentToThoseItConcernsAndToNobodyElse() throws Exception {
        try (TestNode started = TestNode.create(data)) {
            node = started;
            verifier = new LoneVerifier(kept);
            town = TestTown.create(
                    node, circuit -> auditor = circuit.appoint("revisore", "RSSMRA82A01H501W", "auditor"));
            TestTown elsewhere = TestTown.create(node);
            JsonObject payment = town.pay(town.card, 1_240).expect(201);
            String path = "/audit/proofs?payment_id=" + payment.getString("id");
            long sequence = payment.getLong("sequence");
            JsonObject early = node.get(path, town.holderToken(town.card)).expect(409);
            assertThat(early.getString("code")).isEqualTo("not_yet_checkpointed");
            assertThat(early.getString("detail")).contains("comes within PT");
            assertThat(early.getLong("sequence")).isEqualTo(sequence);
            assertThat(node.get("/audit/entries/" + sequence, auditor)
                            .expect(200)
                            .containsKey("checkpoint_sequence"))
                    .isFalse();

            node.restart(TestNode.OFTEN);
            town.afterRestart();
            elsewhere.afterRestart();
            auditor = town.logIn("revisore");
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> node.get(path, auditor).status() == 200);
            JsonObject proof = node.get(path, town.holderToken(town.card)).expect(200);
            assertThat(proof.getLong("sequence")).isEqualTo(sequence);
            for (String token : new String[] {auditor, town.social}) {
                assertThat(node.get(path, token).expect(200)).isEqualTo(proof);
            }
            assertThat(town.till.send("GET", path, "", "").expect(200)).isEqualTo(proof);
            assertThat(node.get(path, null).status()).isEqualTo(401);
            for (Answer stranger : new Answer[] {
                node.get(path, elsewhere.social),
                node.get(path, elsewhere.holderToken(elsewhere.card)),
                node.get(path, town.holderToken(town.newCard())),
                elsewhere.till.send("GET", path, "", "")
            }) {
                assertThat(stranger.expect(404).getString("code")).isEqualTo("not_found");
            }
            shouldTellAnAuditorOfEveryRecordButItsSecrets(sequence, elsewhere);
            shouldBeBelievedByWhoHasTheKeysAlone(proof, sequence);
        }
    }

    private void shouldTellAnAuditorOfEveryRecordButItsSecrets(long payment, TestTown elsewhere) {
        JsonObject entry = node.get("/audit/entries/" + payment, auditor).expect(200);
        assertThat(entry.getString("outcome")).isEqualTo("ok");
        assertThat(entry.getLong("checkpoint_sequence")).isGreaterThanOrEqualTo(payment);
        assertThat(node.get("/audit/entries/" + payment, town.social).status()).isEqualTo(403);
        assertThat(node.get("/audit/entries/" + payment, elsewhere.social).status())
                .isEqualTo(403);
        assertThat(node.get("/audit/entries/999999", auditor).status()).isEqualTo(404);
        assertThat(node.get("/audit/entries/0", auditor).status()).isEqualTo(404);
        assertThat(node.get("/audit/proofs", auditor).status()).isEqualTo(422);
        assertThat(node.get("/audit/proofs?sequence=1&payment_id=pay_1", auditor)
                        .status())
                .isEqualTo(422);
        assertThat(node.get("/audit/proofs?sequence=" + payment, town.holderToken(town.card))
                        .status())
                .isEqualTo(403);
        List<Integer> answers = new ArrayList<>();
        for (long sequence = 1; sequence <= payment; sequence++) {
            Answer answer = node.get("/audit/proofs?sequence=" + sequence, auditor);
            answers.add(answer.status());
            if (answer.status() == 403) {
                assertThat(answer.json().getString("detail")).contains("PIN verifier");
            }
        }
        assertThat(answers).containsOnly(200, 403, 404).contains(200, 403, 404);
    }

    private void shouldBeBelievedByWhoHasTheKeysAlone(JsonObject proof, long sequence) throws Exception {
        Path keys = verifier.keysOf(node);
        assertThat(verifier.proof(proof, keys)).isEqualTo(LoneVerifier.YES);
        assertThat(verifier.printed())
                .contains("pagamento pay_", ": 12.40 presi dal portafoglio " + town.card.getString("wallet_id"))
                .contains("YES: la registrazione " + sequence + " è nella storia firmata");

        JsonObject batch = proof.getJsonObject("batch");
        List<JsonObject> forged = new ArrayList<>();
        byte[] record = proof.getBinary("record");
        for (int i = 0; i < record.length; i += 7) {
            byte[] altered = record.clone();
            altered[i] ^= 4;
            forged.add(proof.copy().put("record", altered));
        }
        byte[] behind = proof.getBinary("batches_behind");
        for (int i = 0; i < behind.length; i += 23) {
            byte[] altered = behind.clone();
            altered[i] ^= 4;
            forged.add(proof.copy().put("batches_behind", altered));
        }
        forged.add(proof.copy().put("batch", batch.copy().put("count", batch.getInteger("count") + 1)));
        forged.add(proof.copy().put("batch", batch.copy().put("first_sequence", batch.getLong("first_sequence") + 1)));
        forged.add(proof.copy().put("batch", batch.copy().put("previous_chain", "00".repeat(32))));
        forged.add(proof.copy().put("batch", batch.copy().put("path", new JsonArray().add("00".repeat(32)))));
        String jws = proof.getString("checkpoint");
        forged.add(proof.copy().put("checkpoint", jws.substring(0, jws.length() - 8) + "AAAAAAAA"));
        forged.add(proof.copy()
                .put(
                        "checkpoint",
                        node.get("/audit/checkpoints?limit=100", null).expect(200).getJsonArray("items").stream()
                                .map(item -> ((JsonObject) item).getLong("sequence"))
                                .filter(other -> other < sequence)
                                .findFirst()
                                .map(other -> node.get("/audit/checkpoints/" + other, null)
                                        .json()
                                        .getString("jws"))
                                .orElse("a.b.c")));
        for (JsonObject each : forged) {
            assertThat(verifier.proof(each, keys)).as(each.encode()).isIn(LoneVerifier.NO, LoneVerifier.NOTHING_PROVEN);
            assertThat(verifier.printed()).doesNotContain("YES: ");
        }
        Path others = verifier.keys(
                "others.json",
                new JWKSet(new ECKeyGenerator(Curve.P_256)
                                .keyID("other")
                                .generate()
                                .toPublicJWK())
                        .toString());
        assertThat(verifier.proof(proof, others)).isEqualTo(LoneVerifier.NO);
        assertThat(verifier.printed()).contains("no key of these has the id");
    }
}
