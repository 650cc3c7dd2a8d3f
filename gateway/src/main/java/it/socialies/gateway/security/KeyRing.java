// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Versions 1 … 255 of one 256-bit key: the newest makes or encrypts, all verify or decrypt. Immutable; may be used from any thread; prints only its versions.
 */
public final class KeyRing {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_LENGTH = 32;
    private static final int MAX_VERSION = 255;

    private final int currentVersion;
    private final Map<Integer, SecretKey> keys;

    private KeyRing(int currentVersion, Map<Integer, SecretKey> keys) {
        this.currentVersion = currentVersion;
        this.keys = keys;
    }

    /** A ring with one fresh 256-bit key, version 1. */
    static KeyRing create(SecureRandom random) {
        return new KeyRing(0, Map.of()).withNewVersion(random);
    }

    /** This ring with one more, fresh, current version. */
    KeyRing withNewVersion(SecureRandom random) {
        int version = currentVersion + 1;
        if (version > MAX_VERSION) {
            throw new IllegalStateException("a key has at most 255 versions");
        }
        byte[] key = new byte[KEY_LENGTH];
        random.nextBytes(key);
        Map<Integer, SecretKey> all = new TreeMap<>(keys);
        all.put(version, new SecretKeySpec(key, ALGORITHM));
        return new KeyRing(version, all);
    }

    /** This ring without an old version: what it made is no longer verified. */
    KeyRing without(int version) {
        if (version == currentVersion || !keys.containsKey(version)) {
            throw new IllegalArgumentException("version " + version + " is no old version of this key");
        }
        Map<Integer, SecretKey> rest = new TreeMap<>(keys);
        rest.remove(version);
        return new KeyRing(currentVersion, rest);
    }

    /** Versions that only verify. */
    List<Integer> otherVersions() {
        return keys.keySet().stream()
                .filter(version -> version != currentVersion)
                .toList();
    }

    public int currentVersion() {
        return currentVersion;
    }

    /** The key of the current version. */
    public SecretKey current() {
        SecretKey key = keys.get(currentVersion);
        if (key == null) {
            throw new IllegalStateException("the current version has no key");
        }
        return key;
    }

    /** The key of a version, or null. */
    @Nullable
    SecretKey key(int version) {
        return keys.get(version);
    }

    /** A hash under each version, ready to use. */
    public Map<Integer, KeyedHash> hashes() {
        return keys.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> new KeyedHash(entry.getValue())));
    }

    static KeyRing ofJson(JsonObject json) {
        Map<Integer, SecretKey> keys = new TreeMap<>();
        JsonObject versions = json.getJsonObject("versions");
        for (String version : versions.fieldNames()) {
            byte[] key = Base64.getDecoder().decode(versions.getString(version));
            if (key.length != KEY_LENGTH) {
                throw new IllegalArgumentException("a key has 32 bytes");
            }
            keys.put(Integer.valueOf(version), new SecretKeySpec(key, ALGORITHM));
        }
        int current = json.getInteger("current");
        if (!keys.containsKey(current)) {
            throw new IllegalArgumentException("the current version is missing");
        }
        return new KeyRing(current, keys);
    }

    JsonObject toJson() {
        JsonObject versions = new JsonObject();
        keys.forEach((version, key) ->
                versions.put(version.toString(), Base64.getEncoder().encodeToString(key.getEncoded())));
        return new JsonObject().put("current", currentVersion).put("versions", versions);
    }

    @Override
    public String toString() {
        return "KeyRing" + keys.keySet();
    }
}
