// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.qr;

import static it.socialies.gateway.security.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.gateway.security.CardToken;
import it.socialies.gateway.security.RefusalCode;
import it.socialies.gateway.security.Secrets;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardPayloadTest {
    private static final String CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    @TempDir
    private Path data;

    private CardPayload payloads;
    private ScannedCard card;
    private String text;

    @BeforeEach
    void make() {
        payloads = new CardPayload(Secrets.open(data.resolve("keys")).ring(Secrets.Purpose.QR_MAC));
        card = new ScannedCard(3, CardToken.random(new SecureRandom()));
        text = payloads.of(card.circuitId(), card.token());
    }

    @Test
    void shouldReadWhatItWrote() {
        assertThat(text).startsWith("IES1").hasSize(57).matches("[0-9A-Z]+");
        assertThat(payloads.read(text)).isEqualTo(card);
    }

    @ParameterizedTest
    @CsvSource({
        "'',QR_NOT_OURS",
        "IES,QR_NOT_OURS",
        "https://example.org/IES1,QR_NOT_OURS",
        "ies1000,QR_NOT_OURS",
        "IESX000,QR_NOT_OURS",
        "IES2000,QR_VERSION_UNKNOWN",
        "IES0,QR_VERSION_UNKNOWN",
        "IES1,QR_MALFORMED",
        "IES10,QR_MALFORMED",
        "IES1.AZVWanwQfT6bH1osTm-KAQ.cir_1.q83vEjRWeJA,QR_MALFORMED"
    })
    void shouldSayWhatIsWrongWith(String other, RefusalCode code) {
        assertThat(refusal(() -> payloads.read(other))).isEqualTo(code);
    }

    @Test
    void shouldRefuseEveryOtherCharacterAtEveryPlace() {
        for (int i = 0; i < text.length(); i++) {
            for (int j = 0; j < CHARACTERS.length(); j++) {
                char c = CHARACTERS.charAt(j);
                if (c != text.charAt(i)) {
                    String changed = text.substring(0, i) + c + text.substring(i + 1);
                    assertThat(refusal(() -> payloads.read(changed)))
                            .as(changed)
                            .isNotNull();
                }
            }
            String shorter = text.substring(0, i);
            assertThat(refusal(() -> payloads.read(shorter))).as(shorter).isNotNull();
        }
        assertThat(refusal(() -> payloads.read(text + "0"))).isEqualTo(RefusalCode.QR_MALFORMED);
        assertThat(refusal(() -> payloads.read(text.toLowerCase(java.util.Locale.ROOT))))
                .isEqualTo(RefusalCode.QR_NOT_OURS);
    }

    @Test
    void shouldTellAForgeryFromACardOfAnotherInstallation() {
        CardPayload elsewhere =
                new CardPayload(Secrets.open(data.resolve("other")).ring(Secrets.Purpose.QR_MAC));
        assertThat(refusal(() -> elsewhere.read(text))).isEqualTo(RefusalCode.QR_FORGED);
        String ofKey2 = "IES10" + '8' + text.substring(6);
        assertThat(refusal(() -> payloads.read(ofKey2))).isEqualTo(RefusalCode.QR_KEY_UNKNOWN);
    }
}
