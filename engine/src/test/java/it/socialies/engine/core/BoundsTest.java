// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every table of the core has an end, says so when it is reached, and goes on with what needs no more room. */
class BoundsTest {
    /** A table, how much of it is allowed, and what takes one place of it. */
    private record Bound(String table, int limit, ResultCode end, BiFunction<Town, Integer, Answer> step) {
        Bound(final String table, final int limit, final BiFunction<Town, Integer, Answer> step) {
            this(table, limit, ResultCode.LIMIT_REACHED, step);
        }

        @Override
        public String toString() {
            return limit + " " + table;
        }
    }

    static List<Bound> bounds() {
        return List.of(
                new Bound("wallets", 20, (town, n) -> town.core.send(town.social, issue(town))),
                new Bound("cards", 20, (town, n) -> town.core.send(town.social, issue(town))),
                new Bound(
                        "cards",
                        20,
                        (town, n) -> town.core.send(town.social, n == 0 ? issue(town) : replace(town, n + 1))),
                new Bound("merchants", 20, (town, n) -> town.core.send(town.admin, Commands.registerMerchant(1))),
                new Bound("outlets", 20, (town, n) -> town.core.send(town.admin, Commands.openOutlet(1))),
                new Bound(
                        "terminals",
                        20,
                        (town, n) -> town.core.send(town.admin, Commands.registerTerminal(1, Digest.ZERO))),
                new Bound("programmes", 20, (town, n) -> draft(town)),
                new Bound("accounts", 60, (town, n) -> draft(town)),
                new Bound(
                        "proposals",
                        40,
                        (town, n) -> town.core.send(town.admin, Commands.propose(Proposal.tariff(1, 1)))),
                new Bound(
                        "circuits",
                        20,
                        (town, n) -> town.core.send(town.firstInstaller.in(0), Commands.openCircuit(1))),
                new Bound("operators", 20, (town, n) -> appoint(town, 100 + n)),
                new Bound("pockets", 20, (town, n) -> openPocket(town)),
                new Bound("payments", 20, (town, n) -> payOneCent(town)),
                new Bound("holds", 20, (town, n) -> payOneCent(town)));
    }

    private static Command issue(final Town town) {
        return Commands.issueCards(List.of(town.core.newToken()));
    }

    private static Command replace(final Town town, final long cardId) {
        return Commands.replaceCard(cardId, town.core.newToken());
    }

    private static Answer draft(final Town town) {
        return town.core.send(town.social, Commands.createProgramme(1, town.core.nowMs(), town.core.nowMs() + 1000));
    }

    private static Answer appoint(final Town town, final long personId) {
        final Proposal proposal = Proposal.appoint(personId, Town.AUDITOR);
        return approved(town, town.admin, town.secondAdmin, proposal);
    }

    private static Answer openPocket(final Town town) {
        return approved(
                town,
                town.social,
                town.secondSocial,
                Proposal.topUp(town.blankCard().walletId(), 1, 1));
    }

    /** The approval, or the refusal of the proposal: a table may be seen to be full at either. */
    private static Answer approved(
            final Town town, final Principal proposer, final Principal approver, final Proposal proposal) {
        final Answer made = town.core.send(proposer, Commands.propose(proposal));
        return made.isExecuted()
                ? town.core.send(
                        approver,
                        Commands.approve(made.one(ProposalMadeDecoder.class).proposalId(), proposal))
                : made;
    }

