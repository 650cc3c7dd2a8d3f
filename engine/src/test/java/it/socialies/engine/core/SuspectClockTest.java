// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.protocol.sbe.ResultCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** While the clock is suspect, stamps stand still: it must stay possible to confirm it. */
class SuspectClockTest extends CoreTest {
    @Test
    void shouldTakeTheConfirmationWithAKeyOfTheRightTime() {
        final Town town = Town.open(core);
        final long steppedMs = Duration.ofDays(2).toMillis();
        final Principal installer = town.firstInstaller.in(0);
        final Key keyOfNow = Key.at(core.nowMs() + steppedMs, 1_000_000);

        assertRefusedWith(ResultCode.IDEMPOTENCY_KEY_IN_FUTURE, installer, keyOfNow);
        core.suspectClock(Duration.ZERO);

        AnswerAssert.assertThat(core.send(installer, keyOfNow, Commands.confirmClock(core.nowMs() + steppedMs)))
                .executed();
    }

    private void assertRefusedWith(final ResultCode code, final Principal who, final Key key) {
        AnswerAssert.assertThat(core.send(who, key, Commands.confirmClock(core.nowMs())))
                .refused(code);
    }
}
