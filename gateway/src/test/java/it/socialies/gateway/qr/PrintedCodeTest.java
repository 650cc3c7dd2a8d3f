// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.qr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.gateway.security.FixedKeys;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrintedCodeTest {
    private static final String CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final long LARGEST = 0xFFFF_FFFFL;

    private final PrintedCode codes = new PrintedCode(FixedKeys.ring());

    @Test
    void shouldBeReadAsAPersonTypesIt() {
        for (long cardId : new long[] {1, 31, 160, 1_000_000, Integer.MAX_VALUE, LARGEST}) {
            String code = codes.grouped(PrintedCode.Use.BLOCK, cardId);

            assertThat(code).matches("([0-9A-Z]{4}-){3}[0-9A-Z]{4}");
            assertThat(codes.read(PrintedCode.Use.BLOCK, code)).isEqualTo(cardId);
            assertThat(codes.read(
                            PrintedCode.Use.BLOCK,
                            code.toLowerCase(Locale.ROOT)
                                    .replace("-", " ")
                                    .replace('0', 'o')
                                    .replace('1', 'l')))
                    .isEqualTo(cardId);
        }
    }

    @Test
    void shouldBeGoodForOneUseOnly() {
        assertThat(codes.read(PrintedCode.Use.CARD, codes.of(PrintedCode.Use.BLOCK, 7)))
                .isEqualTo(PrintedCode.NONE);
        assertThat(codes.read(PrintedCode.Use.BLOCK, codes.of(PrintedCode.Use.CARD, 7)))
                .isEqualTo(PrintedCode.NONE);
    }

    @Test
    void shouldRefuseEveryOtherCharacterAtEveryPlace() {
        String code = codes.of(PrintedCode.Use.BLOCK, 160);
        for (int place = 0; place < PrintedCode.LENGTH; place++) {
            for (int i = 0; i < CHARACTERS.length(); i++) {
                char other = CHARACTERS.charAt(i);
                if (code.charAt(place) != other) {
                    String changed = code.substring(0, place) + other + code.substring(place + 1);
                    assertThat(codes.read(PrintedCode.Use.BLOCK, changed)).isEqualTo(PrintedCode.NONE);
                }
            }
        }
    }

    /** Who has a code of an own card and knows other cards' numbers guesses the rest. */
    @Test
    void shouldNotBeGuessed() {
        Random random = new Random(5);
        String own = codes.of(PrintedCode.Use.BLOCK, 1);
        for (int i = 0; i < 200_000; i++) {
            StringBuilder guess =
                    new StringBuilder(own.substring(0, 6)).append(CHARACTERS.charAt(2 * random.nextInt(16)));
            while (guess.length() < PrintedCode.LENGTH) {
                guess.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            }
            if (!guess.toString().equals(own)) {
                assertThat(codes.read(PrintedCode.Use.BLOCK, guess.toString())).isEqualTo(PrintedCode.NONE);
            }
        }
    }

    @Test
    void shouldReadNothingElse() {
        for (String other :
                new String[] {"", " ", "0000-0000-0000-000", "IES1", "0000-0000-0000-000!", "\u0130".repeat(16)}) {
            assertThat(codes.read(PrintedCode.Use.BLOCK, other)).isEqualTo(PrintedCode.NONE);
        }
        assertThatThrownBy(() -> codes.of(PrintedCode.Use.CARD, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> codes.of(PrintedCode.Use.CARD, LARGEST + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
