// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.core.RulesDraft.Limit;
import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One person drafts the next version of a programme's rules, another puts it in force from an instant that has not come. */
class RulesTest extends CoreTest {
    private static final long GROCERIES = Town.admitting(Town.GROCERIES);
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    private Town town;
    private Town.Shop shop;
    private long programmeId;
    private Town.Card card;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
        shop = town.shop(Town.GROCERIES);
        programmeId = town.fundedProgramme(GROCERIES, 100_000);
        card = town.cardWith(programmeId, 10_000);
    }

    private RulesDraft inAnHour() {
        return RulesDraft.of(programmeId, core.nowMs() + HOUR_MS, GROCERIES);
    }

    private Proposal changeTo(final int version) {
        return Proposal.changeRules(programmeId, version, 17);
    }

    private int versionOfPayment() {
        return core.must(shop.terminal(), Pay.with(card, 1))
                .one(HoldPostedDecoder.class)
                .rulesVersion();
    }

    @Test
    void shouldDraftVersionsFromTwoOnThatChangeNothing() {
        final RulesDraft draft =
                inAnHour().with(Limit.PAYMENT_MAX, 1).capped(1L, 2L, 3L, 4L, 5L).grace(7);

        final RulesDraftedDecoder drafted = core.must(town.social, draft).one(RulesDraftedDecoder.class);

        assertThat(drafted.version()).isEqualTo(2);
        assertThat(drafted.effectiveMs()).isEqualTo(draft.effectiveMs());
        assertThat(drafted.cap5()).isEqualTo(5);
        assertThat(drafted.paymentMax()).isEqualTo(1);
        assertThat(drafted.graceDays()).isEqualTo(7);
        assertThat(town.drafted(inAnHour())).isEqualTo(3);
        core.pass(Duration.ofHours(2));
        town.paid(shop, Pay.with(card, 2));
        town.topUp(card, programmeId, 2);
        assertThat(versionOfPayment()).isEqualTo(1);
    }

    @Test
    void shouldBeInForceFromItsInstantExactly() {
        final RulesDraft draft = inAnHour().with(Limit.PAYMENT_MAX, 5).capped(10_100L, 0L, 0L, 0L, 0L);
        town.rules(draft);

        core.passUntil(draft.effectiveMs() - 1);
        assertThat(versionOfPayment()).isEqualTo(1);
        final Proposal more = Proposal.topUp(card.walletId(), programmeId, 101);
        final long proposalId = town.propose(town.social, more);
        core.passUntil(draft.effectiveMs());

        assertThat(versionOfPayment()).isEqualTo(2);
        assertThat(town.pay(shop, Pay.with(card, 6))).refused(ResultCode.LIMIT_EXCEEDED);
        assertRefused(ResultCode.HOUSEHOLD_CAP_EXCEEDED, town.secondSocial, Commands.approve(proposalId, more));
        town.topUp(card, programmeId, 100);
    }

    @Test
    void shouldObeyTheVersionThatBeganLastAndOfEqualInstantsTheOneApprovedLast() {
        final int early = town.drafted(inAnHour());
        final int late = town.drafted(inAnHour().from(core.nowMs() + 2 * HOUR_MS));
        final int alsoLate = town.drafted(inAnHour().from(core.nowMs() + 2 * HOUR_MS));
        town.decide(changeTo(alsoLate));
        town.decide(changeTo(late));
        town.decide(changeTo(early));

        assertThat(versionOfPayment()).isEqualTo(1);
        core.pass(Duration.ofHours(1));
        assertThat(versionOfPayment()).isEqualTo(early);
        core.pass(Duration.ofHours(1));
        assertThat(versionOfPayment()).isEqualTo(late);
    }

    @Test
    void shouldRefuseWhatIsNoVersion() {
        final RulesDraft good = inAnHour();
        for (final RulesDraft bad : new RulesDraft[] {
            good.admitting(0),
            good.from(0),
            good.from(-1),
            good.capped(0L, 0L, 0L, 0L, -1L),
            good.capped(100_000_000_000_001L, 0L, 0L, 0L, 0L),
            good.with(Limit.PAYMENT_MIN, -1),
            good.with(Limit.DAY_MAX, 100_000_000_000_001L),
            good.with(Limit.PAYMENT_MIN, 10).with(Limit.SHOP_DAY_MAX, 9),
            good.grace(-1),
            good.grace(367),
            good.whole().with(Limit.MONTH_MAX, 10)
        }) {
            assertRefused(ResultCode.INVALID_FIELD, town.social, bad);
        }
        assertThat(town.drafted(good.with(Limit.PAYMENT_MIN, 10)
                        .with(Limit.SHOP_DAY_MAX, 10)
                        .with(Limit.DAY_MAX, 100_000_000_000_000L)
                        .grace(366)))
                .isEqualTo(2);
        assertThat(town.drafted(good.whole().with(Limit.PAYMENT_MIN, 10))).isEqualTo(3);
    }

    @Test
    void shouldLetFourVersionsWaitAndNoMore() {
        for (int i = 0; i < 4; i++) {
            town.rules(inAnHour().from(core.nowMs() + (i + 1) * HOUR_MS));
        }
        final Proposal fifth = changeTo(town.drafted(inAnHour().from(core.nowMs() + 9 * HOUR_MS)));
        final long proposalId = town.propose(town.social, fifth);

        assertRefused(ResultCode.LIMIT_EXCEEDED, town.secondSocial, Commands.approve(proposalId, fifth));
        core.pass(Duration.ofHours(1));
        assertThat(core.send(town.secondSocial, Commands.approve(proposalId, fifth)))
                .emitted("ProposalDecided", "RulesApproved");
    }

    @Test
    void shouldNotBeginInThePast() {
        final RulesDraft draft = inAnHour();
        final Proposal change = changeTo(town.drafted(draft));
        final long proposalId = town.propose(town.social, change);
        core.passUntil(draft.effectiveMs() + 1);

        assertRefused(ResultCode.RULES_TOO_LATE, town.secondSocial, Commands.approve(proposalId, change));
    }

    @Test
    void shouldBeginAtTheVeryInstantOfItsApproval() {
        final RulesDraft draft = inAnHour();
        final Proposal change = changeTo(town.drafted(draft));
        final long proposalId = town.propose(town.social, change);
        core.passUntil(draft.effectiveMs());

        core.must(town.secondSocial, Commands.approve(proposalId, change));

        assertThat(versionOfPayment()).isEqualTo(2);
    }

    @Test
    void shouldLetADraftOfAProgrammeHaveRulesFromThePast() {
        final long unpublished = town.draft(GROCERIES, Duration.ofDays(30));
        final int version =
                town.drafted(RulesDraft.of(unpublished, 1, GROCERIES).with(Limit.PAYMENT_MAX, 5));
        town.decide(Proposal.changeRules(unpublished, version, 17));
        town.decide(Proposal.publish(unpublished));
        town.assign(unpublished, 100);
        town.topUp(card, unpublished, 100);

        assertThat(Town.drawsOf(town.pay(shop, Pay.with(card, 20)))).containsExactly(5L, 15L);
    }

    @Test
    void shouldApproveAVersionOnce() {
        final int version = town.rules(inAnHour());

        assertRefused(ResultCode.RULES_STATE_CONFLICT, town.social, Commands.propose(changeTo(version)));
        assertRefused(ResultCode.NOT_FOUND, town.social, Commands.propose(changeTo(1)));
        assertRefused(ResultCode.NOT_FOUND, town.social, Commands.propose(changeTo(version + 1)));
    }

    @Test
    void shouldTellVersionsOfProgrammesApart() {
        final long otherId = town.fundedProgramme(GROCERIES, 100);
        town.rules(RulesDraft.of(otherId, core.nowMs() + 1, GROCERIES).with(Limit.PAYMENT_MAX, 1));
        core.pass(Duration.ofSeconds(1));

        assertThat(versionOfPayment()).isEqualTo(1);
        assertRefused(ResultCode.NOT_FOUND, town.social, Commands.propose(changeTo(2)));
    }

    @Test
    void shouldHaveAThousandVersionsOfAProgramme() {
        final RulesDraft draft = inAnHour();
        for (int version = 2; version <= 1000; version++) {
            core.must(town.social, draft);
        }

        assertRefused(ResultCode.LIMIT_EXCEEDED, town.social, draft);
    }

    @Test
    void shouldAdmitTheTradesOfTheRulesInForce() {
        final Town.Shop books = town.shop(Town.BOOKS);
        town.rules(inAnHour().admitting(Town.admitting(Town.BOOKS)));
        assertThat(town.pay(books, Pay.with(card, 1))).refused(ResultCode.CATEGORY_NOT_ALLOWED);
        core.pass(Duration.ofHours(1));

        assertThat(town.pay(shop, Pay.with(card, 1))).refused(ResultCode.CATEGORY_NOT_ALLOWED);
        town.paid(books, Pay.with(card, 1));
    }
}
