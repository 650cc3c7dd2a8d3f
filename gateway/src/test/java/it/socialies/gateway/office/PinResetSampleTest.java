// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.gateway.security.KeyedHash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** What the sample is: so many, the same for ever, and another one under another key. */
class PinResetSampleTest {
    private static final int RESETS = 20_000;

    @Test
    void shouldDrawAboutOneInSoMany() {
        assertThat(sample("a key", 10)).hasSizeBetween(RESETS / 10 - 200, RESETS / 10 + 200);
        assertThat(sample("a key", 1)).hasSize(RESETS);
    }

    @Test
    void shouldDrawTheSameForEverAndSomethingElseUnderAnotherKey() {
        assertThat(sample("a key", 10)).isEqualTo(sample("a key", 10)).isNotEqualTo(sample("another key", 10));
    }

    @Test
    void shouldRefuseASampleOfNothing() {
        assertThatThrownBy(() -> sample("a key", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Long> sample(String key, int oneIn) {
        KeyedHash hash = new KeyedHash(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        PinResetSample sample = new PinResetSample(hash, oneIn);
        return LongStream.rangeClosed(1, RESETS).filter(sample::holds).boxed().toList();
    }
}
