// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody dies or moves away: what is left passes to another of the household, or goes back, and no card of the wallet works any more. */
class WalletClosureTest extends CoreTest {
    private static final Duration VALIDITY = Duration.ofDays(10);
    private static final long BECAUSE = Proposal.because(99, Proposal.DEATH);
    private static final long ACT = 3;

    private Town town;
    private Town.Shop shop;
    private Town.Card heir;
    private long programmeId;
    private long otherId;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
        shop = town.shop(Town.GROCERIES);
        heir = town.card();
        programmeId = town.programme(Town.admitting(Town.GROCERIES), VALIDITY, 10_000, 600);
        otherId = town.programme(Town.admitting(Town.GROCERIES), VALIDITY.multipliedBy(9), 10_000);
    }

    private Answer close(final Town.Card card, final long heirId) {
        return town.decide(Proposal.closeWallet(card.walletId(), heirId, BECAUSE));
    }

    private void assertNotClosed(final ResultCode code, final Town.Card card, final long heirId) {
        assertRefused(code, town.social, Commands.propose(Proposal.closeWallet(card.walletId(), heirId, BECAUSE)));
    }

    @Test
    void shouldPassOnWhatIsLeftTheNewestPocketFirst() {
        final Town.Card card = town.cardWith(programmeId, 500);
        town.topUp(card, otherId, 70);
        town.topUp(heir, programmeId, 30);
        town.issueIes(card, 40);
        town.paid(shop, Pay.with(card, 100));

        final Answer closed = close(card, heir.walletId());

        assertThat(closed)
                .emitted(
                        "ProposalDecided",
                        "AccountOpened",
                        "TransferPosted",
                        "PocketInherited",
                        "TransferPosted",
                        "PocketInherited",
                        "AccountOpened",
                        "TransferPosted",
                        "WalletClosed");
        final List<PocketInheritedDecoder> inherited = closed.all(PocketInheritedDecoder.class);
        assertThat(inherited).extracting(PocketInheritedDecoder::programmeId).containsExactly(otherId, programmeId);
        assertThat(inherited).extracting(PocketInheritedDecoder::amount).containsExactly(70L, 400L);
        final WalletClosedDecoder event = closed.one(WalletClosedDecoder.class);
        assertThat(event.walletId()).isEqualTo(card.walletId());
        assertThat(event.successorId()).isEqualTo(heir.walletId());
        assertThat(event.reason()).isEqualTo((short) Proposal.DEATH);
        assertThat(event.proposalId())
                .isEqualTo(closed.one(ProposalDecidedDecoder.class).proposalId());
        assertThat(town.pocketOf(heir, programmeId)).isEqualTo(430);
        assertThat(town.pocketOf(heir, otherId)).isEqualTo(70);
        assertThat(town.iesOf(heir)).isEqualTo(40);
        assertThat(town.pocketOf(card, programmeId)).isZero();
        assertThat(town.iesOf(card)).isZero();
        town.paid(shop, Pay.with(heir, 500));
    }

    @Test
    void shouldCountWhatIsInheritedAgainstTheCapOfTheHeir() {
        final Town.Card card = town.cardWith(programmeId, 500);
        town.topUp(heir, programmeId, 200);
        town.paid(shop, Pay.with(card, 150));

        close(card, heir.walletId());

        assertThat(town.pocketOf(heir, programmeId)).isEqualTo(550);
        assertRefused(
                ResultCode.HOUSEHOLD_CAP_EXCEEDED,
                town.social,
                Commands.propose(Proposal.topUp(heir.walletId(), programmeId, 51)));
        town.topUp(heir, programmeId, 50);
        assertRefused(
                ResultCode.AMOUNT_EXCEEDS_CREDITED,
                town.social,
                Commands.propose(Proposal.takeBack(heir.walletId(), programmeId, 601, BECAUSE)));
        assertRefused(
                ResultCode.AMOUNT_EXCEEDS_CREDITED,
                town.social,
                Commands.propose(Proposal.takeBack(card.walletId(), programmeId, 151, BECAUSE)));
        town.decide(Proposal.takeBack(heir.walletId(), programmeId, 600, BECAUSE));
    }

    @Test
    void shouldLeaveMoreThanTheCapToAnHeir() {
        final Town.Card card = town.cardWith(programmeId, 500);
        town.topUp(heir, programmeId, 600);

        close(card, heir.walletId());

        assertThat(town.pocketOf(heir, programmeId)).isEqualTo(1100);
    }

    @Test
    void shouldGiveBackWhatNobodyInherits() {
        final Town.Card card = town.cardWith(programmeId, 500);
        town.topUp(card, otherId, 70);
        town.paid(shop, Pay.with(card, 100));

        final Answer closed = close(card, 0);

        assertThat(closed)
                .emitted(
                        "ProposalDecided",
                        "TransferPosted",
                        "TakenBack",
                        "TransferPosted",
                        "TakenBack",
                        "WalletClosed");
        assertThat(closed.all(TakenBackDecoder.class))
                .extracting(TakenBackDecoder::amount)
                .containsExactly(70L, 400L);
        assertThat(closed.all(TakenBackDecoder.class))
                .extracting(TakenBackDecoder::recoverable)
                .containsOnly(0L);
        assertThat(town.fundOf(programmeId)).isEqualTo(9900);
        assertThat(town.fundOf(otherId)).isEqualTo(10_000);
    }

    @Test
    void shouldForgoWhatHasEnded() {
        final Town.Card card = town.cardWith(programmeId, 500);
        town.topUp(card, otherId, 70);
        final long paymentId = town.paid(shop, Pay.with(card, 100));
        core.pass(VALIDITY);
        core.tickUntilQuiet();
        core.must(shop.terminal(), Commands.refund(paymentId, 30));

        final Answer closed = close(card, heir.walletId());

        assertThat(closed)
                .emitted(
                        "ProposalDecided",
                        "AccountOpened",
                        "TransferPosted",
                        "PocketInherited",
                        "TransferPosted",
                        "TakenBack",
                        "WalletClosed");
        final TakenBackDecoder taken = closed.one(TakenBackDecoder.class);
        assertThat(taken.amount()).isEqualTo(30);
        assertThat(taken.forgone()).isEqualTo(400);
        assertThat(taken.recoverable()).isZero();
        assertThat(town.decide(Proposal.extend(
                        programmeId, core.nowMs() + Duration.ofDays(1).toMillis(), ACT)))
                .emitted("ProposalDecided", "ProgrammeExtended");
        assertThat(town.fundOf(programmeId)).isEqualTo(10_000 - 70);
    }

    @Test
    void shouldLetNoCardOfAClosedWalletWork() {
        final Town.Card card = town.cardWith(programmeId, 500);
        final Town.Card spare = town.card();
        town.enableTransfers();
        town.issueIes(spare, 10);
        final Commands.Token second = core.newToken();
        final long secondId = core.must(town.social, Commands.replaceCard(card.cardId(), second))
                .one(CardIssuedDecoder.class)
                .cardId();
        close(card, heir.walletId());

        assertRefused(ResultCode.CARD_REPLACED, shop.terminal(), Pay.with(card, 1));
        assertRefused(
                ResultCode.CARD_BLOCKED, shop.terminal(), Pay.with(card, 1).token(second));
        assertThat(core.ask(shop.terminal(), Commands.verifyPin(second, card.verifier()))
                        .code())
                .isEqualTo(ResultCode.CARD_BLOCKED);
        for (final Command command : List.of(
                Commands.assignCard(secondId, 9, 1),
                Commands.activateCard(secondId, card.verifier()),
                Commands.unblockCard(secondId),
                Commands.replaceCard(secondId, core.newToken()),
                Commands.propose(Proposal.topUp(card.walletId(), otherId, 1)))) {
            assertRefused(ResultCode.WALLET_CLOSED, town.social, command);
        }
        core.must(town.social, Commands.blockCard(secondId));
        assertRefused(
                ResultCode.WALLET_CLOSED, town.treasurer, Commands.propose(Proposal.issueIes(card.walletId(), 1)));
        assertRefused(
                ResultCode.WALLET_CLOSED, spare.holder(), Commands.transfer(spare.walletId(), card.walletId(), 1, -1));
        assertThat(town.iesOf(card)).isZero();
    }

    @Test
    void shouldRefuseItsHolderEverything() {
        final Town.Card card = town.card();
        town.enableTransfers();
        assertThat(core.ask(card.holder(), Commands.queryWallet(card.walletId()))
                        .code())
                .isEqualTo(ResultCode.OK);

        close(card, 0);

        for (final Command query : List.of(
                Commands.queryWallet(card.walletId()), Commands.queryCard(card.cardId()), Commands.quoteTransfer(1))) {
            assertThat(core.ask(card.holder(), query).code()).isEqualTo(ResultCode.FORBIDDEN);
        }
        assertRefused(ResultCode.FORBIDDEN, card.holder(), Commands.transfer(card.walletId(), heir.walletId(), 1, -1));
        assertRefused(ResultCode.FORBIDDEN, card.holder(), Commands.resolveKey(core.newKey()));
        assertRefused(
                ResultCode.CARD_STATE_CONFLICT,
                card.holder(),
                Commands.changePin(card.cardId(), card.verifier(), Digest.of("new")));
        assertThat(core.ask(town.social, Commands.queryWallet(card.walletId())).code())
                .as("the offices still see it")
                .isEqualTo(ResultCode.OK);
    }

    @Test
    void shouldGoPastAClosedWalletInABatch() {
        final Town.Card card = town.card();
        close(card, 0);
        final List<Proposal.Row> rows =
                List.of(new Proposal.Row(card.walletId(), 10), new Proposal.Row(heir.walletId(), 20));
        final long batchId = town.decide(Proposal.topUpBatch(programmeId, rows))
                .one(ProposalDecidedDecoder.class)
                .proposalId();

        final Answer executed = core.must(town.social, Commands.executeTopUps(batchId, 0, rows));

        assertThat(executed)
                .emitted("TopUpRefused", "AccountOpened", "TransferPosted", "ToppedUp", "ProposalProgressed");
        assertThat(executed.one(TopUpRefusedDecoder.class).code()).isEqualTo(ResultCode.WALLET_CLOSED);
    }

    @Test
    void shouldWaitForWhatIsPending() {
        final Town.Card card = town.cardWith(programmeId, 500);
        final long paymentId = town.paid(shop, Pay.with(card, 100).manual());
        assertNotClosed(ResultCode.WALLET_IN_USE, card, heir.walletId());
        assertNotClosed(ResultCode.WALLET_IN_USE, card, 0);
        core.must(shop.terminal(), Commands.capture(paymentId, 60));

        close(card, heir.walletId());

        assertThat(town.pocketOf(heir, programmeId)).isEqualTo(440);
    }

    @Test
    void shouldWaitForHeldIesToo() {
        final Town.Card card = town.card();
        town.issueIes(card, 100);
        final long paymentId =
                town.paid(shop, Pay.with(card, 100).eligible(0).allowIes().manual());
        assertNotClosed(ResultCode.WALLET_IN_USE, card, heir.walletId());
        core.must(shop.terminal(), Commands.voidPayment(paymentId));
        assertNotClosed(ResultCode.WALLET_NOT_EMPTY, card, 0);

        close(card, heir.walletId());

        assertThat(town.iesOf(heir)).isEqualTo(100);
    }

    @Test
    void shouldKeepWhatIsRefundedToItUntilTheProgrammeEnds() {
        final Town.Card card = town.cardWith(programmeId, 500);
        final long paymentId = town.paid(shop, Pay.with(card, 500));
        close(card, heir.walletId());

        core.must(shop.terminal(), Commands.refund(paymentId, 200));
        assertThat(town.pocketOf(card, programmeId)).isEqualTo(200);
        assertThat(core.tickForMoney()).isEmpty();
        town.decide(Proposal.takeBack(card.walletId(), programmeId, 50, BECAUSE));
        assertThat(town.pocketOf(card, programmeId)).isEqualTo(150);
        core.pass(VALIDITY);
        core.tickUntilQuiet();

        assertThat(town.pocketOf(card, programmeId)).isZero();
        assertThat(town.fundOf(programmeId)).isEqualTo(9700);
    }

    @Test
    void shouldCloseAWalletOnce() {
        final Town.Card card = town.card();
        assertNotClosed(ResultCode.SAME_WALLET, card, card.walletId());
        assertNotClosed(ResultCode.NOT_FOUND, card, 9999);
        assertNotClosed(ResultCode.NOT_FOUND, card, -1);
        final Town neighbour = town.neighbour();
        assertNotClosed(ResultCode.NOT_FOUND, card, neighbour.card().walletId());
        close(card, 0);

        assertNotClosed(ResultCode.WALLET_CLOSED, card, 0);
        assertNotClosed(ResultCode.WALLET_CLOSED, card, heir.walletId());
        assertNotClosed(ResultCode.WALLET_CLOSED, heir, card.walletId());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 4, 8, 14, 15, -4})
    void shouldRefuseWithoutAnActOrAReason(final long because) {
        assertRefused(
                ResultCode.INVALID_FIELD,
                town.social,
                Commands.propose(Proposal.closeWallet(heir.walletId(), 0, because)));
    }

    @Test
    void shouldLetAnHeirHaveMoreThanSixteenLivePockets() {
        for (int i = 0; i < 15; i++) {
            town.topUp(heir, programmeOf(VALIDITY), 1);
        }
        final Town.Card card = town.card();
        for (int i = 0; i < 3; i++) {
            town.topUp(card, programmeOf(VALIDITY), 1);
        }

        close(card, heir.walletId());

        final Answer paid = town.pay(shop, Pay.with(heir, 17).allowPartial());
        assertThat(Town.drawsOf(paid)).hasSize(16);
        town.paid(shop, Pay.with(heir, 2));
    }

    @Test
    void shouldCloseAWalletOfManyYearsOnlyOnceFewEnoughOfItsPocketsHaveAnythingToRestore() {
        final Town.Card card = town.card();
        town.issueIes(card, 1);
        final List<Long> ended = new ArrayList<>();
        while (ended.size() < 65) {
            for (int i = 0; i < 13; i++) {
                ended.add(programmeOf(VALIDITY));
                town.topUp(card, ended.getLast(), 1);
            }
            core.pass(VALIDITY);
            core.tickUntilQuiet();
        }
        assertNotClosed(ResultCode.WALLET_NOT_EMPTY, card, 0);
        assertNotClosed(ResultCode.LIMIT_EXCEEDED, card, heir.walletId());
        town.decide(Proposal.takeBack(card.walletId(), ended.getFirst(), 1, BECAUSE));

        final Answer closed = close(card, heir.walletId());

        final List<TakenBackDecoder> taken = closed.all(TakenBackDecoder.class);
        assertThat(taken)
                .extracting(TakenBackDecoder::programmeId)
                .containsExactlyElementsOf(ended.subList(1, 65).reversed());
        assertThat(taken).extracting(TakenBackDecoder::forgone).containsOnly(1L);
        assertThat(town.iesOf(heir)).isEqualTo(1);
    }

    @Test
    void shouldGiveAnHeirNoMorePocketsThanAWalletMayHave() {
        final int most = 256;
        for (int i = 0; i < most; i++) {
            town.topUp(heir, programmeOf(VALIDITY), 1);
            if (i % 16 == 15) {
                core.pass(VALIDITY);
                core.tickUntilQuiet();
            }
        }
        final long newId = programmeOf(VALIDITY);
        final Town.Card card = town.cardWith(newId, 1);

        assertNotClosed(ResultCode.POCKETS_EXHAUSTED, card, heir.walletId());
        core.pass(VALIDITY);

        assertThat(close(card, heir.walletId()))
                .as("what has ended is not inherited")
                .emitted("ProposalDecided", "TransferPosted", "TakenBack", "WalletClosed");
    }

    /** A programme of one cent. */
    private long programmeOf(final Duration validity) {
        return town.programme(Town.admitting(Town.GROCERIES), validity, 1);
    }
}
