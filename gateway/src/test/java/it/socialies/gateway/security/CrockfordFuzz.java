// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import it.socialies.fuzzing.FuzzTarget;
import it.socialies.fuzzing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Base 32: bytes come back, and one value has one spelling. */
public final class CrockfordFuzz implements FuzzTarget {
    @Override
    public void test(byte[] input) {
        if (!Arrays.equals(Crockford.decode(Crockford.encode(input), input.length), input)) {
            throw new AssertionError("bytes do not come back");
        }
        String text = new String(input, StandardCharsets.UTF_8);
        for (int length = text.length() * 5 / 8; length >= 0 && length >= text.length() * 5 / 8 - 1; length--) {
            byte[] bytes = Crockford.decode(text, length);
            if (bytes != null && !Crockford.encode(bytes).equals(text)) {
                throw new AssertionError("a second spelling");
            }
        }
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.texts("", "00", "ZW", "0123456789ABCDEFGHJKMNPQRSTVWXYZ", "O0", "iI");
    }
}
