// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three tries, twelve hours, then the desk. */
class PinTest extends CoreTest {
    private static final Digest WRONG = Digest.of("00000");
    private static final Duration LOCK = Duration.ofHours(12);

    private Town town;
    private Town.Shop shop;
    private Town.Card card;
    private long programmeId;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
        programmeId = town.fundedProgramme(Town.admitting(Town.GROCERIES), 10_000);
        shop = town.shop(Town.GROCERIES);
        card = town.cardWith(programmeId, 1000);
    }

    private Answer verify(final Digest verifier) {
        return core.ask(shop.terminal(), Commands.verifyPin(card.token(), verifier));
    }

    private PinAttemptedDecoder wrongTry() {
        final Answer answer = verify(WRONG);
        assertThat(answer).refused(ResultCode.PIN_WRONG);
        return answer.one(PinAttemptedDecoder.class);
    }

    private void lock() {
        for (int i = 0; i < 3; i++) {
            wrongTry();
        }
    }

    @Test
    void shouldProveACardByItsPin() {
        final Answer verified = verify(card.verifier());

        assertThat(verified).emitted("CardVerified");
        assertThat(verified.one(CardVerifiedDecoder.class).walletId()).isEqualTo(card.walletId());
    }

    @Test
    void shouldLetALoginProveACardWithoutATerminal() {
        assertThat(core.ask(Principal.holder(0, town.circuitId), Commands.verifyPin(card.token(), card.verifier())))
                .emitted("CardVerified");
    }

    @Test
    void shouldCountTriesAndLockAtTheThird() {
        final PinAttemptedDecoder first = wrongTry();
        assertThat(first.result()).isEqualTo(PinResult.WRONG);
        assertThat(first.tries()).isEqualTo((short) 1);
        assertThat(wrongTry().tries()).isEqualTo((short) 2);

        final PinAttemptedDecoder third = wrongTry();
        assertThat(third.result()).isEqualTo(PinResult.LOCKED);
        assertThat(third.tries()).isEqualTo((short) 0);
        assertThat(third.locks()).isEqualTo((short) 1);
        assertThat(third.lockedUntilMs()).isEqualTo(core.nowMs() + LOCK.toMillis());
        assertThat(verify(card.verifier())).answered(ResultCode.PIN_LOCKED);
    }

    @Test
    void shouldLiftTheFirstLockAfterTwelveHours() {
        lock();
        core.pass(LOCK.minusMillis(1));
        assertThat(verify(card.verifier())).answered(ResultCode.PIN_LOCKED);

        core.pass(Duration.ofMillis(1));

        assertThat(verify(card.verifier())).executed();
    }

    @Test
    void shouldLiftAtTheDeskWhatIsStillLockedAndNothingElse() {
        lock();
        core.pass(LOCK.minusMillis(1));
        assertThat(core.dryRun(town.social, Commands.unblockCard(card.cardId())).code())
                .isEqualTo(ResultCode.OK);

        core.pass(Duration.ofMillis(1));

        assertRefused(ResultCode.CARD_STATE_CONFLICT, town.social, Commands.unblockCard(card.cardId()));
    }

    @Test
    void shouldForgetTriesWithAPinResetAtTheDesk() {
        wrongTry();
        core.must(town.social, Commands.resetPin(card.cardId(), Digest.of("new")));

        assertThat(wrongTry().tries()).isEqualTo((short) 1);
    }

    @Test
    void shouldCountNothingWhileLocked() {
        lock();

        final Answer refused = verify(WRONG);

        assertThat(refused).answered(ResultCode.PIN_LOCKED);
        assertThat(refused.has(PinAttemptedDecoder.class)).isFalse();
    }

    @Test
    void shouldGiveThreeNewTriesAfterTheFirstLock() {
        lock();
        core.pass(LOCK);

        assertThat(wrongTry().tries()).isEqualTo((short) 1);
        assertThat(verify(card.verifier())).executed();
    }

    @Test
    void shouldLiftAFurtherLockOnlyAtTheDesk() {
        lock();
        core.pass(LOCK);
        assertThat(verify(card.verifier())).executed();
        lock();
        core.pass(Duration.ofDays(3650));
        assertThat(verify(card.verifier())).answered(ResultCode.PIN_LOCKED);

        final Answer unblocked = core.send(town.social, Commands.unblockCard(card.cardId()));

        assertThat(unblocked).emitted("PinAttempted");
        final PinAttemptedDecoder attempt = unblocked.one(PinAttemptedDecoder.class);
        assertThat(attempt.result()).isEqualTo(PinResult.CORRECT);
        assertThat(attempt.tries()).isEqualTo((short) 0);
        assertThat(attempt.locks()).isEqualTo((short) 0);
        assertThat(verify(card.verifier())).executed();
    }

    @Test
    void shouldStartAnewWithAPinResetAtTheDesk() {
        lock();
        core.pass(LOCK);
        lock();

        assertThat(core.send(town.social, Commands.resetPin(card.cardId(), Digest.of("new"))))
                .emitted("PinSet");

        assertThat(verify(Digest.of("new"))).executed();
        lock();
        core.pass(LOCK);
        assertThat(verify(Digest.of("new"))).as("the first lock since the desk").executed();
    }

    @Test
    void shouldForgetWrongTriesWithTheRightPinButNotTheLock() {
        wrongTry();
        wrongTry();

        final Answer right = verify(card.verifier());

        assertThat(right.names()).containsExactlyInAnyOrder("CardVerified", "PinAttempted");
        assertThat(right.one(PinAttemptedDecoder.class).result()).isEqualTo(PinResult.CORRECT);
        assertThat(verify(card.verifier())).emitted("CardVerified");
        assertThat(wrongTry().tries()).isEqualTo((short) 1);
    }

    @Test
    void shouldCountWrongPinsAtTheTillToo() {
        for (int triesLeft = 2; triesLeft >= 0; triesLeft--) {
            final Answer refused = town.pay(shop, Pay.with(card, 100).pin("00000"));
            assertThat(refused).refused(ResultCode.PIN_WRONG);
            assertThat(refused.names()).containsExactly("PinAttempted", "PaymentRejected");
            assertThat(refused.one(PaymentRejectedDecoder.class).triesLeft()).isEqualTo((short) triesLeft);
        }
        assertThat(town.pay(shop, Pay.with(card, 100))).refused(ResultCode.PIN_LOCKED);
    }

    @Test
    void shouldCountTriesWhereverTheyAreMade() {
        wrongTry();
        town.pay(shop, Pay.with(card, 100).pin("00000"));
        assertThat(core.send(card.holder(), Commands.changePin(card.cardId(), WRONG, Digest.of("mine"))))
                .refused(ResultCode.PIN_WRONG);

        assertThat(verify(card.verifier())).answered(ResultCode.PIN_LOCKED);
    }

    @Test
    void shouldTellOfTheRightPinAfterWrongOnesAtTheTill() {
        wrongTry();

        assertThat(town.pay(shop, Pay.with(card, 100)))
                .emitted("PinAttempted", "AccountOpened", "PaymentMade", "HoldPosted");
    }

    @Test
    void shouldTellOfTheRightPinEvenWhenThePaymentIsRefused() {
        wrongTry();

        final Answer refused = town.pay(shop, Pay.with(card, 5000));

        assertThat(refused).refused(ResultCode.INSUFFICIENT_FUNDS);
        assertThat(refused.names()).containsExactly("PinAttempted", "PaymentRejected");
        assertThat(refused.one(PinAttemptedDecoder.class).result()).isEqualTo(PinResult.CORRECT);
    }

    @Test
    void shouldChangeThePinWithTheOldOne() {
        assertThat(core.send(card.holder(), Commands.changePin(card.cardId(), card.verifier(), Digest.of("mine"))))
                .emitted("PinSet");

        assertThat(verify(card.verifier())).refused(ResultCode.PIN_WRONG);
        assertThat(verify(Digest.of("mine"))).executed();
    }

    @Test
    void shouldCheckTheCardBeforeThePin() {
        assertThat(core.ask(shop.terminal(), Commands.verifyPin(core.newToken(), WRONG)))
                .answered(ResultCode.CARD_UNKNOWN);
        core.must(town.social, Commands.blockCard(card.cardId()));
        assertThat(verify(WRONG)).answered(ResultCode.CARD_BLOCKED);
    }

    @Test
    void shouldTakeNoVerifierOfZeros() {
        final Town.Card blank = town.blankCard();
        assertRefused(ResultCode.INVALID_FIELD, town.social, Commands.activateCard(blank.cardId(), Digest.ZERO));
        assertRefused(ResultCode.INVALID_FIELD, town.social, Commands.resetPin(card.cardId(), Digest.ZERO));
        assertRefused(
                ResultCode.INVALID_FIELD,
                card.holder(),
                Commands.changePin(card.cardId(), card.verifier(), Digest.ZERO));
    }
}
