// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import it.socialies.fuzzing.FuzzTarget;
import it.socialies.fuzzing.Seeds;
import it.socialies.gateway.api.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Idempotency keys against the JDK's UUIDs: what is taken is the UUIDv7 that everybody reads there, and all of those are taken. */
public final class IdempotencyFuzz implements FuzzTarget {
    @Override
    public void test(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Idempotency key = Idempotency.parseOrNull(text);
        boolean isOne =
                text.matches("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}");
        if (isOne != (key != null)) {
            throw new AssertionError("a UUIDv7: " + isOne + ", and yet " + key);
        }
        if (key != null && !new UUID(key.hi(), key.lo()).equals(UUID.fromString(text))) {
            throw new AssertionError("read as another key");
        }
        try {
            if (!Idempotency.parse(text).equals(key)) {
                throw new AssertionError("two readings");
            }
        } catch (ProblemException e) {
            if (key != null) {
                throw new AssertionError("a good key is refused", e);
            }
        }
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.texts(
                "0195566a-7c10-7d3e-9b1f-5a2c4e6f8a01",
                "0195566A-7C10-7D3E-AB1F-5A2C4E6F8A01",
                "0195566a-7c10-4d3e-9b1f-5a2c4e6f8a01",
                "0195566a-7c10-7d3e-1b1f-5a2c4e6f8a01",
                "0195566a7c107d3e9b1f5a2c4e6f8a01");
    }
}
