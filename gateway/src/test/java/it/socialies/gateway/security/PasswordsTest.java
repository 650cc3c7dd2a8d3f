// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import static it.socialies.gateway.security.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

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

    @Test
    void shouldRefusePasswordsThatGuessersTryEarly() {
        assertThat(refusal(() -> policy.requireGood("short-one", "anna"))).isEqualTo(RefusalCode.PASSWORD_TOO_SHORT);
        assertThat(refusal(() -> policy.requireGood("x".repeat(201), "anna"))).isEqualTo(RefusalCode.PASSWORD_TOO_LONG);
        assertThat(refusal(() -> policy.requireGood("password1234", "anna"))).isEqualTo(RefusalCode.PASSWORD_TOO_WEAK);
        assertThat(refusal(() -> policy.requireGood("aaaaaaaaaaaaaaaa", "anna")))
                .isEqualTo(RefusalCode.PASSWORD_TOO_WEAK);
        assertThat(refusal(() -> policy.requireGood("anna.sociali1", "anna.sociali")))
                .isEqualTo(RefusalCode.PASSWORD_TOO_WEAK);
        policy.requireGood("un gatto verde sul tetto", "anna");
        policy.requireGood(OneTimeCode.create(new SecureRandom()), "anna");
    }
}
