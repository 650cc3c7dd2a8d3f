// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgrammesTest extends CoreTest {
    private static final long GROCERIES = Town.admitting(Town.GROCERIES);

    private Town town;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
    }

    @Test
    void shouldCreateADraftThatHoldsNoMoneyYet() {
        final Answer created = core.send(
                town.social, Commands.createProgramme(GROCERIES, core.nowMs(), core.nowMs() + 1000, 1, 2, 3, 4, 5));

        assertThat(created).emitted("ProgrammeCreated", "AccountOpened", "AccountOpened");
        assertThat(created.all(AccountOpenedDecoder.class))
                .extracting(AccountOpenedDecoder::kind)
                .containsExactly(AccountKind.FUNDING, AccountKind.FUND);
        final long programmeId = created.one(ProgrammeCreatedDecoder.class).programmeId();
        assertRefused(
                ResultCode.PROGRAMME_STATE_CONFLICT,
                town.treasurer,
                Commands.propose(Proposal.moveFund(programmeId, 100)));
        assertRefused(
                ResultCode.PROGRAMME_STATE_CONFLICT,
                town.social,
                Commands.propose(Proposal.topUp(town.card().walletId(), programmeId, 100)));
    }

    @ParameterizedTest(name = "categories {0}, from {1}, until {2}, cap {3}")
    @CsvSource({
        "0, 0, 1000, 0",
        "2, 1000, 1000, 0",
        "2, 1001, 1000, 0",
        "2, -2000, 0, 0",
        "2, -2000, -1000, 0",
        "2, 0, 1000, -1",
    })
    void shouldRefuseARuleThatMakesNoSense(
            final long categories, final long fromNowMs, final long untilFromNowMs, final long cap) {
        for (int household = 1; household <= 5; household++) {
            final long[] caps = new long[5];
            caps[household - 1] = cap;
            assertRefused(
                    ResultCode.INVALID_FIELD,
                    town.social,
                    Commands.createProgramme(
                            categories, core.nowMs() + fromNowMs, core.nowMs() + untilFromNowMs, caps));
        }
    }

    @Test
    void shouldPublishADraftOnceAndNotAfterItsEnd() {
        final long programmeId = town.draft(GROCERIES, Duration.ofDays(1));
        assertThat(town.decide(Proposal.publish(programmeId))).emitted("ProposalDecided", "ProgrammeStatusChanged");
        assertRefused(
                ResultCode.PROGRAMME_STATE_CONFLICT, town.social, Commands.propose(Proposal.publish(programmeId)));

        final long late = town.draft(GROCERIES, Duration.ofDays(1));
        core.pass(Duration.ofDays(1));
        assertRefused(ResultCode.PROGRAMME_EXPIRED, town.social, Commands.propose(Proposal.publish(late)));
    }

    @Test
    void shouldSuspendAndResume() {
        final long programmeId = town.fundedProgramme(GROCERIES, 10_000);
        final Town.Card card = town.cardWith(programmeId, 1000);
        final Town.Shop shop = town.shop(Town.GROCERIES);
        final long draft = town.draft(GROCERIES, Duration.ofDays(1));

        core.must(town.social, Commands.setProgrammeStatus(programmeId, ProgrammeStatus.SUSPENDED));
        assertThat(town.pay(shop, Pay.with(card, 100)).isExecuted()).isFalse();
        assertRefused(
                ResultCode.PROGRAMME_STATE_CONFLICT,
                town.social,
                Commands.setProgrammeStatus(programmeId, ProgrammeStatus.SUSPENDED));

        core.must(town.admin, Commands.setProgrammeStatus(programmeId, ProgrammeStatus.ACTIVE));
        town.paid(shop, Pay.with(card, 100));
        assertRefused(
                ResultCode.PROGRAMME_STATE_CONFLICT,
                town.social,
                Commands.setProgrammeStatus(programmeId, ProgrammeStatus.ACTIVE));
        assertRefused(
                ResultCode.PROGRAMME_STATE_CONFLICT,
                town.social,
                Commands.setProgrammeStatus(draft, ProgrammeStatus.ACTIVE));
        assertRefused(ResultCode.NOT_FOUND, town.social, Commands.setProgrammeStatus(99, ProgrammeStatus.ACTIVE));
    }

    @Test
    void shouldGiveAFundBackToTheFunderButNoMoreThanIsLeft() {
        final long programmeId = town.fundedProgramme(GROCERIES, 10_000);
        town.cardWith(programmeId, 4000);

        assertRefused(
                ResultCode.FUND_INSUFFICIENT, town.treasurer, Commands.propose(Proposal.moveFund(programmeId, -6001)));
        assertRefused(
                ResultCode.FUND_COMMITTED, town.treasurer, Commands.propose(Proposal.moveFund(programmeId, -6000)));
        town.decide(Proposal.commitFund(programmeId, -6000, 1));
        final Answer moved = town.decide(Proposal.moveFund(programmeId, -6000));

        assertThat(moved.one(FundMovedDecoder.class).amount()).isEqualTo(-6000);
        assertThat(moved.one(FundMovedDecoder.class).available()).isZero();
        assertThat(town.fundOf(programmeId)).isZero();
    }

    @Test
    void shouldHoldNoMoreThanCanBeCounted() {
        final long programmeId = town.fundedProgramme(GROCERIES, 100_000_000_000_000L);

        assertRefused(ResultCode.LIMIT_EXCEEDED, town.treasurer, Commands.propose(Proposal.moveFund(programmeId, 1)));
    }

    @Test
    void shouldGiveAWalletSixteenPocketsAndNoMore() {
        final Town.Card card = town.card();
        for (int i = 0; i < 16; i++) {
            town.topUp(card, town.fundedProgramme(GROCERIES, 10), 10);
        }
        final long one = town.fundedProgramme(GROCERIES, 10);

        assertRefused(
                ResultCode.POCKETS_EXHAUSTED, town.social, Commands.propose(Proposal.topUp(card.walletId(), one, 10)));
        town.topUp(town.card(), one, 10);
    }

    @ParameterizedTest(name = "household of {0}: at most {1}")
    @CsvSource({"1, 300", "2, 400", "3, 600", "4, 700", "5, 800", "6, 800", "20, 800"})
    void shouldCapWhatAHouseholdReceives(final int householdSize, final long cap) {
        final long programmeId = town.programme(GROCERIES, Duration.ofDays(30), 10_000, 300, 400, 600, 700, 800);
        final Town.Card card = town.card(householdSize);
        town.topUp(card, programmeId, cap - 1);
        town.paid(town.shop(Town.GROCERIES), Pay.with(card, cap - 1));

        assertRefused(
                ResultCode.HOUSEHOLD_CAP_EXCEEDED,
                town.social,
                Commands.propose(Proposal.topUp(card.walletId(), programmeId, 2)));
        town.topUp(card, programmeId, 1);
        assertRefused(
                ResultCode.HOUSEHOLD_CAP_EXCEEDED,
                town.social,
                Commands.propose(Proposal.topUp(card.walletId(), programmeId, 1)));
    }

    @Test
    void shouldCountAWalletWithoutAHolderAsOnePerson() {
        final long programmeId = town.programme(GROCERIES, Duration.ofDays(30), 10_000, 300, 400);
        final Town.Card blank = town.blankCard();

        assertRefused(
                ResultCode.HOUSEHOLD_CAP_EXCEEDED,
                town.social,
                Commands.propose(Proposal.topUp(blank.walletId(), programmeId, 301)));
        town.topUp(blank, programmeId, 300);
    }

    @Test
    void shouldCapNothingWhereTheCapIsZero() {
        final long programmeId = town.programme(GROCERIES, Duration.ofDays(30), 10_000, 300, 0);

        town.topUp(town.card(2), programmeId, 10_000);
    }

    @Test
    void shouldHoldTheCapAgainstTwoProposalsInFlight() {
        final long programmeId = town.programme(GROCERIES, Duration.ofDays(30), 10_000, 300);
        final Town.Card card = town.card(1);
        final Proposal proposal = Proposal.topUp(card.walletId(), programmeId, 200);
        final long first = town.propose(town.social, proposal);
        final long second = town.propose(town.social, proposal);

        core.must(town.secondSocial, Commands.approve(first, proposal));

        assertRefused(ResultCode.HOUSEHOLD_CAP_EXCEEDED, town.secondSocial, Commands.approve(second, proposal));
    }

    @Test
    void shouldTopUpNothingFromItsEndOn() {
        final long programmeId = town.programme(GROCERIES, Duration.ofDays(30), 10_000);
        final Town.Card card = town.card();
        final Proposal proposal = Proposal.topUp(card.walletId(), programmeId, 200);
        final long early = town.propose(town.social, proposal);
        final long draft = town.draft(GROCERIES, Duration.ofDays(1));

        core.pass(Duration.ofDays(31));

        assertRefused(ResultCode.PROGRAMME_EXPIRED, town.social, Commands.propose(proposal));
        assertRefused(ResultCode.PROGRAMME_EXPIRED, town.secondSocial, Commands.approve(early, proposal));
        assertRefused(
                ResultCode.PROGRAMME_STATE_CONFLICT,
                town.social,
                Commands.propose(Proposal.topUp(card.walletId(), draft, 1)));
    }

    @Test
    void shouldMissAWalletBeforeItJudgesTheProgramme() {
        final long ended = town.programme(GROCERIES, Duration.ofDays(1), 10_000);
        core.pass(Duration.ofDays(1));

        assertRefused(ResultCode.NOT_FOUND, town.social, Commands.propose(Proposal.topUp(99, ended, 1)));
    }

    @Test
    void shouldNotFindWhatIsNotThere() {
        final long programmeId = town.fundedProgramme(GROCERIES, 10_000);
        final Town.Card card = town.card();

        assertRefused(ResultCode.NOT_FOUND, town.social, Commands.propose(Proposal.publish(99)));
        assertRefused(ResultCode.NOT_FOUND, town.treasurer, Commands.propose(Proposal.moveFund(99, 1)));
        assertRefused(ResultCode.NOT_FOUND, town.social, Commands.propose(Proposal.topUp(99, programmeId, 1)));
        assertRefused(ResultCode.NOT_FOUND, town.social, Commands.propose(Proposal.topUp(card.walletId(), 99, 1)));
    }
}
