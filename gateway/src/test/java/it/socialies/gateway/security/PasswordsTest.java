// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import static it.socialies.gateway.security.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    private final Passwords passwords = new Passwords(new SecureRandom());
    private final PasswordPolicy policy = new PasswordPolicy();

    @Test
    void shouldRecogniseThePasswordItHashed() {
        String phc = passwords.hash("un gatto sul tetto");
        assertThat(phc).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("gatto");
        assertThat(passwords.hash("un gatto sul tetto")).isNotEqualTo(phc);
        assertThat(passwords.verify("un gatto sul tetto", phc)).isTrue();
        assertThat(passwords.verify("un gatto sul tettO", phc)).isFalse();
        assertThat(passwords.verify("un gatto sul tetto", null)).isFalse();
    }

    @Test
    void shouldTakeAccentsAsTheyAreTyped() {
        String phc = passwords.hash("perch\u00e9 no, citt\u00e0");
        assertThat(passwords.verify("perche\u0301 no, citta\u0300", phc)).isTrue();
    }

    @Test
    void shouldRefuseAHashThatIsNotArgon2id() {
        assertThatThrownBy(() -> passwords.verify("x", "$argon2i$v=19$m=64,t=2,p=1$AAAA$AAAA"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q1w2e3r4t5y6",
                "hd764nw5d7e1vbv",
                "HD764nw5d7e1vbV",
                "bhrh0h2oof6xbqjeh",
                "entertainment",
                "2027-entertainment!?",
                "sojdlg123aljgsojdlg123aljg"
            })
    void shouldRefuseWhatABreachHasMadeKnown(final String password) {
        assertThat(refusal(() -> policy.requireGood(password, "anna"))).isEqualTo(RefusalCode.PASSWORD_TOO_WEAK);
    }

    @Test
    void shouldTakeLongPasswordsWhole() {
        final String passphrase = "un gatto verde sul tetto guarda la luna e pensa a un pesce azzurro che non vola";
        assertThat(passphrase.length()).isGreaterThan(64);
        policy.requireGood(passphrase, "anna");
        final String longest = (passphrase + ", ").repeat(3).substring(0, 200);
        policy.requireGood(longest, "anna");
        final String phc = passwords.hash(longest);

        assertThat(passwords.verify(longest, phc)).isTrue();
        assertThat(passwords.verify(longest.substring(0, 199), phc))
                .as("no character is cut off")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Balestrate2026!, Comune di Balestrate",
        "comunedibalestrate1, Comune di Balestrate",
        "Forlimpopoli.2026, Città di Forlimpopoli",
        "santuboldesio2026, Comune di Santuboldésio",
        "Quattromonti2026, Unione dei Comuni Valle dei Quattromonti",
    })
    void shouldRefuseWhatOnlyTheNameOfTheTownMakesLong(final String password, final String town) {
        assertThat(refusal(() -> policy.requireGood(password, "anna", town))).isEqualTo(RefusalCode.PASSWORD_TOO_WEAK);
    }

    @Test
    void shouldTakeAPassphraseThatAlsoNamesTheTown() {
        policy.requireGood("un gatto verde guarda Balestrate dal tetto", "anna", "Comune di Balestrate");
    }

    @Test
    void shouldRefusePasswordsThatGuessersTryEarly() {
        assertThat(refusal(() -> policy.requireGood("short-one", "anna"))).isEqualTo(RefusalCode.PASSWORD_TOO_SHORT);
        assertThat(refusal(() -> policy.requireGood("x".repeat(201), "anna"))).isEqualTo(RefusalCode.PASSWORD_TOO_LONG);
        assertThat(refusal(() -> policy.requireGood("password1234", "anna"))).isEqualTo(RefusalCode.PASSWORD_TOO_WEAK);
        assertThat(refusal(() -> policy.requireGood("aaaaaaaaaaaaaaaa", "anna")))
                .isEqualTo(RefusalCode.PASSWORD_TOO_WEAK);
        assertThat(refusal(() -> policy.requireGood("anna.sociali1", "anna.sociali")))
                .isEqualTo(RefusalCode.PASSWORD_TOO_WEAK);
        assertThat(refusal(() -> policy.requireGood("comunevoucher", "anna"))).isEqualTo(RefusalCode.PASSWORD_TOO_WEAK);
        assertThat(refusal(() -> policy.requireGood("anna.sociali1", "anna.sociali", null)))
                .isEqualTo(RefusalCode.PASSWORD_TOO_WEAK);
        policy.requireGood("un gatto verde sul tetto", "anna");
        policy.requireGood(OneTimeCode.create(new SecureRandom()), "anna");
    }
}
