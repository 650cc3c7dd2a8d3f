// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an owner does with the keys of an installation, by their files: look at them without seeing them, add a version that takes over, take an old one away. The
 * node reads its keys when it starts, so that is when a change works; beside a running node nothing breaks. Blocks.
 */
public final class KeyRotation {
    /** The keys that can be rotated; the others name people and things, which would be lost, or need the core. */
    public enum Rotatable {
        /** Signs access tokens; the node also rotates it by itself. */
        TOKENS,
        /** Signs the QR codes of cards; cards in circulation are of an older version for as long as it is kept. */
        QR,
        /** Encrypts the operators' second factors; each is under the new key when it is next used. */
        SECOND_FACTOR,
        /** Seals the bank accounts of shops; those that are there stay under the older version, which is kept. */
        PAYEES,
        /** Wraps the keys of the persons in the vault; at its next start the node wraps all of them under the new one. */
        PEOPLE_MASTER
    }

    /**
     * One key.
     *
     * @param current what new things are made with
     * @param others what is still accepted
     */
    public record Listed(String name, String current, List<String> others) {}

    private final Path directory;

    /**
     * @param directory {@code DIR/secrets/keys}
     * @throws SecretsUnusableException when it is not there, or others may read it
     */
    public KeyRotation(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new SecretsUnusableException(directory + " is missing: no node has started here");
        }
        SecretFiles.requirePrivate(directory);
        this.directory = directory;
    }

    /** All keys, by name and version; no key itself. */
    public List<Listed> list() {
        List<Listed> keys = new ArrayList<>();
        for (Secrets.Purpose purpose : Secrets.Purpose.values()) {
            if (purpose.isYoung() && !Files.exists(directory.resolve(purpose.file()))) {
                continue; // No node that knows it has started here yet.
            }
            KeyRing ring = ring(purpose);
            keys.add(new Listed(
                    purpose.name().toLowerCase(Locale.ROOT),
                    Integer.toString(ring.currentVersion()),
                    ring.otherVersions().stream().map(String::valueOf).toList()));
        }
        if (Files.exists(tokenFile())) {
            List<String> ids = tokenKeys().stream().map(JWK::getKeyID).toList();
            keys.add(new Listed("tokens", ids.getFirst(), ids.subList(1, ids.size())));
        }
        return keys;
    }

    /**
     * Makes a fresh key that takes over; the ones before go on being accepted.
     *
     * @param nowMs wall clock
     */
    public void rotate(Rotatable key, long nowMs) {
        switch (key) {
            case QR -> addVersion(Secrets.Purpose.QR_MAC);
            case SECOND_FACTOR -> addVersion(Secrets.Purpose.SECOND_FACTOR);
            case PAYEES -> addVersion(Secrets.Purpose.PAYEES);
            case PEOPLE_MASTER -> addVersion(Secrets.Purpose.PEOPLE_MASTER);
            case TOKENS -> {
                List<ECKey> keys = tokenKeys();
                // A sandbox clock runs ahead: the newest key is the one with the latest time.
                long newestMs = JwtTime.ms(keys.getFirst().getIssueTime());
                keys.addFirst(TokenKeys.newKey(Math.max(nowMs, newestMs + 1_000)));
                SecretFiles.write(tokenFile(), TokenKeys.json(keys));
            }
        }
    }

    /**
     * Takes an old version of the QR key away: the cards printed under it are no longer ours.
     *
     * @throws IllegalArgumentException when there is no such version, or it is the current one
     */
    public void retireQr(int version) {
        write(Secrets.Purpose.QR_MAC, ring(Secrets.Purpose.QR_MAC).without(version));
    }

    /**
     * Takes an old master key of persons' keys away: backups of keys that were made under it are worth nothing from then on. Only after a start of the node under the new one, which
     * wraps everything anew.
     *
     * @throws IllegalArgumentException when there is no such version, or it is the current one
     */
    public void retirePeopleMaster(int version) {
        write(Secrets.Purpose.PEOPLE_MASTER, ring(Secrets.Purpose.PEOPLE_MASTER).without(version));
    }

    private void addVersion(Secrets.Purpose purpose) {
        write(purpose, ring(purpose).withNewVersion(new SecureRandom()));
    }

    private KeyRing ring(Secrets.Purpose purpose) {
        Path file = directory.resolve(purpose.file());
        try {
            return KeyRing.ofJson(new JsonObject(Buffer.buffer(SecretFiles.read(file))));
        } catch (DecodeException | IllegalArgumentException | ClassCastException | NullPointerException e) {
            // The cause may quote the key.
            throw new SecretsUnusableException(file + " is damaged: restore it from the backup");
        }
    }

    private void write(Secrets.Purpose purpose, KeyRing ring) {
        SecretFiles.write(
                directory.resolve(purpose.file()), ring.toJson().toBuffer().getBytes());
    }

    private Path tokenFile() {
        return directory.resolve(Secrets.TOKEN_KEYS_FILE);
    }

    /** Newest first. */
    private List<ECKey> tokenKeys() {
        try {
            List<ECKey> keys = new ArrayList<>();
            for (JWK key : JWKSet.parse(new String(SecretFiles.read(tokenFile()), StandardCharsets.UTF_8))
                    .getKeys()) {
                keys.add((ECKey) key);
            }
            return TokenKeys.newestFirst(keys);
        } catch (ParseException | ClassCastException e) {
            throw new SecretsUnusableException(tokenFile() + " is damaged: delete it, and everybody logs in again");
        }
    }
}
