// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockTest extends CoreTest {
    private static final long DAY_MS = 24L * 3600 * 1000;

    @Test
    void shouldAddUpTheStepsOfASandboxClock() {
        final Principal installer = Town.start(core, InstallationMode.SANDBOX)[0];

        assertThat(core.must(installer, Commands.stepClock(DAY_MS))
                        .one(ClockSteppedDecoder.class)
                        .offsetMs())
                .isEqualTo(DAY_MS);
        assertThat(core.must(installer, Commands.stepClock(400 * DAY_MS))
                        .one(ClockSteppedDecoder.class)
                        .offsetMs())
                .isEqualTo(401 * DAY_MS);
        assertThat(core.core().clockOffsetMs()).isEqualTo(401 * DAY_MS);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 400 * DAY_MS + 1, Long.MIN_VALUE, Long.MAX_VALUE})
    void shouldRefuseAStepBackwardOrTooFar(final long advanceMs) {
        final Principal installer = Town.start(core, InstallationMode.SANDBOX)[0];

        assertRefused(ResultCode.INVALID_FIELD, installer, Commands.stepClock(advanceMs));
    }

    @Test
    void shouldNeverMoveALiveClock() {
        final Principal installer = Town.start(core, InstallationMode.LIVE)[0];

        assertRefused(ResultCode.NOT_A_SANDBOX, installer, Commands.stepClock(1));
        assertThat(core.core().clockOffsetMs()).isZero();
    }

    @Test
    void shouldStopMoneyButNotTheDeskWhileTheClockIsSuspect() {
        final Town town = Town.open(core);
        final long programmeId = town.fundedProgramme(Town.admitting(Town.GROCERIES), 10_000);
        final Town.Shop shop = town.shop(Town.GROCERIES);
        final Town.Card card = town.cardWith(programmeId, 5000);
        final long authorized = town.paid(shop, Pay.with(card, 100).manual());
        final long captured = town.paid(shop, Pay.with(card, 100));

        assertThat(core.suspectClock(Duration.ofMinutes(10))).emitted("ClockSuspected");

        assertThat(core.core().isClockSuspect()).isTrue();
        assertRefused(ResultCode.CLOCK_SUSPECT, shop.terminal(), Pay.with(card, 100));
        assertRefused(ResultCode.CLOCK_SUSPECT, shop.terminal(), Commands.capture(authorized, 100));
        assertRefused(ResultCode.CLOCK_SUSPECT, shop.terminal(), Commands.voidPayment(authorized));
        assertRefused(ResultCode.CLOCK_SUSPECT, shop.terminal(), Commands.refund(captured, 100));
        assertRefused(
                ResultCode.CLOCK_SUSPECT, card.holder(), Commands.transfer(card.walletId(), card.walletId(), 1, -1));
        assertThat(core.send(town.social, Commands.blockCard(card.cardId()))).executed();
    }

    @Test
    void shouldSweepNothingUntilTheClockIsConfirmed() {
        final Town town = Town.open(core);
        final long programmeId = town.programme(Town.admitting(Town.GROCERIES), Duration.ofDays(3), 10_000);
        final Town.Card card = town.cardWith(programmeId, 5000);

        core.suspectClock(Duration.ofDays(30));
        assertThat(core.tickForMoney()).isEmpty();
        assertThat(town.pocketOf(card, programmeId)).isEqualTo(5000);

        final Answer confirmed = core.send(town.firstInstaller.in(0), Commands.confirmClock(core.nowMs()));
        assertThat(confirmed).emitted("ClockConfirmed");
        assertThat(core.core().isClockSuspect()).isFalse();
        assertThat(core.tickForMoney()).isNotEmpty();
        assertThat(town.pocketOf(card, programmeId)).isZero();
    }

    @Test
    void shouldConfirmOnlyASuspectClock() {
        final Principal installer = Town.start(core, InstallationMode.SANDBOX)[0];

        assertRefused(ResultCode.INVALID_FIELD, installer, Commands.confirmClock(core.nowMs()));
    }
}
