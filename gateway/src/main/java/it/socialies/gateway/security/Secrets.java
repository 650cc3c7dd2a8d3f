// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The secrets of an installation, the only class that reads them: {@code DIR/secrets/keys}, made once at the first start with the JDK's
 * {@link SecureRandom} (OWASP ASVS 5.0, 11.5.1 and 13.3). They belong into the backup of the owner, apart from the databases: whoever
 * loses them loses every PIN and every printed card. Nothing here is ever logged; all of it prints redacted.
 */
public final class Secrets {
    static final String TOKEN_KEYS_FILE = "token-keys.json";
    private static final String AUDIT_KEY_FILE = "audit-key.json";

    /** Keyed hashes, and one cipher, each under a key of its own (NIST SP 800-57: one key, one purpose). */
    public enum Purpose {
        PIN_PEPPER("pin-pepper.json"),
        QR_MAC("qr-mac.json"),
        FINGERPRINT("fingerprint.json"),
        PERSON("person.json"),
        TERMINAL_REFERENCE("terminal-reference.json"),
        ISSUED("issued.json"),
        /** Encrypts the operators' second factors. */
        SECOND_FACTOR("second-factor.json"),
        /** Proves the codes that are typed from cards and hand-over sheets. */
        PRINTED_CODE("printed-code.json"),
        /** Draws the sample of what another person looks into. */
        SAMPLE("sample.json"),
        /** Wraps the keys of the persons in the vault. */
        PEOPLE_MASTER("people-master.json"),
        /** Finds persons in the vault by their tax code, or by name and birth date. */
        PEOPLE_INDEX("people-index.json"),
        /** Seals the bank accounts of shops, and proves the codes that confirm a change of them. */
        PAYEES("payees.json"),
        /** Seals what is said in disputes where no person is known. */
        DISPUTES("disputes.json"),
        /** Makes the codes under which publication lists name who got something. */
        PUBLICATION("publication.json"),
        /** Seals the secrets that sign webhooks. */
        WEBHOOKS("webhooks.json"),
        /** Seals the addresses at which shops are told something. */
        CONTACTS("contacts.json");

        private final String file;

        Purpose(String file) {
            this.file = file;
        }

        /** Installations that are older than this key get it at their next start; a missing one of the others is a loss. */
        boolean isYoung() {
            return this == SECOND_FACTOR
                    || this == PRINTED_CODE
                    || this == SAMPLE
                    || this == PAYEES
                    || this == DISPUTES
                    || this == PUBLICATION
                    || this == WEBHOOKS
                    || this == CONTACTS
                    || this == PEOPLE_MASTER
                    || this == PEOPLE_INDEX;
        }

        String file() {
            return file;
        }
    }

    private final Path directory;
    private final SecureRandom random;
    private final Map<Purpose, KeyRing> rings;

    private Secrets(Path directory, SecureRandom random, Map<Purpose, KeyRing> rings) {
        this.directory = directory;
        this.random = random;
        this.rings = rings;
    }

    /**
     * Loads the secrets, making them when the directory does not exist. It appears whole: a directory with a file missing is damage,
     * never a reason to make new keys. Blocks.
     *
     * @param directory {@code DIR/secrets/keys}; its parent exists
     * @throws SecretsUnusableException one line with the remedy
     */
    public static Secrets open(Path directory) {
        SecureRandom random = new SecureRandom();
        if (!Files.exists(directory)) {
            create(directory, random);
        }
        SecretFiles.requirePrivate(directory);
        Map<Purpose, KeyRing> rings = new EnumMap<>(Purpose.class);
        for (Purpose purpose : Purpose.values()) {
            Path file = directory.resolve(purpose.file);
            if (purpose.isYoung() && !Files.exists(file)) {
                writeFresh(file, random);
            }
            rings.put(purpose, readRing(file));
        }
        return new Secrets(directory, random, rings);
    }

    private static void create(Path directory, SecureRandom random) {
        Path staging = directory.resolveSibling(directory.getFileName() + ".new");
        deleteStaging(staging);
        SecretFiles.createDirectory(staging);
        for (Purpose purpose : Purpose.values()) {
            writeFresh(staging.resolve(purpose.file), random);
        }
        SecretFiles.rename(staging, directory);
    }

    private static void writeFresh(Path file, SecureRandom random) {
        SecretFiles.write(file, KeyRing.create(random).toJson().toBuffer().getBytes());
    }

    /** Left by a first start that died: nothing in it was ever used. */
    private static void deleteStaging(Path staging) {
        if (!Files.exists(staging)) {
            return;
        }
        try (Stream<Path> files = Files.list(staging)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(staging);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyRing readRing(Path file) {
        try {
            return KeyRing.ofJson(new JsonObject(Buffer.buffer(SecretFiles.read(file))));
        } catch (DecodeException | IllegalArgumentException | ClassCastException | NullPointerException e) {
            // The cause may quote the key.
            throw new SecretsUnusableException(file + " is damaged: restore it from the backup");
        }
    }

    /** The versions of one key. */
    public KeyRing ring(Purpose purpose) {
        KeyRing ring = rings.get(purpose);
        if (ring == null) {
            throw new IllegalStateException("no key for " + purpose);
        }
        return ring;
    }

    /** The current version of one key, ready to hash with. */
    public KeyedHash hash(Purpose purpose) {
        return new KeyedHash(ring(purpose).current());
    }

    /**
     * The signing keys of the tokens; the first is made at the first call. Blocks.
     *
     * @param nowMs installation time
     */
    public TokenKeys tokenKeys(TokenSettings settings, long nowMs) {
        return TokenKeys.open(directory.resolve(TOKEN_KEYS_FILE), settings, nowMs);
    }

    /**
     * The key that signs checkpoints; made at the first call. Blocks.
     *
     * @param signedBefore whether checkpoints exist: then a missing key is a loss, and no new one is made
     * @param nowMs wall clock
     */
    public AuditKeys auditKeys(boolean signedBefore, long nowMs) {
        return AuditKeys.open(directory.resolve(AUDIT_KEY_FILE), signedBefore, nowMs);
    }

    /** The source of everything that nobody may guess. */
    public SecureRandom random() {
        return random;
    }

    @Override
    public String toString() {
        return "Secrets[" + directory + ", redacted]";
    }
}
