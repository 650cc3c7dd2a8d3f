// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What belongs to one town does not exist for another. */
class CircuitsTest extends CoreTest {
    private Town town;
    private Town neighbour;
    private long programmeId;
    private Town.Shop shop;
    private Town.Card card;
    private long paymentId;

    @BeforeEach
    void openTwoTowns() {
        town = Town.open(core);
        programmeId = town.fundedProgramme(Town.admitting(Town.GROCERIES), 1000);
        shop = town.shop(Town.GROCERIES);
        card = town.cardWith(programmeId, 500);
        paymentId = town.paid(shop, Pay.with(card, 100).manual());
        neighbour = town.neighbour();
    }

    @Test
    void shouldNotFindTheIdsOfAnotherTown() {
        final Principal social = neighbour.social;
        final Principal treasurer = neighbour.treasurer;
        for (final Command command : List.of(
                Commands.setProgrammeStatus(programmeId, ProgrammeStatus.SUSPENDED),
                Commands.setMerchantStatus(shop.merchantId(), MerchantStatus.SUSPENDED),
                Commands.openOutlet(shop.merchantId()),
                Commands.registerTerminal(shop.outletId(), Digest.ZERO),
                Commands.revokeTerminal(shop.terminalId()),
                Commands.assignCard(card.cardId(), 1, 1),
                Commands.activateCard(card.cardId(), Digest.of("a PIN")),
                Commands.blockCard(card.cardId()),
                Commands.unblockCard(card.cardId()),
                Commands.replaceCard(card.cardId(), core.newToken()),
                Commands.resetPin(card.cardId(), Digest.of("a PIN")),
                Commands.capture(paymentId, 1),
                Commands.voidPayment(paymentId),
                Commands.refund(paymentId, 1),
                Commands.propose(Proposal.publish(programmeId)))) {
            assertRefused(ResultCode.NOT_FOUND, social, command);
        }
        assertRefused(ResultCode.NOT_FOUND, treasurer, Commands.propose(Proposal.moveFund(programmeId, 1)));
        assertRefused(ResultCode.NOT_FOUND, treasurer, Commands.propose(Proposal.issueIes(card.walletId(), 1)));
        assertRefused(ResultCode.NOT_FOUND, treasurer, Commands.propose(Proposal.redeemMerchant(shop.merchantId(), 1)));
    }

    @Test
    void shouldNotTopUpAcrossTowns() {
        final long other = neighbour.fundedProgramme(Town.admitting(Town.GROCERIES), 1000);
        final Town.Card foreign = neighbour.card();

        assertRefused(
                ResultCode.NOT_FOUND, neighbour.social, Commands.propose(Proposal.topUp(card.walletId(), other, 1)));
        assertRefused(
                ResultCode.NOT_FOUND,
                neighbour.social,
                Commands.propose(Proposal.topUp(foreign.walletId(), programmeId, 1)));
    }

    @Test
    void shouldNotKnowTheCardsOfAnotherTown() {
        final Town.Shop otherShop = neighbour.shop(Town.GROCERIES);

        assertRefused(ResultCode.CARD_UNKNOWN, otherShop.terminal(), Pay.with(card, 1));
        assertThat(core.ask(otherShop.terminal(), Commands.verifyPin(card.token(), card.verifier())))
                .answered(ResultCode.CARD_UNKNOWN);
    }

    @Test
    void shouldLetNobodySpeakInAnotherTown() {
        final int other = neighbour.circuitId;

        assertRefused(ResultCode.FORBIDDEN, town.admin.in(other), Commands.registerMerchant(1));
        assertRefused(ResultCode.FORBIDDEN, town.admin.in(0), Commands.openCircuit(1));
        assertRefused(ResultCode.FORBIDDEN, town.admin.in(999), Commands.registerMerchant(1));
        assertRefused(ResultCode.FORBIDDEN, shop.terminal().in(other), Pay.with(card, 1));
        assertRefused(
                ResultCode.FORBIDDEN,
                card.holder().in(other),
                Commands.changePin(card.cardId(), card.verifier(), Digest.ZERO));
        assertRefused(ResultCode.FORBIDDEN, neighbour.firstInstaller.in(999), Commands.propose(Proposal.appoint(7, 2)));
    }

    @Test
    void shouldNotTransferAcrossTowns() {
        final Town.Card foreign = neighbour.card();
        town.issueIes(card, 100);
        town.enableTransfers();
        neighbour.enableTransfers();

        assertRefused(
                ResultCode.NOT_FOUND, card.holder(), Commands.transfer(card.walletId(), foreign.walletId(), 1, -1));
    }

    @Test
    void shouldCoverEachTownsIesByItsOwnReserve() {
        final Town.Card foreign = neighbour.card();
        town.decide(Proposal.moveReserve(1000, 1));
        final Proposal issue = Proposal.issueIes(foreign.walletId(), 1);
        final long proposalId = neighbour.propose(neighbour.treasurer, issue);

        assertRefused(ResultCode.RESERVE_INSUFFICIENT, neighbour.secondTreasurer, Commands.approve(proposalId, issue));
    }

    @Test
    void shouldCloseEachSetUpByItself() {
        assertThat(neighbour.decide(
                        neighbour.firstInstaller, neighbour.secondInstaller, Proposal.appoint(70, Town.SOCIAL)))
                .executed();
        assertRefused(ResultCode.FORBIDDEN, town.firstInstaller, Commands.propose(Proposal.appoint(70, Town.SOCIAL)));
    }

    @Test
    void shouldShowNothingOfAnotherTown() {
        assertThat(core.ask(neighbour.admin, Commands.queryWallet(card.walletId())))
                .answered(ResultCode.NOT_FOUND);
        assertThat(core.ask(neighbour.admin, Commands.queryCard(card.cardId()))).answered(ResultCode.NOT_FOUND);
        assertThat(core.ask(neighbour.admin, Commands.queryPayment(paymentId))).answered(ResultCode.NOT_FOUND);
        assertThat(core.ask(neighbour.admin, Commands.queryCircuit(town.circuitId))
                        .code())
                .isIn(ResultCode.NOT_FOUND, ResultCode.FORBIDDEN);
    }
}