    /** By the card that the test issued first, at its first till. */
    private static Answer payOneCent(final Town town) {
        final Town.Card card = new Town.Card(
                1, 1, new Commands.Token(1L << 32, 1), Digest.of("12345"), Principal.holder(1, town.circuitId));
        return town.core.send(Principal.terminal(1, town.circuitId), Pay.with(card, 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bounds")
    void shouldSayWhenATableIsFullAndGoOn(final Bound bound) {
        final CoreHarness core = CoreHarness.audited(Limits.defaultsExcept(bound.table, bound.limit));
        final Town town = Town.open(core);
        final long programmeId = town.programme(Town.admitting(Town.GROCERIES), Duration.ofDays(30), 10_000);
        final Town.Shop shop = town.shop(Town.GROCERIES);
        final Town.Card card = town.cardWith(programmeId, 1000);
        final long paymentId = town.paid(shop, Pay.with(card, 10));

        Answer last = bound.step.apply(town, 0);
        int steps = 1;
        while (last.isExecuted()) {
            last = bound.step.apply(town, steps);
            assertThat(++steps).as("there is an end").isLessThanOrEqualTo(bound.limit + 1);
        }

        assertThat(last).refused(bound.end);
        assertThat(steps).as("the table was of use first").isGreaterThan(2);
        assertThat(core.send(shop.terminal(), Commands.refund(paymentId, 1))).executed();
        assertThat(core.send(town.social, Commands.blockCard(card.cardId()))).executed();
        core.checkBooks();
        core.replayed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pockets", "accounts"})
    void shouldCloseAWalletForAnHeirOnlyWhereAllItMayHaveFits(final String table) {
        final CoreHarness core = CoreHarness.audited(Limits.defaultsExcept(table, 40));
        final Town town = Town.open(core);
        final long programmeId = town.programme(Town.admitting(Town.GROCERIES), Duration.ofDays(30), 10_000);
        final Town.Card card = town.cardWith(programmeId, 1000);
        final long because = Proposal.because(1, Proposal.DEATH);
        final long heirId = town.card().walletId();
        final Command close = Commands.propose(Proposal.closeWallet(card.walletId(), heirId, because));

        assertThat(core.send(town.social, close)).refused(ResultCode.LIMIT_REACHED);
        town.decide(Proposal.closeWallet(card.walletId(), 0, because));

        assertThat(town.fundOf(programmeId)).isEqualTo(10_000);
        core.replayed();
    }

    @Test
    void shouldRefuseAListOfCardsThatFitsOnlyInPart() {
        final CoreHarness core = CoreHarness.audited(Limits.defaultsExcept("cards", 3));
        final Town town = Town.open(core);
        town.blankCard();
        final List<Commands.Token> three = List.of(core.newToken(), core.newToken(), core.newToken());

        assertThat(core.send(town.social, Commands.issueCards(three))).refused(ResultCode.LIMIT_REACHED);
        assertThat(core.send(town.social, Commands.issueCards(three.subList(0, 2))))
                .executed();
        core.replayed();
    }

    @Test
    void shouldRestoreThePinOfTheLastCardThatFits() {
        final CoreHarness core = CoreHarness.audited(Limits.defaultsExcept("cards", 2));
        final Town town = Town.open(core);
        town.card();
        town.card();

        assertThat(core.replayed().coreHash()).isEqualTo(core.core().coreHash());
    }

    /** The first IES of a wallet opens its account; whoever has one is not touched by a full table. */
    @Test
    void shouldTransferToWhoHasAnAccountWhenNoOtherFits() {
        final CoreHarness core = CoreHarness.audited(Limits.defaultsExcept("accounts", 20));
        final Town town = Town.open(core);
        final Town.Card payer = town.card();
        town.issueIes(payer, 1000);
        town.enableTransfers();
        long walletId = town.card().walletId();
        Answer last = core.send(payer.holder(), Commands.transfer(payer.walletId(), walletId, 1, 0));
        int received = 0;
        final long first = walletId;
        while (last.isExecuted()) {
            assertThat(++received).as("there is an end").isLessThan(20);
            walletId = town.card().walletId();
            last = core.send(payer.holder(), Commands.transfer(payer.walletId(), walletId, 1, 0));
        }

        assertThat(last).refused(ResultCode.LIMIT_REACHED);
        assertThat(received).as("the table was of use first").isGreaterThan(2);
        assertThat(core.send(payer.holder(), Commands.transfer(payer.walletId(), first, 1, 0)))
                .executed();
        core.checkBooks();
        core.replayed();
    }

    /** The bound is on what is present: what closed makes room, and its id is never given again. */
    @ParameterizedTest(name = "{1} {0}")
    @CsvSource({"payments, 20", "holds, 60"})
    void shouldMakeRoomForPaymentsByClosingOldOnes(final String table, final int limit) {
        final CoreHarness core = CoreHarness.audited(Limits.defaultsExcept(table, limit));
        final Town town = Town.open(core);
        final Town.Shop shop = town.shop(Town.GROCERIES);
        final Town.Card card = town.card();
        town.topUp(card, town.programme(Town.admitting(Town.GROCERIES), Duration.ofDays(3000), 10_000), 10_000);
        town.issueIes(card, 10_000);
        final List<Long> ids = new ArrayList<>();
        while (ids.size() < 3 * limit) {
            Answer last = town.pay(shop, twoDraws(card));
            while (last.isExecuted()) {
                ids.add(last.one(PaymentMadeDecoder.class).paymentId());
                if (ids.size() % 3 == 0) {
                    core.must(shop.terminal(), Commands.voidPayment(ids.getLast()));
                } else {
                    core.must(shop.terminal(), Commands.capture(ids.getLast(), 3));
                }
                last = town.pay(shop, twoDraws(card));
            }
            assertThat(last).refused(ResultCode.LIMIT_REACHED);
            core.pass(Duration.ofDays(90));
            core.tickUntilQuiet();
        }

        assertThat(ids).doesNotHaveDuplicates().isSorted();
        assertThat(town.pay(shop, twoDraws(card))).executed();
        for (final long id : ids) {
            assertThat(core.send(shop.terminal(), Commands.refund(id, 1))).refused(ResultCode.NOT_FOUND);
        }
        core.checkBooks();
        core.replayed();
    }

    /** 2 from a pocket, 2 IES. */
    private static Pay twoDraws(final Town.Card card) {
        return Pay.with(card, 4).eligible(2).allowIes().manual();
    }

    @Test
    void shouldKeepNothingOfRejectedPaymentsButTheirNumber() {
        final int limit = 20;
        final CoreHarness core = CoreHarness.audited(Limits.defaultsExcept("payments", limit));
        final Town town = Town.open(core);
        final long programmeId = town.fundedProgramme(Town.admitting(Town.GROCERIES), 10_000);
        final Town.Shop shop = town.shop(Town.GROCERIES);
        final Town.Card honest = town.cardWith(programmeId, 1000);
        final List<Town.Card> cards = List.of(town.card(), town.card(), town.card(), town.card());
        final int tries = 10 * limit;
        for (int i = 0; i < tries; i++) {
            final Answer refused =
                    town.pay(shop, Pay.with(cards.get(i % cards.size()), 1).pin("wrong"));
            assertThat(refused.code()).isIn(ResultCode.PIN_WRONG, ResultCode.PIN_LOCKED);
            assertThat(refused.one(PaymentRejectedDecoder.class).paymentId()).isEqualTo(i + 1);
        }

        assertThat(core.ask(town.admin, Commands.queryPayment(tries))).answered(ResultCode.NOT_FOUND);
        assertThat(core.send(shop.terminal(), Commands.refund(tries, 1))).refused(ResultCode.NOT_FOUND);
        assertThat(core.send(shop.terminal(), Commands.capture(tries, 1))).refused(ResultCode.NOT_FOUND);
        for (int i = 1; i <= limit; i++) {
            assertThat(town.paid(shop, Pay.with(honest, 1))).isEqualTo(tries + i);
        }
        assertThat(town.pay(shop, Pay.with(honest, 1))).refused(ResultCode.LIMIT_REACHED);
        assertThat(core.ask(Principal.SYSTEM, Commands.queryStatus())
                        .one(StatusViewDecoder.class)
                        .payments())
                .isEqualTo(limit);
        core.checkBooks();
        core.replayed();
    }

    @Test
    void shouldHaveAsManyEmergencyAwardsAsProposalsAndGoOnOnceTheOldestLeave() {
        final int most = 12;
        final CoreHarness core = CoreHarness.audited(Limits.defaultsExcept("proposals", most));
        final Town town = Town.open(core);
        final long fundId = town.emergencyFund(1, 1000, 1000, 90);
        final long walletId = town.card().walletId();
        final Command award = Commands.awardEmergency(walletId, fundId, 9, 1, 5);
        final List<Long> awards = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            awards.add(core.must(town.social, award)
                    .one(EmergencyAwardedDecoder.class)
                    .awardId());
        }

        assertThat(core.send(town.social, Commands.awardEmergency(walletId, fundId, 9, 0, 5)))
                .as("room comes before the amount")
                .refused(ResultCode.LIMIT_REACHED);
        assertThat(core.send(town.treasurer, award)).as("the role before room").refused(ResultCode.FORBIDDEN);
        core.pass(Duration.ofDays(31));
        assertThat(core.send(town.social, award)).as("nobody reviewed").refused(ResultCode.LIMIT_REACHED);
        core.must(town.admin, Commands.reviewEmergency(awards.getFirst(), ReviewVerdict.CONFIRMED));

        final long next =
                core.must(town.social, award).one(EmergencyAwardedDecoder.class).awardId();

        assertThat(next).isEqualTo(most + 1);
        assertThat(core.send(town.social, award)).refused(ResultCode.LIMIT_REACHED);
        assertThat(core.send(town.admin, Commands.reviewEmergency(awards.getFirst(), ReviewVerdict.CONFIRMED)))
                .refused(ResultCode.NOT_FOUND);
        core.must(town.admin, Commands.reviewEmergency(awards.get(1), ReviewVerdict.CONFIRMED));
        core.must(town.social, award);
        core.checkBooks();
        core.replayed();
    }
}
