// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import javax.crypto.SecretKey;

/**
 * Wraps the keys of persons: AES-256-GCM under a master key that lies in no database. Each version has an id, {@code 2-9f3a07c21be4d865}: its number, and eight bytes that say
 * which key that is and nothing about it, so another file with the same number is not taken for it. Immutable; may be used from any thread; prints only its ids.
 */
public final class MasterKeys {
    private static final String ID_LABEL = "socialies people master key id";
    private static final int ID_BYTES = 8;

    private final Map<String, SecretKey> keys = new HashMap<>();
    private final String currentId;
    private final SecureRandom random;

    public MasterKeys(KeyRing ring, SecureRandom random) {
        this.random = random;
        ring.otherVersions().forEach(version -> add(ring, version));
        currentId = add(ring, ring.currentVersion());
    }

    /**
     * Reads master keys from a file of the owner's choice, in the form of those in {@code DIR/secrets/keys}. Blocks.
     *
     * @throws SecretsUnusableException one line with the remedy
     */
    public static MasterKeys read(Path file, SecureRandom random) {
        try {
            return new MasterKeys(KeyRing.ofJson(new JsonObject(Buffer.buffer(SecretFiles.read(file)))), random);
        } catch (DecodeException | IllegalArgumentException | ClassCastException | NullPointerException e) {
            // The cause may quote the key.
            throw new SecretsUnusableException(file + " is damaged: restore it from the backup");
        }
    }

    private String add(KeyRing ring, int version) {
        SecretKey key = ring.key(version);
        if (key == null) {
            throw new IllegalArgumentException("no version " + version);
        }
        byte[] mark = new KeyedHash(key).bytes(ID_LABEL.getBytes(StandardCharsets.US_ASCII));
        String id = version + "-" + HexFormat.of().formatHex(mark, 0, ID_BYTES);
        keys.put(id, key);
        return id;
    }

    /** The key that wraps. */
    public String currentId() {
        return currentId;
    }

    /** All that can unwrap. */
    public Set<String> ids() {
        return Set.copyOf(keys.keySet());
    }

    /**
     * Wraps under the current key.
     *
     * @param owner whose key it is; only with the same does it open
     */
    public byte[] wrap(byte[] key, byte[] owner) {
        return AesGcm.seal(keyOf(currentId), random, associated(currentId, owner), key);
    }

    /**
     * Unwraps.
     *
     * @param id of the key it was wrapped under
     * @throws Refusal {@code PEOPLE_KEYS_UNREADABLE} when that is not here, or does not fit
     */
    public byte[] unwrap(String id, byte[] wrapped, byte[] owner) {
        try {
            return AesGcm.open(keyOf(id), associated(id, owner), wrapped);
        } catch (GeneralSecurityException e) {
            throw new Refusal(RefusalCode.PEOPLE_KEYS_UNREADABLE);
        }
    }

    private SecretKey keyOf(String id) {
        SecretKey key = keys.get(id);
        if (key == null) {
            throw new Refusal(RefusalCode.PEOPLE_KEYS_UNREADABLE);
        }
        return key;
    }

    private static byte[] associated(String id, byte[] owner) {
        byte[] text = id.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(Byte.BYTES + text.length + owner.length)
                .put((byte) text.length)
                .put(text)
                .put(owner)
                .array();
    }

    @Override
    public String toString() {
        return "MasterKeys" + keys.keySet();
    }
}
