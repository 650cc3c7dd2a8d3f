// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import static it.socialies.gateway.security.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private static final String TOWN_HALL = "192.0.2.10";

    private final ManualClock clock = new ManualClock();
    private final LoginThrottle throttle = new LoginThrottle(GuessLimits.defaults(), clock::nanos);

    @Test
    void shouldSlowDownGuessesAtOneAccountFromManyAddresses() {
        int guesses = guessFromEverywhere("anna");
        assertThat(guesses).isEqualTo(10);
    }

    @Test
    void shouldLetAPersonInFromAFamiliarAddressWhileOthersGuess() {
        throttle.begin("anna", TOWN_HALL).forgive(true);
        for (int day = 0; day < 3; day++) {
            guessFromEverywhere("anna");
            assertThatCode(() -> throttle.begin("Anna", TOWN_HALL).forgive(true))
                    .doesNotThrowAnyException();
            clock.advance(Duration.ofHours(8));
        }
    }

    @Test
    void shouldSlowDownAnAddressThatTriesManyAccounts() {
        for (int i = 0; i < 20; i++) {
            throttle.begin("user" + i, "2001:db8::1");
        }
        assertThat(refusal(() -> throttle.begin("user20", "2001:db8::2"))).isEqualTo(RefusalCode.TOO_MANY_ATTEMPTS);
        throttle.begin("user20", TOWN_HALL);
        clock.advance(Duration.ofSeconds(30));
        throttle.begin("user21", "2001:db8::3");
    }

    @Test
    void shouldNotCountWhatSucceeded() {
        for (int i = 0; i < 100; i++) {
            throttle.begin("anna", TOWN_HALL).forgive(true);
        }
    }

    @Test
    void shouldNeverCloseAnAccountForGood() {
        guessFromEverywhere("anna");
        clock.advance(Duration.ofMinutes(6));
        throttle.begin("anna", TOWN_HALL).forgive(true);
    }

    private int guessFromEverywhere(String username) {
        for (int guesses = 0; guesses < 1_000; guesses++) {
            try {
                throttle.begin(username, "10.0." + guesses / 250 + '.' + guesses % 250);
            } catch (Refusal e) {
                return guesses;
            }
        }
        return 1_000;
    }
}
