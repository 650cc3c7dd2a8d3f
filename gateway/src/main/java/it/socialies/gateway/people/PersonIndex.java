// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.buffer.Buffer;
import it.socialies.gateway.security.KeyedHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.spec.SecretKeySpec;

/**
 * By what a person is found: HMAC-SHA-256 under a key of the controller, so equal persons of two circuits have nothing in common and who has the database alone can try no tax
 * code. May be used from any thread.
 */
final class PersonIndex {
    private static final byte[] DERIVATION = "socialies people index 1".getBytes(StandardCharsets.US_ASCII);
    private static final byte TAX_CODE = 1;
    private static final byte NAME = 2;

    private static final byte[] PUBLIC_CODES = "socialies public codes 1".getBytes(StandardCharsets.US_ASCII);

    private final KeyedHash root;
    private final ConcurrentMap<Integer, KeyedHash> circuits = new ConcurrentHashMap<>();

    /** @param root under the key {@code Secrets.Purpose.PEOPLE_INDEX} */
    PersonIndex(KeyedHash root) {
        this.root = root;
    }

    /** @param taxCode in capitals */
    Buffer taxCode(int circuitId, String taxCode) {
        return hash(circuitId, TAX_CODE, taxCode);
    }

    /** @param birthDate ISO 8601 */
    Buffer name(int circuitId, String familyName, String givenName, String birthDate) {
        return hash(circuitId, NAME, normalised(familyName) + '|' + normalised(givenName) + '|' + birthDate);
    }

    /** For the codes under which applications are published, which have nothing in common with what is found here. */
    KeyedHash publicCodes(int circuitId) {
        return derived(PUBLIC_CODES, circuitId);
    }

    private Buffer hash(int circuitId, byte field, String value) {
        KeyedHash ofCircuit = circuits.computeIfAbsent(circuitId, each -> derived(DERIVATION, each));
        return Buffer.buffer(ofCircuit.bytes(new byte[] {field}, value.getBytes(StandardCharsets.UTF_8)));
    }

    private KeyedHash derived(byte[] purpose, int circuitId) {
        byte[] circuit = ByteBuffer.allocate(Integer.BYTES).putInt(circuitId).array();
        return new KeyedHash(new SecretKeySpec(root.bytes(purpose, circuit), "HmacSHA256"));
    }

    /** As people and offices spell a name differently: case, accents, apostrophes, hyphens and blanks do not count. */
    static String normalised(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKD)
                .codePoints()
                .filter(Character::isLetter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .toUpperCase(Locale.ROOT);
    }
}
