// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import static it.socialies.gateway.security.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinTest {
    private static final CardToken CARD = new CardToken(0x0123456789abcdefL, -5);

    @TempDir
    private Path data;

    private PinVerifier verifier;

    @BeforeEach
    void open() {
        verifier = new PinVerifier(Secrets.open(data.resolve("keys")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"48213", "11112", "13579", "90210", "12354"})
    void shouldAcceptAPinThatIsNotTrivial(String pin) {
        assertThatCode(() -> PinPolicy.defaults().requireGood(bytes(pin))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "4821,PIN_LENGTH",
        "482135,PIN_LENGTH",
        "'',PIN_LENGTH",
        "4821a,PIN_NOT_DIGITS",
        "4821 ,PIN_LENGTH",
        "'4821 ',PIN_NOT_DIGITS",
        "00000,PIN_TOO_WEAK",
        "77777,PIN_TOO_WEAK",
        "12345,PIN_TOO_WEAK",
        "54321,PIN_TOO_WEAK",
        "78901,PIN_TOO_WEAK",
        "21098,PIN_TOO_WEAK"
    })
    void shouldRefuseAPinThatIs(String pin, RefusalCode code) {
        assertThat(refusal(() -> PinPolicy.defaults().requireGood(bytes(pin)))).isEqualTo(code);
    }

    @Test
    void shouldTakeTheLengthOfTheInstallation() {
        new PinPolicy(8).requireGood(bytes("48213907"));
        assertThatThrownBy(() -> new PinPolicy(3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PinPolicy(9)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldDependOnCardPinAndPepper() {
        Digest256 first = verifier.ofTyped(CARD, bytes("48213"));
        assertThat(verifier.ofTyped(CARD, bytes("48213"))).isEqualTo(first);
        assertThat(verifier.ofChosen(PinPolicy.defaults(), CARD, bytes("48213")))
                .isEqualTo(first);
        assertThat(verifier.ofTyped(CARD, bytes("48214"))).isNotEqualTo(first);
        assertThat(verifier.ofTyped(new CardToken(CARD.hi(), 6), bytes("48213")))
                .isNotEqualTo(first);
        PinVerifier elsewhere = new PinVerifier(Secrets.open(data.resolve("other")));
        assertThat(elsewhere.ofTyped(CARD, bytes("48213"))).isNotEqualTo(first);
        assertThat(verifier.pepperVersion()).isEqualTo(1);
    }

    @Test
    void shouldLeaveNoPinBehind() {
        byte[] good = bytes("48213");
        byte[] weak = bytes("11111");
        byte[] letters = bytes("4821x");
        verifier.ofTyped(CARD, good);
        refusal(() -> verifier.ofChosen(PinPolicy.defaults(), CARD, weak));
        refusal(() -> verifier.ofTyped(CARD, letters));
        assertThat(good).containsOnly(0);
        assertThat(weak).containsOnly(0);
        assertThat(letters).containsOnly(0);
    }

    private static byte[] bytes(String pin) {
        return pin.getBytes(StandardCharsets.US_ASCII);
    }
}
