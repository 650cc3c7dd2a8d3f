// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import static it.socialies.gateway.security.CardLogins.Outcome.NOT_JUDGED;
import static it.socialies.gateway.security.CardLogins.Outcome.RIGHT;
import static it.socialies.gateway.security.CardLogins.Outcome.WRONG;
import static it.socialies.gateway.security.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class CardLoginsTest {
    private static final CardToken CARD = new CardToken(1, 1);
    private static final String HOME = "192.0.2.10";

    private final ManualClock clock = new ManualClock();
    private final LongAdder heldBackCards = new LongAdder();
    private final CardLogins logins =
            new CardLogins(GuessLimits.defaults(), clock::nanos, new LongAdder(), new LongAdder(), heldBackCards);

    @Test
    void shouldNeverLetStrangersTakeTheLastTryOfACard() {
        logins.begin(CARD, "198.51.100.1").ended(WRONG);
        logins.begin(CARD, "198.51.100.2").ended(WRONG);

        for (int day = 0; day < 20; day++) {
            assertThat(refusal(() -> logins.begin(CARD, "203.0.113.7"))).isEqualTo(RefusalCode.TOO_MANY_ATTEMPTS);
            clock.advance(Duration.ofDays(1));
        }
        assertThat(heldBackCards.sum()).isEqualTo(20);
    }

    @Test
    void shouldGainNothingFromGuessesAtOnce() {
        logins.begin(CARD, "198.51.100.1");
        logins.begin(CARD, "198.51.100.2");

        assertThat(refusal(() -> logins.begin(CARD, "198.51.100.3"))).isEqualTo(RefusalCode.TOO_MANY_ATTEMPTS);
    }

    @Test
    void shouldOpenAgainWithTheRightPinAtATill() {
        logins.begin(CARD, "198.51.100.1").ended(WRONG);
        logins.begin(CARD, "198.51.100.1").ended(WRONG);

        logins.right(CARD);

        logins.begin(CARD, "198.51.100.1").ended(WRONG);
    }

    @Test
    void shouldLetTheHolderInFromAKnownAddressWhileOthersGuess() {
        logins.begin(CARD, HOME).ended(RIGHT);
        logins.begin(CARD, "198.51.100.1").ended(WRONG);
        logins.begin(CARD, "198.51.100.1").ended(WRONG);

        logins.begin(CARD, HOME).ended(RIGHT);
    }

    @Test
    void shouldBoundWhatOneAddressGetsWrongOverAllCards() {
        for (int card = 0; card < 20; card++) {
            logins.begin(new CardToken(7, card), "2001:db8::1").ended(WRONG);
        }

        assertThat(refusal(() -> logins.begin(new CardToken(7, 99), "2001:db8::2")))
                .isEqualTo(RefusalCode.TOO_MANY_ATTEMPTS);
        clock.advance(Duration.ofMinutes(3));
        logins.begin(new CardToken(7, 99), "2001:db8::2").ended(WRONG);
    }

    @Test
    void shouldNotCountWhatWasNotJudged() {
        for (int i = 0; i < 100; i++) {
            logins.begin(CARD, "198.51.100.1").ended(NOT_JUDGED);
        }
    }
}
