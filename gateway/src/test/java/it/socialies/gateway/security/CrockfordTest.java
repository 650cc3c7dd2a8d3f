// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrockfordTest {
    private static final long SEED = 4915;

    @Test
    void shouldReadWhatItWrote() {
        Random random = new Random(SEED);
        for (int length = 0; length < 70; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            String text = Crockford.encode(bytes);
            assertThat(text).hasSize(Crockford.encodedLength(length)).matches("[0-9A-HJKMNP-TV-Z]*");
            assertThat(Crockford.decode(text, length))
                    .as("seed %d length %d", SEED, length)
                    .isEqualTo(bytes);
        }
    }

    @Test
    void shouldWriteAKnownValue() {
        assertThat(Crockford.encode("hello".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("D1JPRV3F");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "D1JPRV3",
                "D1JPRV3FF",
                "d1jprv3f",
                "D1JPRVIF",
                "D1JPRVUF",
                "D1JPRV3\u00e9",
                "D1JPRV3\u4e00",
                "D1JPRV 3"
            })
    void shouldRefuseEverythingElse(String text) {
        assertThat(Crockford.decode(text, 5)).isNull();
    }

    @Test
    void shouldRefuseASecondSpellingOfTheSameBytes() {
        assertThat(Crockford.encode(new byte[] {-1})).isEqualTo("ZW");
        assertThat(Crockford.decode("ZX", 1)).isNull();
    }
}
