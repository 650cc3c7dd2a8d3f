// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A key executes at most once, and whoever lost the answer learns the truth. */
class IdempotencyTest extends CoreTest {
    private Town town;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
    }

    private static Command anything() {
        return Commands.registerMerchant(1);
    }

    @Test
    void shouldWantAKeyForWhatChangesSomething() {
        assertThat(core.send(town.admin, Key.NONE, anything())).refused(ResultCode.IDEMPOTENCY_KEY_MISSING);
        assertThat(core.send(Principal.operator(999, town.circuitId), Key.NONE, anything()))
                .as("before anything else")
                .refused(ResultCode.IDEMPOTENCY_KEY_MISSING);
    }

    @Test
    void shouldExecuteAKeyOnce() {
        final Key key = core.newKey();
        final Answer first = core.send(town.admin, key, anything());

        assertThat(core.send(town.admin, key, anything())).repeats(first);
        core.pass(Duration.ofMinutes(4));
        assertThat(core.send(town.admin, key, anything())).repeats(first);
        assertThat(core.must(town.admin, anything())
                        .one(MerchantRegisteredDecoder.class)
                        .merchantId())
                .isEqualTo(2);
    }

    @Test
    void shouldKnowAKeyBeforeItAsksWhoUsesItForWhat() {
        final Key key = core.newKey();
        final Answer first = core.send(town.admin, key, anything());

        assertThat(core.send(town.auditor, key, anything())).repeats(first);
        assertThat(core.send(town.admin, key, Commands.openOutlet(99))).repeats(first);
        core.suspectClock(Duration.ofMinutes(10));
        assertThat(core.send(town.admin, key, anything())).repeats(first);
    }

    @Test
    void shouldLeaveTheKeyFreeAfterARefusalThatIsNotJournaled() {
        final Key key = core.newKey();
        assertThat(core.send(town.auditor, key, anything())).refused(ResultCode.FORBIDDEN);
        assertThat(core.send(town.admin, key, Commands.openOutlet(1))).refused(ResultCode.NOT_FOUND);

        assertThat(core.send(town.admin, key, anything())).executed();
    }

    @Test
    void shouldKeepAJournaledRefusalForTheKey() {
        final Town.Card card = town.card();
        final Key key = core.newKey();
        final Answer refused = core.send(town.social, key, Commands.unblockCard(card.cardId()));
        assertThat(refused).refused(ResultCode.CARD_STATE_CONFLICT);
        core.must(town.social, Commands.blockCard(card.cardId()));

        assertThat(core.send(town.social, key, Commands.unblockCard(card.cardId())))
                .repeats(refused);
    }

    @Test
    void shouldChangeNothingInADryRun() {
        assertThat(core.dryRun(town.admin, anything()).code()).isEqualTo(ResultCode.OK);
        assertThat(core.dryRun(town.auditor, anything()).code()).isEqualTo(ResultCode.FORBIDDEN);
        assertThat(core.dryRun(town.social, Commands.unblockCard(town.card().cardId()))
                        .code())
                .isEqualTo(ResultCode.CARD_STATE_CONFLICT);
        assertThat(core.must(town.admin, anything())
                        .one(MerchantRegisteredDecoder.class)
                        .merchantId())
                .isEqualTo(1);
    }

    @Test
    void shouldBeNoOracleForPins() {
        final Town.Shop shop = town.shop(1);
        final Town.Card card = town.card();
        for (final Pay guess : List.of(Pay.with(card, 1), Pay.with(card, 1).pin("0"))) {
            assertThat(core.dryRun(shop.terminal(), guess).code()).isEqualTo(ResultCode.INVALID_FIELD);
        }
        assertThat(core.dryRun(card.holder(), Commands.changePin(card.cardId(), card.verifier(), Digest.of("mine")))
                        .code())
                .isEqualTo(ResultCode.INVALID_FIELD);
        assertThat(core.dryRun(shop.terminal(), Commands.verifyPin(card.token(), card.verifier()))
                        .code())
                .isEqualTo(ResultCode.INVALID_FIELD);
        for (final Command guess : List.of(
                Commands.changePin(card.cardId(), card.verifier(), Digest.of("mine")),
                Commands.verifyPin(card.token(), card.verifier()))) {
            assertThat(core.dryRun(town.admin, guess).code())
                    .as("who may not guess is told so first")
                    .isEqualTo(ResultCode.FORBIDDEN);
        }
    }

    @Test
    void shouldRefuseAKeyFromTheFuture() {
        final long limitMs = core.nowMs() + Duration.ofSeconds(60).toMillis();

        assertThat(core.send(town.admin, Key.at(limitMs + 1, 1), anything()))
                .refused(ResultCode.IDEMPOTENCY_KEY_IN_FUTURE);
        assertThat(core.send(town.admin, Key.at(limitMs, 1), anything())).executed();
    }

    @Test
    void shouldLetKeysLeaveOnlyThroughTheWatermark() {
        final Key key = core.newKey();
        final Answer first = core.send(town.admin, key, anything());
        core.pass(Duration.ofMillis(limits().keyRetentionMinMs()).minusMillis(1));
        core.tickUntilQuiet();
        assertThat(core.send(town.admin, key, anything())).as("kept its time").repeats(first);

        core.pass(Duration.ofMillis(limits().keyRetentionMaxMs() + 1000));
        assertThat(core.send(town.admin, key, anything()))
                .as("no tick, no leaving")
                .repeats(first);
        final List<Answer> ticks = core.tickUntilQuiet();

        assertThat(ticks).allSatisfy(tick -> assertThat(tick).emitted("WatermarkRaised"));
        assertThat(ticks.getLast().one(WatermarkRaisedDecoder.class).watermarkMs())
                .isGreaterThanOrEqualTo(key.timeMs());
        assertThat(core.send(town.admin, key, anything())).refused(ResultCode.IDEMPOTENCY_KEY_TOO_OLD);
        assertThat(core.send(town.admin, Key.at(key.timeMs(), 999), anything()))
                .refused(ResultCode.IDEMPOTENCY_KEY_TOO_OLD);
    }

    @Test
    void shouldFollowAClockThatStepsByWeeks() {
        core.send(town.admin, anything());
        core.must(
                town.firstInstaller.in(0),
                Commands.stepClock(Duration.ofDays(60).toMillis()));

        core.tickUntilQuiet();

        assertThat(core.send(town.admin, anything())).executed();
    }

    // ---------------------------------------------------------------- resolution

    @Test
    void shouldTellTheSequenceOfAKeyThatExecuted() {
        final Key key = core.newKey();
        final Answer first = core.send(town.admin, key, anything());

        final Answer resolved = core.send(town.admin, Commands.resolveKey(key));

        assertThat(resolved).emitted("KeyResolved");
        assertThat(resolved.one(KeyResolvedDecoder.class).resolvedSequence()).isEqualTo(first.sequence());
    }

    @Test
    void shouldBurnAKeyThatDidNotExecute() {
        final Key lost = core.newKey();

        final Answer burned = core.send(town.admin, Commands.resolveKey(lost));

        assertThat(burned).emitted("KeyBurned");
        assertThat(core.send(town.admin, lost, anything()))
                .as("it can never execute any more")
                .repeats(burned);
        final Answer again = core.send(town.admin, Commands.resolveKey(lost));
        assertThat(again).emitted("KeyResolved");
        assertThat(again.one(KeyResolvedDecoder.class).resolvedSequence()).isEqualTo(burned.sequence());
    }

    @Test
    void shouldResolveForAnyPrincipal() {
        final Town.Shop shop = town.shop(1);
        final Town.Card card = town.card();

        for (final Principal who : List.of(town.auditor, town.firstInstaller, shop.terminal(), card.holder())) {
            assertThat(core.send(who, Commands.resolveKey(core.newKey()))).emitted("KeyBurned");
        }
        assertThat(core.send(Principal.operator(999, town.circuitId), Commands.resolveKey(core.newKey())))
                .refused(ResultCode.FORBIDDEN);
    }

    @Test
    void shouldResolveNothingThatIsNoKeyOrOutsideTheWindow() {
        final Key early = Key.at(core.nowMs(), 55);
        final long limitMs = core.nowMs() + Duration.ofSeconds(60).toMillis();
        assertThat(core.send(town.admin, Commands.resolveKey(Key.NONE))).refused(ResultCode.INVALID_FIELD);
        assertThat(core.send(town.admin, Commands.resolveKey(Key.at(limitMs + 1, 1))))
                .refused(ResultCode.IDEMPOTENCY_KEY_IN_FUTURE);
        assertThat(core.send(town.admin, Commands.resolveKey(Key.at(limitMs, 1))))
                .emitted("KeyBurned");

        core.pass(Duration.ofMillis(limits().keyRetentionMaxMs() + 1000));
        core.tickUntilQuiet();
        assertThat(core.send(town.admin, Commands.resolveKey(early))).refused(ResultCode.IDEMPOTENCY_KEY_UNKNOWN);
    }

    @Test
    void shouldSurviveACommandThatResolvesItsOwnKey() {
        final Key key = core.newKey();

        final Answer answer = core.send(town.admin, key, Commands.resolveKey(key));

        if (answer.isRecord()) {
            assertThat(core.send(town.admin, key, anything())).repeats(answer);
        } else {
            assertThat(core.send(town.admin, key, anything())).executed();
        }
    }

    /** A window of forty keys. */
    @Nested
    class WhenTheWindowIsFull extends CoreTest {
        @Override
        protected CoreLimits limits() {
            return Limits.defaultsExcept("keys", 40);
        }

        @Test
        void shouldAnswerBusyAndEvictNothing() {
            final Town small = Town.open(core);
            final Key first = core.newKey();
            final Answer executed = core.send(small.admin, first, anything());
            Answer last = executed;
            int sent = 0;
            while (last.code() == ResultCode.OK) {
                last = core.send(small.admin, anything());
                assertThat(++sent).as("the window fills").isLessThan(100);
            }

            assertThat(last).refused(ResultCode.BUSY);
            core.tickUntilQuiet();
            assertThat(core.send(small.admin, anything())).as("still young").refused(ResultCode.BUSY);
            assertThat(core.send(small.admin, first, anything())).repeats(executed);
            assertThat(core.ask(small.admin, Commands.queryStatus()).code()).isNotEqualTo(ResultCode.BUSY);

            core.pass(Duration.ofMillis(limits().keyRetentionMinMs() + 100));
            core.tickUntilQuiet();
            assertThat(core.send(small.admin, anything()))
                    .as("a full window lets go of what is old enough")
                    .executed();
        }

        @Test
        void shouldKeepAPlaceForAKeyThatMayBeBurned() {
            final Town small = Town.open(core);
            core.pass(Duration.ofMillis(limits().keyRetentionMaxMs() + 1000));
            core.tickUntilQuiet();
            for (int i = 0; i < 38; i++) {
                core.must(small.admin, anything());
            }

            assertThat(core.send(small.admin, Commands.resolveKey(core.newKey())))
                    .emitted("KeyBurned");
            assertThat(core.send(small.admin, anything())).refused(ResultCode.BUSY);
            assertThat(core.send(small.admin, Commands.resolveKey(core.newKey())))
                    .refused(ResultCode.BUSY);
        }
    }
}
