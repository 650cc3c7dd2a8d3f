// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.security.KeyRotation;
import it.socialies.gateway.security.KeyRotation.Listed;
import it.socialies.gateway.security.KeyRotation.Rotatable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys are rotated beside a running node, which takes them at its next start; what the old ones made stays good until they are taken away. */
class KeyRotationTest {
    @TempDir
    private Path data;

    @Test
    void shouldGoOnWithOldCardsUnderANewKeyUntilTheOldOneIsTakenAway() throws Exception {
        try (TestNode node = TestNode.create(data)) {
            TestTown town = TestTown.create(node);
            KeyRotation keys = new KeyRotation(data.resolve("secrets/keys"));
            String oldTokenKey = keyIds(node).getFirst();

            keys.rotate(Rotatable.QR, System.currentTimeMillis());
            keys.rotate(Rotatable.TOKENS, System.currentTimeMillis());
            town.pay(town.card, 100).expect(201);
            node.restart();
            town.afterRestart().pay(town.card, 100).expect(201);
            JsonObject printedNow = town.newCard();
            town.topUp(printedNow.getString("wallet_id"), 100);

            assertThat(town.pay(printedNow, 50).status()).isEqualTo(201);
            assertThat(printedNow.getString("card_token").substring(0, 6))
                    .isNotEqualTo(town.card.getString("card_token").substring(0, 6));
            assertThat(keyIds(node)).contains(oldTokenKey).hasSizeGreaterThanOrEqualTo(3);
            assertThat(keyIdOf(town.social))
                    .isNotEqualTo(oldTokenKey)
                    .isEqualTo(keyIds(node).getFirst());

            keys.retireQr(1);
            node.restart();
            town.afterRestart();
            assertThat(town.pay(town.card, 100).expect(422).getString("code")).isEqualTo("qr_key_unknown");
            assertThat(town.pay(printedNow, 50).status()).isEqualTo(201);
        }
    }

    @Test
    void shouldListKeysWithoutShowingThem() throws Exception {
        try (TestNode node = TestNode.create(data)) {
            Path folder = data.resolve("secrets/keys");
            KeyRotation keys = new KeyRotation(folder);
            keys.rotate(Rotatable.QR, System.currentTimeMillis());

            List<Listed> listed = keys.list();

            assertThat(listed).contains(new Listed("qr_mac", "2", List.of("1")));
            assertThat(listed.stream().map(Listed::name)).contains("pin_pepper", "person", "tokens");
            assertThat(secretsIn(folder))
                    .allSatisfy(secret -> assertThat(listed.toString()).doesNotContain(secret));
            assertThatThrownBy(() -> keys.retireQr(2)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> keys.retireQr(7)).isInstanceOf(IllegalArgumentException.class);
            assertThat(node.get("/status", null).status()).isEqualTo(200);
        }
    }

    private static List<String> secretsIn(Path folder) throws IOException {
        JsonObject ring = new JsonObject(Files.readString(folder.resolve("qr-mac.json")));
        return ring.getJsonObject("versions").stream()
                .map(version -> version.getValue().toString())
                .toList();
    }

    private static List<String> keyIds(TestNode node) {
        return node.send(node.request("/.well-known/jwks.json").build()).expect(200).getJsonArray("keys").stream()
                .map(key -> ((JsonObject) key).getString("kid"))
                .toList();
    }

    private static String keyIdOf(String token) {
        return new JsonObject(new String(Base64.getUrlDecoder().decode(token.split("\\.")[0]), StandardCharsets.UTF_8))
                .getString("kid");
    }
}
