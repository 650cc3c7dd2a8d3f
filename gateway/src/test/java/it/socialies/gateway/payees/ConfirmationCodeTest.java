// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payees;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.gateway.security.FixedKeys;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a letter bears and a shop tells back. */
class ConfirmationCodeTest {
    private static final String CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final long FIRST = 800_000_000_000_001L;
    private static final int MANY = 1_000;

    private final ConfirmationCode codes = new ConfirmationCode(FixedKeys.ring());

    @Test
    void shouldBeReadAsAPersonTypesItAndForItsAccountOnly() {
        Set<String> all = new HashSet<>();
        for (long payeeId = FIRST; payeeId < FIRST + MANY; payeeId++) {
            String code = codes.of(payeeId);
            all.add(code);
            assertThat(code).matches("[" + CHARACTERS + "]{8}");
            assertThat(codes.isOf(payeeId, code)).isTrue();
            assertThat(codes.isOf(
                            payeeId,
                            code.substring(0, 4)
                                            .toLowerCase(Locale.ROOT)
                                            .replace('0', 'o')
                                            .replace('1', 'l') + "-" + code.substring(4) + " "))
                    .isTrue();
            assertThat(codes.isOf(payeeId + 1, code)).isFalse();
        }
        assertThat(all).hasSize(MANY);
    }

    @Test
    void shouldRefuseEveryOtherCharacterAtEveryPlaceAndWhatIsNoCode() {
        String code = codes.of(FIRST);
        for (int place = 0; place < code.length(); place++) {
            for (int i = 0; i < CHARACTERS.length(); i++) {
                char other = CHARACTERS.charAt(i);
                if (code.charAt(place) != other) {
                    assertThat(codes.isOf(FIRST, code.substring(0, place) + other + code.substring(place + 1)))
                            .isFalse();
                }
            }
        }
        for (String no : new String[] {"", "--------", code.substring(1), code + "0", "ÀÀÀÀÀÀÀÀ", "UUUUUUUU"}) {
            assertThat(codes.isOf(FIRST, no)).as(no).isFalse();
        }
    }

    @Test
    void shouldStillKnowWhatAnOlderKeyMade() {
        ConfirmationCode before = new ConfirmationCode(FixedKeys.ringBefore());

        assertThat(before.of(FIRST)).isNotEqualTo(codes.of(FIRST));
        assertThat(codes.isOf(FIRST, before.of(FIRST))).isTrue();
    }
}
