// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.TreeSet;

/** JSON in one spelling: members sorted by name, no blanks, UTF-8 (RFC 8785, but that a vault record has no numbers). Stateless. */
public final class CanonicalJson {
    private CanonicalJson() {}

    public static byte[] bytes(JsonObject json) {
        return sorted(json).toBuffer().getBytes();
    }

    public static JsonObject read(byte[] bytes) {
        return new JsonObject(Buffer.buffer(bytes));
    }

    private static JsonObject sorted(JsonObject json) {
        JsonObject sorted = new JsonObject();
        for (String name : new TreeSet<>(json.fieldNames())) {
            sorted.put(name, value(json.getValue(name)));
        }
        return sorted;
    }

    private static Object value(Object value) {
        if (value instanceof JsonObject nested) {
            return sorted(nested);
        }
        if (value instanceof JsonArray array) {
            JsonArray values = new JsonArray();
            array.forEach(each -> values.add(value(each)));
            return values;
        }
        return value;
    }
}
