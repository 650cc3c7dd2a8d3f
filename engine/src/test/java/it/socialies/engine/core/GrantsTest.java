// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cards from the stock, delegates, one errand, and holders who cannot type a PIN. */
class GrantsTest extends CoreTest {
    private Town town;
    private Town.Shop shop;
    private Town.Card card;
    private long programmeId;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
        programmeId = town.fundedProgramme(Town.admitting(Town.GROCERIES), 100_000);
        shop = town.shop(Town.GROCERIES);
        card = town.cardWith(programmeId, 10_000);
    }

    private Answer pay(final Pay payment) {
        return core.send(shop.terminal(), payment);
    }

    private long available() {
        return town.pocketOf(card, programmeId);
    }

    /** A card of the stock as another of this wallet, with a PIN of its own. */
    private Town.Card delegate(final long paymentMax, final long dayMax, final long untilMs) {
        final Town.Card stock = town.blankCard();
        core.must(town.social, Commands.addDelegate(card.walletId(), stock.cardId(), paymentMax, dayMax, untilMs));
        core.must(town.social, Commands.activateCard(stock.cardId(), stock.verifier()));
        return stock;
    }

    private Town.Card errand(final long max, final Duration life) {
        final Commands.Token token = core.newToken();
        final CardIssuedDecoder issued = core.must(
                        card.holder(),
                        Commands.issueErrand(
                                card.walletId(), shop.merchantId(), max, core.nowMs() + life.toMillis(), token))
                .one(CardIssuedDecoder.class);
        return new Town.Card(
                issued.cardId(),
                issued.walletId(),
                token,
                Digest.ZERO,
                Principal.holder(issued.cardId(), town.circuitId));
    }

    // ---------------------------------------------------------------- the stock

    @Test
    void shouldPutACardOfTheStockInThePlaceOfALostOne() {
        final Town.Card stock = town.blankCard();
        core.must(card.holder(), Commands.blockCard(card.cardId()));

        final Answer replaced = core.send(town.social, Commands.replaceFromStock(card.cardId(), stock.cardId()));
        core.must(town.social, Commands.activateCard(stock.cardId(), stock.verifier()));

        assertThat(replaced).emitted("CardStatusChanged", "CardMoved");
        assertThat(pay(Pay.with(stock, 1_000))).executed();
        assertThat(available()).isEqualTo(9_000);
        assertThat(pay(Pay.with(card, 1_000))).refused(ResultCode.CARD_REPLACED);
        assertRefused(ResultCode.FORBIDDEN, card.holder(), Commands.blockCard(stock.cardId()));
    }

    @Test
    void shouldTakeNoCardThatSomebodyHoldsForStock() {
        final Town.Card assigned = town.blankCard();
        core.must(town.social, Commands.assignCard(assigned.cardId(), 7, 1));
        final Town.Card withMoney = town.blankCard();
        town.topUp(withMoney, programmeId, 1);
        final Town.Card blocked = town.blankCard();
        core.must(town.social, Commands.blockCard(blocked.cardId()));

        for (final Town.Card other : new Town.Card[] {assigned, withMoney, blocked, card, town.card()}) {
            assertRefused(
                    ResultCode.CARD_NOT_IN_STOCK,
                    town.social,
                    Commands.replaceFromStock(card.cardId(), other.cardId()));
            assertRefused(
                    ResultCode.CARD_NOT_IN_STOCK,
                    town.social,
                    Commands.addDelegate(card.walletId(), other.cardId(), 0, 0, 0));
        }
        assertRefused(
                ResultCode.NOT_FOUND,
                town.social,
                Commands.replaceFromStock(
                        card.cardId(), town.neighbour().blankCard().cardId()));
    }

    // ---------------------------------------------------------------- delegates

    @Test
    void shouldBoundWhatADelegateSpends() {
        final Town.Card delegate = delegate(500, 800, 0);

        assertThat(pay(Pay.with(delegate, 501))).refused(ResultCode.CARD_LIMIT_EXCEEDED);
        assertThat(pay(Pay.with(delegate, 500))).executed();
        final Answer more = pay(Pay.with(delegate, 400));
        assertThat(more).refused(ResultCode.CARD_LIMIT_EXCEEDED);
        assertThat(more.one(PaymentRejectedDecoder.class).remaining()).isEqualTo(300);
        final Answer partly = pay(Pay.with(delegate, 400).allowPartial());
        assertThat(partly.one(PaymentMadeDecoder.class).drawn()).isEqualTo(300);
        assertThat(pay(Pay.with(delegate, 1).allowPartial())).refused(ResultCode.CARD_LIMIT_EXCEEDED);
        assertThat(available()).isEqualTo(9_200);
        core.pass(Duration.ofDays(1));
        assertThat(pay(Pay.with(delegate, 500))).executed();
        assertThat(pay(Pay.with(card, 5_000)))
                .as("the holder has no such limit")
                .executed();
    }

    @Test
    void shouldNotGiveALimitBackWithARefund() {
        final Town.Card delegate = delegate(0, 500, 0);
        final long paymentId =
                pay(Pay.with(delegate, 500)).one(PaymentMadeDecoder.class).paymentId();
        core.must(shop.terminal(), Commands.refund(paymentId, 500));

        assertThat(pay(Pay.with(delegate, 1))).refused(ResultCode.CARD_LIMIT_EXCEEDED);
    }

    @Test
    void shouldEndADelegateOnItsDayOrWhenItsHolderSaysSo() {
        final Town.Card forAWhile = delegate(0, 0, core.nowMs() + 3_600_000);
        final Town.Card revoked = delegate(0, 0, 0);

        core.must(card.holder(), Commands.blockCard(revoked.cardId()));
        core.pass(Duration.ofHours(1));

        assertThat(pay(Pay.with(forAWhile, 1))).refused(ResultCode.CARD_EXPIRED);
        assertThat(pay(Pay.with(revoked, 1))).refused(ResultCode.CARD_BLOCKED);
        assertRefused(ResultCode.CARD_STATE_CONFLICT, town.social, Commands.unblockCard(revoked.cardId()));
        assertRefused(
                ResultCode.CARD_STATE_CONFLICT,
                town.social,
                Commands.replaceFromStock(forAWhile.cardId(), town.blankCard().cardId()));
        assertRefused(
                ResultCode.CARD_STATE_CONFLICT, town.social, Commands.replaceCard(forAWhile.cardId(), core.newToken()));
    }

    @Test
    void shouldLetADelegateDoNothingButPayAndMindItsOwnCard() {
        final Town.Card delegate = delegate(100, 100, 0);

        assertThat(core.ask(delegate.holder(), Commands.queryWallet(card.walletId()))
                        .code())
                .isEqualTo(ResultCode.FORBIDDEN);
        assertRefused(
                ResultCode.FORBIDDEN,
                delegate.holder(),
                Commands.transfer(card.walletId(), town.card().walletId(), 1, -1));
        assertRefused(
                ResultCode.FORBIDDEN,
                delegate.holder(),
                Commands.issueErrand(card.walletId(), shop.merchantId(), 1, core.nowMs() + 60_000, core.newToken()));
        assertRefused(ResultCode.FORBIDDEN, delegate.holder(), Commands.blockCard(card.cardId()));
        assertThat(core.ask(delegate.holder(), Commands.queryCard(delegate.cardId()))
                        .one(CardViewDecoder.class)
                        .kind())
                .isEqualTo(CardKind.DELEGATE);
        assertThat(core.send(
                        delegate.holder(),
                        Commands.changePin(delegate.cardId(), delegate.verifier(), Digest.of("90417"))))
                .executed();
    }

    @Test
    void shouldBoundDelegatesAndMakeRoomWhenOneIsRevoked() {
        final Town.Card first = delegate(0, 0, 0);
        delegate(0, 0, 0);
        delegate(0, 0, 0);
        final Town.Card fourth = town.blankCard();
        final Command add = Commands.addDelegate(card.walletId(), fourth.cardId(), 0, 0, 0);

        assertRefused(ResultCode.CARDS_EXHAUSTED, town.social, add);
        core.must(town.social, Commands.blockCard(first.cardId()));
        assertThat(core.send(town.social, add)).emitted("CardMoved", "CardGranted");
    }

    // ---------------------------------------------------------------- errands

    @Test
    void shouldDoOneErrandWithoutAPinAndLeaveTheRest() {
        final Town.Card errand = errand(2_000, Duration.ofHours(3));

        final Answer paid = pay(Pay.with(errand, 1_500));

        assertThat(paid).emitted("AccountOpened", "PaymentMade", "HoldPosted", "CardSpent", "CardStatusChanged");
        assertThat(available()).isEqualTo(8_500);
        assertThat(pay(Pay.with(errand, 100))).refused(ResultCode.CARD_CLOSED);
    }

    @Test
    void shouldTellTheTillWhyAnErrandDoesNotWork() {
        final Town.Card errand = errand(2_000, Duration.ofHours(3));

        assertThat(core.send(town.shop(Town.GROCERIES).terminal(), Pay.with(errand, 100)))
                .refused(ResultCode.CARD_OTHER_SHOP);
        final Answer tooMuch = pay(Pay.with(errand, 2_001));
        assertThat(tooMuch).refused(ResultCode.CARD_LIMIT_EXCEEDED);
        assertThat(tooMuch.one(PaymentRejectedDecoder.class).remaining()).isEqualTo(2_000);
        assertThat(tooMuch.one(PaymentRejectedDecoder.class).triesLeft()).isZero();
        assertThat(core.ask(shop.terminal(), Commands.verifyPin(errand.token(), Digest.of("1")))
                        .code())
                .isEqualTo(ResultCode.PIN_NOT_SET);
        core.pass(Duration.ofHours(3));
        assertThat(pay(Pay.with(errand, 100))).refused(ResultCode.CARD_EXPIRED);
    }

    @Test
    void shouldReleaseTheRestOfAnErrandAtOnce() {
        final Town.Card errand = errand(2_000, Duration.ofHours(3));
        final long paymentId = pay(Pay.with(errand, 2_000).manual())
                .one(PaymentMadeDecoder.class)
                .paymentId();
        core.must(shop.terminal(), Commands.capture(paymentId, 1_200));

        assertThat(available()).isEqualTo(8_800);
    }

    @Test
    void shouldLetTheHolderTakeAnErrandBack() {
        final Town.Card errand = errand(2_000, Duration.ofHours(3));
        assertRefused(ResultCode.FORBIDDEN, town.card().holder(), Commands.blockCard(errand.cardId()));
        core.must(card.holder(), Commands.blockCard(errand.cardId()));
        assertThat(pay(Pay.with(errand, 100))).refused(ResultCode.CARD_BLOCKED);
    }

    @Test
    void shouldBoundErrandsByTheDay() {
        for (int i = 0; i < 5; i++) {
            errand(1, Duration.ofHours(1));
        }
        final Command sixth =
                Commands.issueErrand(card.walletId(), shop.merchantId(), 1, core.nowMs() + 60_000, core.newToken());
        assertRefused(ResultCode.CARDS_EXHAUSTED, card.holder(), sixth);
        core.pass(Duration.ofDays(1));
        errand(1, Duration.ofHours(1));
    }

    // ---------------------------------------------------------------- without a PIN

    @Test
    void shouldTakeSmallSumsWithoutAPinFromWhoCannotTypeOne() {
        assertThat(pay(Pay.with(card, 100).withoutPin())).refused(ResultCode.PIN_NEEDED);
        core.must(town.social, Commands.allowPinFree(card.cardId(), 1_000));

        assertThat(pay(Pay.with(card, 600).withoutPin())).executed();
        assertThat(pay(Pay.with(card, 500).withoutPin())).refused(ResultCode.PIN_NEEDED);
        assertThat(pay(Pay.with(card, 500))).as("with the PIN").executed();
        assertThat(pay(Pay.with(card, 400).withoutPin())).executed();
        assertThat(pay(Pay.with(card, 1).withoutPin())).refused(ResultCode.PIN_NEEDED);
        core.pass(Duration.ofDays(1));
        assertThat(pay(Pay.with(card, 1_000).withoutPin())).executed();
        core.must(town.social, Commands.allowPinFree(card.cardId(), 0));
        core.pass(Duration.ofDays(1));
        assertThat(pay(Pay.with(card, 1).withoutPin())).refused(ResultCode.PIN_NEEDED);
    }

    @Test
    void shouldTakeNothingWithoutAPinFromALockedCard() {
        core.must(town.social, Commands.allowPinFree(card.cardId(), 1_000));
        for (int i = 0; i < 3; i++) {
            pay(Pay.with(card, 1).pin("00000"));
        }

        assertThat(pay(Pay.with(card, 1).withoutPin())).refused(ResultCode.PIN_LOCKED);
    }

    @Test
    void shouldCountAMissingPinAsNoTry() {
        for (int i = 0; i < 5; i++) {
            assertThat(pay(Pay.with(card, 1).withoutPin())).refused(ResultCode.PIN_NEEDED);
        }
        assertThat(pay(Pay.with(card, 1))).executed();
    }

    @Test
    void shouldKeepWhoCannotTypeAPinWhenTheCardIsReplaced() {
        core.must(town.social, Commands.allowPinFree(card.cardId(), 1_000));
        final Town.Card stock = town.blankCard();

        assertThat(core.send(town.social, Commands.replaceFromStock(card.cardId(), stock.cardId())))
                .emitted("CardStatusChanged", "CardMoved", "PinFreeAllowed");
        core.must(town.social, Commands.activateCard(stock.cardId(), stock.verifier()));
        assertThat(pay(Pay.with(stock, 1_000).withoutPin())).executed();
    }

    // ---------------------------------------------------------------- a PIN by post

    @Test
    void shouldResetAPinByTwoPersonsAndShowNobodyWhatItIsMadeOf() {
        final Digest verifier = Digest.of("73019");
        final Proposal reset = Proposal.resetPin(card.cardId(), verifier);
        final long id = town.propose(town.social, reset);
        assertThat(core.ask(town.auditor, Commands.queryProposal(id))
                        .one(ProposalViewDecoder.class)
                        .digest()
                        .w0())
                .isZero();
        assertRefused(ResultCode.PROPOSAL_CHANGED, town.secondSocial, Commands.approve(id, reset));
        assertRefused(ResultCode.SAME_PERSON, town.social, Commands.approve(id, reset.withDigest(Digest.ZERO)));

        assertThat(core.send(town.secondSocial, Commands.approve(id, reset.withDigest(Digest.ZERO))))
                .emitted("ProposalDecided", "PinSet");
        assertThat(pay(Pay.with(card, 1))).refused(ResultCode.PIN_WRONG);
        assertThat(core.send(
                        shop.terminal(), new Pay(card.token(), verifier, 1, 1, 0, CaptureMode.AUTOMATIC, false, false)))
                .executed();
    }
}
