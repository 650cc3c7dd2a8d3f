// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoField;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One operator gives at once what a household needs, out of a fund set apart, as far as its terms go; another person reviews each award in time. */
class EmergencyTest extends CoreTest {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");
    private static final long GROCERIES = Town.admitting(Town.GROCERIES);
    private static final long MONTH_MAX = 15_000;
    private static final int REVIEW_DAYS = 7;
    private static final long HOUSEHOLD = 901;
    private static final long OTHER_HOUSEHOLD = 902;
    private static final long PROTOCOL = 4711;

    private Town town;
    private Town.Shop shop;
    private Town.Card card;
    private long fundId;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
        shop = town.shop(Town.GROCERIES);
        card = town.card(3);
        fundId = town.emergencyFund(GROCERIES, 100_000, MONTH_MAX, REVIEW_DAYS);
    }

    private static Command award(
            final Town.Card card, final long programmeId, final long household, final long amount) {
        return Commands.awardEmergency(card.walletId(), programmeId, household, amount, PROTOCOL);
    }

    private long awarded(final Town.Card to, final long household, final long amount) {
        return core.must(town.social, award(to, fundId, household, amount))
                .one(EmergencyAwardedDecoder.class)
                .awardId();
    }

    private void refused(final ResultCode code, final Town.Card to, final long household, final long amount) {
        assertRefused(code, town.social, award(to, fundId, household, amount));
    }

    private void confirm(final long awardId) {
        core.must(town.secondSocial, Commands.reviewEmergency(awardId, ReviewVerdict.CONFIRMED));
    }

    private void passUntilTheFirstOf(final int year, final int month) {
        core.passUntil(
                LocalDate.of(year, month, 1).atStartOfDay(ROME).toInstant().toEpochMilli());
    }

    // ---------------------------------------------------------------- what an award is

    @Test
    void shouldGiveAtOnceWhatOneOperatorAwards() {
        final Answer answer = core.must(town.social, award(card, fundId, HOUSEHOLD, 5_000));

        assertThat(answer).emitted("AccountOpened", "TransferPosted", "ToppedUp", "EmergencyAwarded");
        final TransferPostedDecoder posted = answer.one(TransferPostedDecoder.class);
        assertThat(posted.reason()).isEqualTo(TransferReason.EMERGENCY_AWARDED);
        assertThat(posted.referenceId()).isEqualTo(1);
        assertThat(answer.one(ToppedUpDecoder.class).proposalId()).isZero();
        final EmergencyAwardedDecoder awarded = answer.one(EmergencyAwardedDecoder.class);
        assertThat(awarded.awardId()).isEqualTo(1);
        assertThat(awarded.programmeId()).isEqualTo(fundId);
        assertThat(awarded.walletId()).isEqualTo(card.walletId());
        assertThat(awarded.householdId()).isEqualTo(HOUSEHOLD);
        assertThat(awarded.amount()).isEqualTo(5_000);
        assertThat(awarded.reference()).isEqualTo(PROTOCOL);
        assertThat(awarded.operatorId()).isEqualTo(town.social.id());
        assertThat(awarded.reviewByMs())
                .isEqualTo(core.nowMs() + Duration.ofDays(REVIEW_DAYS).toMillis());
        assertThat(awarded.month()).isEqualTo(2027 * 12 + 2);
        assertThat(town.pocketOf(card, fundId)).isEqualTo(5_000);
        town.paid(shop, Pay.with(card, 4_999));
        assertThat(core.must(town.social, award(card, fundId, HOUSEHOLD, 1)))
                .emitted("TransferPosted", "ToppedUp", "EmergencyAwarded");
    }

    @Test
    void shouldSayWhatTheFundsTermsAre() {
        final EmergencyFundSetDecoder set =
                town.decide(Proposal.emergencyFund(fundId, 77, 90, 24)).one(EmergencyFundSetDecoder.class);

        assertThat(set.programmeId()).isEqualTo(fundId);
        assertThat(set.monthMax()).isEqualTo(77);
        assertThat(set.reviewDays()).isEqualTo(90);
        assertThat(set.reference()).isEqualTo(24);
        assertThat(set.proposalId()).isPositive();
    }

    @Test
    void shouldSayWhoReviewedAndHow() {
        final long awardId = awarded(card, HOUSEHOLD, 100);

        final EmergencyReviewedDecoder reviewed = core.must(
                        town.treasurer, Commands.reviewEmergency(awardId, ReviewVerdict.OBJECTED))
                .one(EmergencyReviewedDecoder.class);

        assertThat(reviewed.awardId()).isEqualTo(awardId);
        assertThat(reviewed.operatorId()).isEqualTo(town.treasurer.id());
        assertThat(reviewed.verdict()).isEqualTo(ReviewVerdict.OBJECTED);
        assertThat(town.pocketOf(card, fundId))
                .as("an objection takes nothing back")
                .isEqualTo(100);
    }

    @Test
    void shouldChangeNothingWhenTried() {
        final long awardId = awarded(card, HOUSEHOLD, 100);

        assertThat(core.dryRun(town.social, award(card, fundId, HOUSEHOLD, MONTH_MAX - 100)))
                .answered(ResultCode.OK);
        assertThat(core.dryRun(town.admin, Commands.reviewEmergency(awardId, ReviewVerdict.CONFIRMED)))
                .answered(ResultCode.OK);

        awarded(card, HOUSEHOLD, MONTH_MAX - 100);
        confirm(awardId);
    }

    @Test
    void shouldRefuseWhatIsNoAward() {
        for (final long amount : new long[] {0, -1, 100_000_000_000_001L}) {
            refused(ResultCode.INVALID_AMOUNT, card, HOUSEHOLD, amount);
        }
        for (final long household : new long[] {0, -1}) {
            refused(ResultCode.INVALID_FIELD, card, household, 1);
        }
        for (final long reference : new long[] {0, -1}) {
            assertRefused(
                    ResultCode.INVALID_FIELD,
                    town.social,
                    Commands.awardEmergency(card.walletId(), fundId, HOUSEHOLD, 1, reference));
        }
        for (final Principal who : List.of(town.admin, town.treasurer, town.auditor, card.holder(), shop.terminal())) {
            assertRefused(ResultCode.FORBIDDEN, who, award(card, fundId, HOUSEHOLD, 1));
        }
    }

    @Test
    void shouldGiveNothingToACardOfTheStock() {
        refused(ResultCode.WALLET_UNASSIGNED, town.blankCard(), HOUSEHOLD, 1);
    }

    @Test
    void shouldGiveNoMoreThanAnActHasCommittedToTheFund() {
        final long small = town.emergencyFund(GROCERIES, 1_000, MONTH_MAX, REVIEW_DAYS);
        town.decide(Proposal.commitFund(small, -400, 8));
        core.must(town.social, award(card, small, HOUSEHOLD, 599));

        assertRefused(ResultCode.COMMITMENT_EXCEEDED, town.social, award(card, small, HOUSEHOLD, 2));
        core.must(town.social, award(card, small, HOUSEHOLD, 1));
    }

    // ---------------------------------------------------------------- how much

    @Test
    void shouldGiveAHouseholdTheMostOfAMonthAndNotACentMore() {
        awarded(card, HOUSEHOLD, MONTH_MAX - 1);

        refused(ResultCode.EMERGENCY_LIMIT_EXCEEDED, card, HOUSEHOLD, 2);
        awarded(card, HOUSEHOLD, 1);
        refused(ResultCode.EMERGENCY_LIMIT_EXCEEDED, card, HOUSEHOLD, 1);
    }

    @Test
    void shouldCountAHouseholdByWhateverWalletOfItsMembers() {
        final Town.Card member = town.card(3);
        awarded(card, HOUSEHOLD, 9_000);

        refused(ResultCode.EMERGENCY_LIMIT_EXCEEDED, member, HOUSEHOLD, 6_001);
        awarded(member, HOUSEHOLD, 6_000);
        refused(ResultCode.EMERGENCY_LIMIT_EXCEEDED, card, HOUSEHOLD, 1);
        awarded(town.card(1), OTHER_HOUSEHOLD, MONTH_MAX);
    }

    @Test
    void shouldCountAWalletWhateverHouseholdIsNamed() {
        awarded(card, HOUSEHOLD, 9_000);

        refused(ResultCode.EMERGENCY_LIMIT_EXCEEDED, card, OTHER_HOUSEHOLD, 6_001);
        awarded(card, OTHER_HOUSEHOLD, 6_000);
        for (long household = 1_000; household < 1_010; household++) {
            refused(ResultCode.EMERGENCY_LIMIT_EXCEEDED, card, household, 1);
        }
        assertThat(town.pocketOf(card, fundId)).isEqualTo(MONTH_MAX);
    }

    @Test
    void shouldJudgeByTheLargerOfHouseholdAndWalletAndNotByTheirSum() {
        final Town.Card member = town.card(3);
        awarded(member, HOUSEHOLD, 9_000);
        awarded(card, OTHER_HOUSEHOLD, 8_000);

        refused(ResultCode.EMERGENCY_LIMIT_EXCEEDED, card, HOUSEHOLD, 6_001);
        awarded(card, HOUSEHOLD, 6_000);
    }

    @Test
    void shouldCountEachFundForItself() {
        final long second = town.emergencyFund(GROCERIES, 100_000, 500, REVIEW_DAYS);
        awarded(card, HOUSEHOLD, MONTH_MAX);

        core.must(town.social, award(card, second, HOUSEHOLD, 500));
        assertRefused(ResultCode.EMERGENCY_LIMIT_EXCEEDED, town.social, award(card, second, HOUSEHOLD, 1));
    }

    @Test
    void shouldBeginAnewWithTheMonthInRome() {
        passUntilTheFirstOf(2027, 4);
        core.passUntil(core.nowMs() - 1 + Duration.ofDays(30).toMillis());
        awarded(card, HOUSEHOLD, MONTH_MAX);
        refused(ResultCode.EMERGENCY_LIMIT_EXCEEDED, card, HOUSEHOLD, 1);

        core.pass(Duration.ofMillis(1));

        final EmergencyAwardedDecoder next = core.must(town.social, award(card, fundId, HOUSEHOLD, MONTH_MAX))
                .one(EmergencyAwardedDecoder.class);
        assertThat(next.month()).isEqualTo((int) LocalDate.of(2027, 5, 1).getLong(ChronoField.PROLEPTIC_MONTH));
        refused(ResultCode.EMERGENCY_LIMIT_EXCEEDED, card, HOUSEHOLD, 1);
    }

    @Test
    void shouldCountWhatWasTakenBackInTheMonthStill() {
        awarded(card, HOUSEHOLD, MONTH_MAX);
        town.decide(Proposal.takeBack(card.walletId(), fundId, MONTH_MAX, Proposal.because(9, Proposal.MISTAKE)));
        assertThat(town.pocketOf(card, fundId)).isZero();

        refused(ResultCode.EMERGENCY_LIMIT_EXCEEDED, card, HOUSEHOLD, 1);
    }

    @Test
    void shouldHoldNewTermsForAwardsFromThenOn() {
        final long earlier = awarded(card, HOUSEHOLD, 9_000);
        town.decide(Proposal.emergencyFund(fundId, 9_500, 1, 24));

        refused(ResultCode.EMERGENCY_LIMIT_EXCEEDED, card, HOUSEHOLD, 501);
        final EmergencyAwardedDecoder award =
                core.must(town.social, award(card, fundId, HOUSEHOLD, 500)).one(EmergencyAwardedDecoder.class);
        assertThat(award.reviewByMs())
                .isEqualTo(core.nowMs() + Duration.ofDays(1).toMillis());
        confirm(award.awardId());
        core.pass(Duration.ofDays(REVIEW_DAYS - 1));
        final Town.Card other = town.card(1);
        awarded(other, OTHER_HOUSEHOLD, 1);
        core.pass(Duration.ofDays(1));
        refused(ResultCode.REVIEW_OVERDUE, other, OTHER_HOUSEHOLD, 1);
        confirm(earlier);
        refused(ResultCode.REVIEW_OVERDUE, other, OTHER_HOUSEHOLD, 1);
    }

    // ---------------------------------------------------------------- reviews

    @Test
    void shouldGiveNothingMoreFromTheInstantAtWhichAReviewIsOverdue() {
        final long first = awarded(card, HOUSEHOLD, 100);
        final long second = awarded(card, HOUSEHOLD, 100);
        final Town.Card other = town.card(1);
        core.pass(Duration.ofDays(REVIEW_DAYS).minusMillis(1));
        final long third = awarded(other, OTHER_HOUSEHOLD, 100);

        core.pass(Duration.ofMillis(1));

        refused(ResultCode.REVIEW_OVERDUE, other, OTHER_HOUSEHOLD, 1);
        confirm(first);
        refused(ResultCode.REVIEW_OVERDUE, other, OTHER_HOUSEHOLD, 1);
        core.must(town.secondSocial, Commands.reviewEmergency(second, ReviewVerdict.OBJECTED));
        awarded(other, OTHER_HOUSEHOLD, 1);
        confirm(third);
    }

    @Test
    void shouldLetPeopleSpendWhileAReviewIsOverdue() {
        awarded(card, HOUSEHOLD, 100);
        core.pass(Duration.ofDays(REVIEW_DAYS));
        refused(ResultCode.REVIEW_OVERDUE, card, HOUSEHOLD, 1);

        town.paid(shop, Pay.with(card, 100));
    }

    @Test
    void shouldGoOnOutOfAnotherFundWhileAReviewIsOverdue() {
        final long second = town.emergencyFund(GROCERIES, 100_000, 500, 30);
        awarded(card, HOUSEHOLD, 100);
        core.must(town.social, award(card, second, HOUSEHOLD, 1));
        core.pass(Duration.ofDays(REVIEW_DAYS));

        refused(ResultCode.REVIEW_OVERDUE, card, HOUSEHOLD, 1);
        core.must(town.social, award(card, second, HOUSEHOLD, 1));
    }

    @Test
    void shouldBeReviewedOnceByAnotherNaturalPersonHoweverManyLoginsThatOneHas() {
        final long secondLogin = town.decide(Proposal.appoint(Town.SOCIAL_PERSON, Town.SOCIAL | Town.ADMIN))
                .one(OperatorAppointedDecoder.class)
                .operatorId();
        core.pass(Duration.ofDays(1));
        final Principal samePerson = Principal.operator(secondLogin, town.circuitId);
        final long one = awarded(card, HOUSEHOLD, 100);
        final long other = core.must(samePerson, award(card, fundId, HOUSEHOLD, 100))
                .one(EmergencyAwardedDecoder.class)
                .awardId();

        for (final long awardId : new long[] {one, other}) {
            final Command review = Commands.reviewEmergency(awardId, ReviewVerdict.CONFIRMED);
            assertRefused(ResultCode.SAME_PERSON, town.social, review);
            assertRefused(ResultCode.SAME_PERSON, samePerson, review);
            core.must(town.secondSocial, review);
            assertRefused(ResultCode.REVIEW_STATE_CONFLICT, town.admin, review);
            assertRefused(ResultCode.REVIEW_STATE_CONFLICT, samePerson, review);
        }
    }

    @Test
    void shouldKeepTownsApart() {
        final Town neighbour = town.neighbour();
        final long theirs = neighbour.emergencyFund(GROCERIES, 1_000, 1_000, REVIEW_DAYS);
        final long awardId = awarded(card, HOUSEHOLD, 100);
        final Town.Card theirCard = neighbour.card();

        assertRefused(
                ResultCode.NOT_FOUND, neighbour.admin, Commands.reviewEmergency(awardId, ReviewVerdict.CONFIRMED));
        assertRefused(ResultCode.NOT_FOUND, town.social, award(card, theirs, HOUSEHOLD, 1));
        refused(ResultCode.NOT_FOUND, theirCard, HOUSEHOLD, 1);
        final long next = core.must(neighbour.social, award(theirCard, theirs, HOUSEHOLD, 1_000))
                .one(EmergencyAwardedDecoder.class)
                .awardId();
        assertThat(next).isEqualTo(awardId + 1);
        core.pass(Duration.ofDays(REVIEW_DAYS));
        core.must(neighbour.admin, Commands.reviewEmergency(next, ReviewVerdict.CONFIRMED));
        refused(ResultCode.REVIEW_OVERDUE, card, HOUSEHOLD, 1);
    }

    // ---------------------------------------------------------------- a fund apart

    @Test
    void shouldGiveNothingButEmergencyAwardsOutOfTheFund() {
        assertRefused(
                ResultCode.EMERGENCY_FUND, town.social, Commands.propose(Proposal.topUp(card.walletId(), fundId, 1)));
        assertRefused(
                ResultCode.EMERGENCY_FUND,
                town.social,
                Commands.propose(Proposal.topUpBatch(fundId, List.of(new Proposal.Row(card.walletId(), 1)))));
        assertThat(town.fundOf(fundId)).isEqualTo(100_000);
    }

    @Test
    void shouldGiveNoEmergencyAwardOutOfAnotherFund() {
        final long ordinary = town.fundedProgramme(GROCERIES, 1_000);

        assertRefused(ResultCode.NOT_EMERGENCY_FUND, town.social, award(card, ordinary, HOUSEHOLD, 1));
        town.topUp(card, ordinary, 1);
    }

    @Test
    void shouldStopABatchThatComesToAFundWhichBecameOneForEmergencies() {
        final long programmeId = town.fundedProgramme(GROCERIES, 1_000);
        final List<Proposal.Row> rows = List.of(new Proposal.Row(card.walletId(), 5));
        final Proposal batch = Proposal.topUpBatch(programmeId, rows);
        final Proposal single = Proposal.topUp(card.walletId(), programmeId, 5);
        final long batchId = town.propose(town.social, batch);
        final long singleId = town.propose(town.social, single);
        core.must(town.secondSocial, Commands.approve(batchId, batch));
        town.decide(Proposal.emergencyFund(programmeId, 100, 1, 5));

        assertRefused(ResultCode.EMERGENCY_FUND, town.social, Commands.executeTopUps(batchId, 0, rows));
        assertRefused(ResultCode.EMERGENCY_FUND, town.secondSocial, Commands.approve(singleId, single));
        core.must(town.social, Commands.cancelBatch(batchId));
        assertThat(town.fundOf(programmeId)).isEqualTo(1_000);
    }

    @Test
    void shouldSetNoFundApartThatEverGaveAnything() {
        final long ordinary = town.fundedProgramme(GROCERIES, 1_000);
        final long proposalId = town.propose(town.social, Proposal.emergencyFund(ordinary, 100, 1, 5));
        town.topUp(card, ordinary, 10);
        town.decide(Proposal.takeBack(card.walletId(), ordinary, 10, Proposal.because(9, Proposal.MISTAKE)));

        assertRefused(
                ResultCode.PROGRAMME_STATE_CONFLICT,
                town.secondSocial,
                Commands.approve(proposalId, Proposal.emergencyFund(ordinary, 100, 1, 5)));
        awarded(card, HOUSEHOLD, 1);
        town.decide(Proposal.emergencyFund(fundId, 100, 1, 5));
    }

    @Test
    void shouldRefuseTermsThatAreNone() {
        final long programmeId = town.draft(GROCERIES, Duration.ofDays(30));
        for (final long max : new long[] {0, -1, 100_000_000_000_001L}) {
            assertRefused(
                    ResultCode.INVALID_AMOUNT,
                    town.admin,
                    Commands.propose(Proposal.emergencyFund(programmeId, max, 1, 1)));
        }
        for (final long days : new long[] {0, -1, 91, (1L << 32) + 1}) {
            assertRefused(
                    ResultCode.INVALID_FIELD,
                    town.admin,
                    Commands.propose(Proposal.emergencyFund(programmeId, 1, days, 1)));
        }
        assertRefused(
                ResultCode.INVALID_FIELD, town.admin, Commands.propose(Proposal.emergencyFund(programmeId, 1, 1, 0)));
        town.decide(Proposal.emergencyFund(programmeId, 100_000_000_000_000L, 90, 1));
        assertRefused(ResultCode.PROGRAMME_STATE_CONFLICT, town.social, award(card, programmeId, HOUSEHOLD, 1));
    }

    // ---------------------------------------------------------------- what is kept

    @Test
    void shouldForgetAwardsThatWereReviewedOnceTheirMonthIsOverInTheirOrder() {
        final long first = awarded(card, HOUSEHOLD, 1);
        final long second = awarded(card, HOUSEHOLD, 1);
        final long third = awarded(card, HOUSEHOLD, 1);
        confirm(first);
        confirm(third);
        passUntilTheFirstOf(2027, 4);
        confirm(second);
        // Of the month before, and reviewed; but nobody awarded since.
        assertRefused(ResultCode.REVIEW_STATE_CONFLICT, town.admin, review(first));

        final long fourth = awarded(card, HOUSEHOLD, 1);

        assertRefused(ResultCode.NOT_FOUND, town.admin, review(first));
        assertRefused(ResultCode.NOT_FOUND, town.admin, review(second));
        assertRefused(ResultCode.REVIEW_STATE_CONFLICT, town.admin, review(third));
        final long fifth = awarded(card, HOUSEHOLD, 1);
        assertRefused(ResultCode.NOT_FOUND, town.admin, review(third));
        assertThat(fifth).isEqualTo(fourth + 1);
        confirm(fourth);
        confirm(fifth);
        awarded(card, HOUSEHOLD, 1);
        assertRefused(ResultCode.REVIEW_STATE_CONFLICT, town.admin, review(fourth));
    }

    @Test
    void shouldKeepWhatCameBehindAnAwardThatNobodyReviewed() {
        final long second = town.emergencyFund(GROCERIES, 100_000, 500, 90);
        final long kept = core.must(town.social, award(card, second, HOUSEHOLD, 1))
                .one(EmergencyAwardedDecoder.class)
                .awardId();
        final long behind = awarded(card, HOUSEHOLD, 1);
        confirm(behind);
        passUntilTheFirstOf(2027, 4);

        awarded(card, HOUSEHOLD, 1);

        assertRefused(ResultCode.REVIEW_STATE_CONFLICT, town.admin, review(behind));
        confirm(kept);
        awarded(card, HOUSEHOLD, 1);
        assertRefused(ResultCode.NOT_FOUND, town.admin, review(kept));
        assertRefused(ResultCode.NOT_FOUND, town.admin, review(behind));
    }

    @Test
    void shouldBeInASnapshotAsItIs() {
        final long left = awarded(card, HOUSEHOLD, 5_000);
        confirm(left);
        passUntilTheFirstOf(2027, 4);
        final long overdue = awarded(card, HOUSEHOLD, 6_000);
        final long late = awarded(town.card(1), OTHER_HOUSEHOLD, 7_000);
        confirm(late);
        core.pass(Duration.ofDays(REVIEW_DAYS));

        // From here on a core that was just restored is asked the same and must give the same bytes.
        core.replayed();

        assertThat(core.send(town.social, award(card, fundId, HOUSEHOLD, 1))).refused(ResultCode.REVIEW_OVERDUE);
        assertThat(core.send(town.admin, review(late))).refused(ResultCode.REVIEW_STATE_CONFLICT);
        assertThat(core.send(town.admin, review(left))).refused(ResultCode.NOT_FOUND);
        core.must(town.admin, review(overdue));
        assertThat(core.send(town.social, award(card, fundId, HOUSEHOLD, 9_001)))
                .refused(ResultCode.EMERGENCY_LIMIT_EXCEEDED);
        core.must(town.social, award(card, fundId, HOUSEHOLD, 9_000));
    }

    private static Command review(final long awardId) {
        return Commands.reviewEmergency(awardId, ReviewVerdict.CONFIRMED);
    }
}
