// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    private Path data;

    private Path directory;

    @BeforeEach
    void placeSecrets() {
        directory = data.resolve("keys");
    }

    @Test
    void shouldMakeThemOnceForTheirOwnerOnly() throws IOException {
        Secrets first = Secrets.open(directory);
        first.tokenKeys(TokenSettings.defaults(), 1_000);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.toList())
                    .hasSize(Secrets.Purpose.values().length + 1)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        Secrets second = Secrets.open(directory);
        for (Secrets.Purpose purpose : Secrets.Purpose.values()) {
            assertThat(second.ring(purpose).current())
                    .isEqualTo(first.ring(purpose).current());
        }
    }

    @Test
    void shouldUseADifferentKeyForEachPurpose() {
        Secrets secrets = Secrets.open(directory);
        assertThat(Stream.of(Secrets.Purpose.values())
                        .map(purpose -> secrets.hash(purpose).digest(new byte[1]))
                        .distinct())
                .hasSize(Secrets.Purpose.values().length);
    }

    @Test
    void shouldRefuseAMissingFileRatherThanMakeANewKey() throws IOException {
        Secrets.open(directory);
        Files.delete(directory.resolve("pin-pepper.json"));
        assertThatThrownBy(() -> Secrets.open(directory))
                .isInstanceOf(SecretsUnusableException.class)
                .hasMessageContaining("pin-pepper.json is missing");
    }

    /** Second factors came when there were installations already: that is no damage. */
    @Test
    void shouldGiveAnOlderInstallationTheKeyThatCameLater() throws IOException {
        Secrets.open(directory);
        Files.delete(directory.resolve("second-factor.json"));
        KeyRotation keys = new KeyRotation(directory);
        assertThat(keys.list()).extracting(KeyRotation.Listed::name).doesNotContain("second_factor");
        Secrets.open(directory);
        assertThat(keys.list()).extracting(KeyRotation.Listed::name).contains("second_factor");
        keys.rotate(KeyRotation.Rotatable.SECOND_FACTOR, 1_000);
        assertThat(Secrets.open(directory).ring(Secrets.Purpose.SECOND_FACTOR).currentVersion())
                .isEqualTo(2);
    }

    @Test
    void shouldRefuseWhatOthersCanRead() throws IOException {
        Secrets.open(directory);
        Path file = directory.resolve("qr-mac.json");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> Secrets.open(directory))
                .isInstanceOf(SecretsUnusableException.class)
                .hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));
        assertThatThrownBy(() -> Secrets.open(directory)).hasMessageContaining("chmod 700");
    }

    @Test
    void shouldNotQuoteADamagedFile() throws IOException {
        Secrets.open(directory);
        Path file = directory.resolve("person.json");
        Files.writeString(file, "{\"current\":1,\"versions\":{\"1\":\"c2VjcmV0\"}}");
        assertThatThrownBy(() -> Secrets.open(directory))
                .isInstanceOf(SecretsUnusableException.class)
                .hasNoCause()
                .hasMessageContaining("person.json is damaged")
                .hasMessageNotContaining("c2VjcmV0");
    }

    @Test
    void shouldKeepTheKeyThatSignsCheckpoints() throws IOException {
        Secrets secrets = Secrets.open(directory);
        AuditKeys made = secrets.auditKeys(false, 1_000);
        assertThat(secrets.auditKeys(true, 2_000).publicJwks())
                .isEqualTo(made.publicJwks())
                .doesNotContain("\"d\"");
        Path file = directory.resolve("audit-key.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String secret = new JsonObject(Files.readString(file))
                .getJsonArray("keys")
                .getJsonObject(0)
                .getString("d");
        assertThat(made.toString()).doesNotContain(secret);
        Files.writeString(file, Files.readString(file).replace("\"kty\"", "\"kt\""));
        assertThatThrownBy(() -> secrets.auditKeys(true, 3_000))
                .isInstanceOf(SecretsUnusableException.class)
                .hasNoCause()
                .hasMessageContaining("audit-key.json is damaged: restore it")
                .hasMessageNotContaining(secret);
        Files.delete(file);
        assertThatThrownBy(() -> secrets.auditKeys(true, 4_000))
                .isInstanceOf(SecretsUnusableException.class)
                .hasMessageContaining("audit-key.json is missing: restore it");
        assertThat(secrets.auditKeys(false, 5_000).publicJwks()).isNotEqualTo(made.publicJwks());
    }

    @Test
    void shouldStartOverAfterAFirstStartThatDied() throws IOException {
        Path staging = data.resolve("keys.new");
        Files.createDirectory(staging);
        Files.writeString(staging.resolve("qr-mac.json"), "half");
        Secrets.open(directory);
        assertThat(staging).doesNotExist();
    }

    @Test
    void shouldPrintNoSecret() throws IOException {
        Secrets secrets = Secrets.open(directory);
        TokenKeys keys = secrets.tokenKeys(TokenSettings.defaults(), 1_000);
        KeyRing ring = secrets.ring(Secrets.Purpose.PIN_PEPPER);
        String key = Base64.getEncoder().encodeToString(ring.current().getEncoded());
        String printed = secrets + " " + ring + " " + secrets.hash(Secrets.Purpose.PIN_PEPPER) + " " + keys + " "
                + keys.signer(1_000) + " " + new CardToken(770077007700L, 880088008800L) + " "
                + new Digest256(770077007700L, 880088008800L, 1, 2);
        assertThat(printed).doesNotContain(key).doesNotContain("770077007700").doesNotContain("880088008800");
        assertThat(Files.readString(directory.resolve("pin-pepper.json"), StandardCharsets.UTF_8))
                .contains(key);
    }

    @Test
    void shouldKeepOldVersionsReadable() {
        Secrets secrets = Secrets.open(directory);
        KeyRing old = secrets.ring(Secrets.Purpose.QR_MAC);
        KeyRing both = KeyRing.ofJson(old.withNewVersion(secrets.random()).toJson());
        assertThat(both.currentVersion()).isEqualTo(2);
        assertThat(both.current()).isNotEqualTo(old.current());
        assertThat(both.hashes().get(1).digest(new byte[3]))
                .isEqualTo(new KeyedHash(old.current()).digest(new byte[3]));
    }
}
