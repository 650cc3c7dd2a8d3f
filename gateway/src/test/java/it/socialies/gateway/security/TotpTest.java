// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** RFC 6238, appendix B, SHA1, of whose eight digits the last six. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void shouldMakeTheCodesOfTheStandard(long seconds, String code) {
        Totp totp = at(seconds);
        assertThat(totp.code(SECRET, totp.currentStep())).isEqualTo(code);
        assertThat(totp.stepOf(SECRET, code)).hasValue(seconds / 30);
    }

    @Test
    void shouldTakeTheStepBeforeAndTheOneToComeAndNoFurther() {
        long step = 1_234_567_890 / 30;
        String code = at(1_234_567_890).code(SECRET, step);
        assertThat(at((step - 1) * 30).stepOf(SECRET, code)).hasValue(step);
        assertThat(at((step + 2) * 30 - 1).stepOf(SECRET, code)).hasValue(step);
        assertThat(at((step - 1) * 30 - 1).stepOf(SECRET, code)).isEmpty();
        assertThat(at((step + 2) * 30).stepOf(SECRET, code)).isEmpty();
    }

    @Test
    void shouldKnowNoOtherCode() {
        assertThat(at(59).stepOf(SECRET, "287083")).isEmpty();
        assertThat(at(59).stepOf(SECRET, "94287082")).isEmpty();
        assertThat(at(59).stepOf(SECRET, "")).isEmpty();
        assertThat(at(59).stepOf(new byte[Totp.SECRET_LENGTH], "287082")).isEmpty();
    }

    private static Totp at(long seconds) {
        return new Totp(() -> Instant.ofEpochSecond(seconds));
    }
}
