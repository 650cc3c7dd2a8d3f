// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class OneTimeCodeTest {

    @Test
    void shouldBeReadAsAPersonTypesIt() {
        String code = OneTimeCode.create(new SecureRandom());
        assertThat(code).matches("([0-9A-Z]{4}-){3}[0-9A-Z]{4}");
        Digest256 digest = OneTimeCode.digest(code);
        assertThat(digest).isNotNull();
        assertThat(OneTimeCode.digest(code.toLowerCase(Locale.ROOT).replace("-", " ")))
                .isEqualTo(digest);
        assertThat(OneTimeCode.digest("OI1L-0000-0000-0000")).isEqualTo(OneTimeCode.digest("0111-0000-0000-0000"));
    }

    @Test
    void shouldNotReadWhatCannotBeACode() {
        assertThat(OneTimeCode.digest("")).isNull();
        assertThat(OneTimeCode.digest("0000-0000-0000-000")).isNull();
        assertThat(OneTimeCode.digest("0000-0000-0000-000!")).isNull();
    }
}
