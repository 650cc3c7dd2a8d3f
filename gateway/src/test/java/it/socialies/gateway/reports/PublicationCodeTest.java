// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.gateway.security.KeyedHash;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class PublicationCodeTest {
    private static final PublicationCode CODES = codes((byte) 1);

    private static PublicationCode codes(byte key) {
        byte[] bytes = new byte[32];
        bytes[0] = key;
        return new PublicationCode(new KeyedHash(new SecretKeySpec(bytes, "HmacSHA256")));
    }

    @Test
    void shouldBeTheSameForOnePersonInAYear() {
        assertThat(CODES.of(1, 2026, false, 77))
                .isEqualTo(CODES.of(1, 2026, false, 77))
                .matches(
                        "2026-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}");
    }

    @Test
    void shouldShareNothingWithAnotherYearCircuitPersonOrKey() {
        String tail = CODES.of(1, 2026, false, 77).substring(5);

        assertThat(CODES.of(1, 2027, false, 77)).doesNotContain(tail);
        assertThat(CODES.of(2, 2026, false, 77)).doesNotContain(tail);
        assertThat(CODES.of(1, 2026, true, 77)).doesNotContain(tail);
        assertThat(CODES.of(1, 2026, false, 78)).doesNotContain(tail);
        assertThat(codes((byte) 2).of(1, 2026, false, 77)).doesNotContain(tail);
    }
}
