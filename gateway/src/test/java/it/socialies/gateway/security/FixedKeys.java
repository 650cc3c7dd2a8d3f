// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import io.vertx.core.json.JsonObject;
import java.util.Base64;

/** Keys that are the same in every process, so that what one finds the next can repeat. */
public final class FixedKeys {
    private FixedKeys() {}

    /** A ring of two versions. */
    public static KeyRing ring() {
        return KeyRing.ofJson(new JsonObject()
                .put("current", 2)
                .put("versions", new JsonObject().put("1", key(1)).put("2", key(2))));
    }

    /** The same before its second version took over. */
    public static KeyRing ringBefore() {
        return KeyRing.ofJson(new JsonObject().put("current", 1).put("versions", new JsonObject().put("1", key(1))));
    }

    private static String key(int first) {
        byte[] key = new byte[32];
        key[0] = (byte) first;
        return Base64.getEncoder().encodeToString(key);
    }
}
