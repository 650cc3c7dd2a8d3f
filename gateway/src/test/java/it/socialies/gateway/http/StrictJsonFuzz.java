// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import it.socialies.fuzzing.FuzzTarget;
import it.socialies.fuzzing.Seeds;
import it.socialies.gateway.api.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The gate before all JSON bodies: refused as malformed and nothing else, or JSON that the parser behind the gate reads, in UTF-8, and writes and reads again as the same. */
public final class StrictJsonFuzz implements FuzzTarget {
    @Override
    public void test(byte[] input) {
        try {
            StrictJson.require(Buffer.buffer(input));
        } catch (ProblemException e) {
            if (!e.code().equals("malformed")) {
                throw new AssertionError("refused as " + e.code(), e);
            }
            return;
        }
        String text = new String(input, StandardCharsets.UTF_8);
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), input)) {
            throw new AssertionError("passed, and yet not UTF-8");
        }
        String written = Json.encode(Json.decodeValue(text));
        if (!Json.encode(Json.decodeValue(written)).equals(written)) {
            throw new AssertionError("does not read again as the same");
        }
        StrictJson.require(Buffer.buffer(written));
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.texts(
                "{\"name\":\"Farmacia \u00e8\",\"amount\":{\"amount\":1240,\"currency\":\"EUR\"},\"list\":[1,-2.5e3,true,null]}",
                "{\"a\":1,\"a\":2}",
                "\"\\ud83d\\ude00\"",
                "\"\\ud83d\"",
                "[".repeat(17) + "]".repeat(17),
                "1e400",
                "{} {}",
                "/* */ 1");
    }
}
