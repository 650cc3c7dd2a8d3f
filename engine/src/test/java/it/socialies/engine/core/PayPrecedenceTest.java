// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A payment with everything wrong at once is refused for the first reason; each step of the table cures that one, and the next comes to light.
 */
class PayPrecedenceTest extends CoreTest {
    @Test
    void shouldRefuseForTheFirstReasonInTheDocumentedOrder() {
        final Town town = Town.open(core);
        final long books = town.fundedProgramme(Town.admitting(Town.BOOKS), 10_000);
        final long groceries = town.fundedProgramme(Town.admitting(Town.GROCERIES), 10_000);
        final Town.Shop shop = town.shop(Town.GROCERIES);
        final Town.Card card = town.card();
        final Digest code = Digest.of("code");
        final long terminalId = core.must(town.admin, Commands.registerTerminal(shop.outletId(), code))
                .one(TerminalRegisteredDecoder.class)
                .terminalId();
        final Principal terminal = Principal.terminal(terminalId, town.circuitId);
        core.must(town.admin, Commands.setMerchantStatus(shop.merchantId(), MerchantStatus.SUSPENDED));
        core.must(town.social, Commands.blockCard(card.cardId()));
        core.pass(Duration.ofMillis(limits().keyRetentionMaxMs()).plusDays(1));
        core.tickUntilQuiet();
        final long longAgoMs = core.nowMs() - 2 * limits().keyRetentionMaxMs();
        core.suspectClock(Duration.ofMinutes(10));
        final Pay invalid = Pay.with(card, -5).token(core.newToken()).pin("wrong");

        assertThat(core.send(terminal, Key.NONE, invalid)).refused(ResultCode.IDEMPOTENCY_KEY_MISSING);
        assertThat(core.send(terminal, Key.at(longAgoMs, 1), invalid)).refused(ResultCode.IDEMPOTENCY_KEY_TOO_OLD);
        assertThat(core.send(terminal, Key.at(core.nowMs() + 3_600_000, 1), invalid))
                .refused(ResultCode.IDEMPOTENCY_KEY_IN_FUTURE);

        assertThat(core.send(terminal, invalid)).refused(ResultCode.CLOCK_SUSPECT);
        core.must(town.firstInstaller.in(0), Commands.confirmClock(core.nowMs()));

        assertThat(core.send(terminal, invalid)).refused(ResultCode.FORBIDDEN);
        core.must(terminal, Commands.enrolTerminal(terminalId, code));

        assertThat(core.send(terminal, invalid)).refused(ResultCode.INVALID_AMOUNT);
        final Pay unknown = Pay.with(card, 500).token(core.newToken()).pin("wrong");

        assertThat(core.send(terminal, unknown)).refused(ResultCode.MERCHANT_SUSPENDED);
        core.must(town.admin, Commands.setMerchantStatus(shop.merchantId(), MerchantStatus.ACTIVE));

        assertThat(core.send(terminal, unknown)).refused(ResultCode.CARD_UNKNOWN);
        final Pay wrongPin = unknown.token(card.token());

        assertThat(core.send(terminal, wrongPin)).refused(ResultCode.CARD_BLOCKED);
        core.must(town.social, Commands.unblockCard(card.cardId()));

        for (int i = 0; i < 3; i++) {
            assertThat(core.send(terminal, wrongPin)).refused(ResultCode.PIN_WRONG);
        }
        assertThat(core.send(terminal, wrongPin)).refused(ResultCode.PIN_LOCKED);
        core.must(town.social, Commands.unblockCard(card.cardId()));
        final Pay proper = Pay.with(card, 500);

        assertThat(core.send(terminal, proper)).refused(ResultCode.INSUFFICIENT_FUNDS);
        town.topUp(card, books, 1000);
        assertThat(core.send(terminal, proper)).refused(ResultCode.CATEGORY_NOT_ALLOWED);
        town.topUp(card, groceries, 499);
        assertThat(core.send(terminal, proper)).refused(ResultCode.INSUFFICIENT_FUNDS);
        town.topUp(card, groceries, 1);

        assertThat(core.send(terminal, proper)).executed();
    }

    @Test
    void shouldTellAReplacedCardBeforeABlockedOne() {
        final Town town = Town.open(core);
        final Town.Shop shop = town.shop(Town.GROCERIES);
        final Town.Card card = town.card();
        core.must(town.social, Commands.blockCard(card.cardId()));
        core.must(town.social, Commands.replaceCard(card.cardId(), core.newToken()));

        assertThat(town.pay(shop, Pay.with(card, 10))).refused(ResultCode.CARD_REPLACED);
    }

    @Test
    void shouldGiveTheReasonOfTheMoneyInTheDocumentedOrder() {
        final Town town = Town.open(core);
        final Town.Shop shop = town.shop(Town.GROCERIES);
        final Town.Card card = town.card();
        final long dayMs = Duration.ofDays(1).toMillis();
        final long coming = programme(town, Town.GROCERIES, core.nowMs() + 50 * dayMs, core.nowMs() + 90 * dayMs);
        final long ended = programme(town, Town.GROCERIES, core.nowMs(), core.nowMs() + dayMs);
        final long elsewhere = programme(town, Town.BOOKS, core.nowMs(), core.nowMs() + 30 * dayMs);

        town.topUp(card, coming, 100);
        assertThat(town.pay(shop, Pay.with(card, 10))).refused(ResultCode.NOT_YET_VALID);
        town.topUp(card, ended, 100);
        core.pass(Duration.ofDays(2));
        assertThat(town.pay(shop, Pay.with(card, 10))).refused(ResultCode.EXPIRED);
        town.topUp(card, elsewhere, 100);
        assertThat(town.pay(shop, Pay.with(card, 10))).refused(ResultCode.CATEGORY_NOT_ALLOWED);
        assertThat(List.of(town.pocketOf(card, coming), town.pocketOf(card, elsewhere)))
                .containsExactly(100L, 100L);
    }

    private long programme(final Town town, final int category, final long fromMs, final long untilMs) {
        final long programmeId = core.must(
                        town.social, Commands.createProgramme(Town.admitting(category), fromMs, untilMs))
                .one(ProgrammeCreatedDecoder.class)
                .programmeId();
        town.decide(Proposal.publish(programmeId));
        town.decide(Proposal.moveFund(programmeId, 1000));
        return programmeId;
    }
}
