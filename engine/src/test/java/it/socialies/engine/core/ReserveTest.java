// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No IES without its euro. */
class ReserveTest extends CoreTest {
    private Town town;
    private Town.Card card;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
        card = town.card();
    }

    @Test
    void shouldIssueUpToTheReserveAndNotACentMore() {
        town.decide(Proposal.moveReserve(1000, 1));
        final Answer issued = town.decide(Proposal.issueIes(card.walletId(), 600));
        assertThat(issued).emitted("ProposalDecided", "AccountOpened", "TransferPosted", "IesIssued");
        assertThat(issued.one(IesIssuedDecoder.class).outstanding()).isEqualTo(600);

        final Proposal tooMuch = Proposal.issueIes(card.walletId(), 401);
        final long proposalId = town.propose(town.treasurer, tooMuch);
        assertRefused(ResultCode.RESERVE_INSUFFICIENT, town.secondTreasurer, Commands.approve(proposalId, tooMuch));
        town.decide(Proposal.issueIes(card.walletId(), 400));

        assertThat(town.iesOf(card)).isEqualTo(1000);
    }

    @Test
    void shouldKeepInTheReserveWhatIsOutstanding() {
        town.issueIes(card, 700);
        town.decide(Proposal.moveReserve(300, 2));

        assertRefused(ResultCode.RESERVE_INSUFFICIENT, town.treasurer, Commands.propose(Proposal.moveReserve(-301, 3)));
        final Answer out = town.decide(Proposal.moveReserve(-300, 3));

        assertThat(out).emitted("ProposalDecided", "TransferPosted", "ReserveMoved");
        assertThat(out.one(ReserveMovedDecoder.class).reserve()).isEqualTo(700);
    }

    @Test
    void shouldCheckTheReserveAgainAtApproval() {
        town.decide(Proposal.moveReserve(1000, 1));
        final Proposal out = Proposal.moveReserve(-1000, 2);
        final long outId = town.propose(town.treasurer, out);
        town.decide(Proposal.issueIes(card.walletId(), 1));

        assertRefused(ResultCode.RESERVE_INSUFFICIENT, town.secondTreasurer, Commands.approve(outId, out));
    }

    @Test
    void shouldHoldNoMoreThanCanBeCounted() {
        town.decide(Proposal.moveReserve(100_000_000_000_000L, 1));

        assertRefused(ResultCode.LIMIT_EXCEEDED, town.treasurer, Commands.propose(Proposal.moveReserve(1, 2)));
        town.decide(Proposal.issueIes(card.walletId(), 100_000_000_000_000L));
        assertThat(town.iesOf(card)).isEqualTo(100_000_000_000_000L);
    }

    @Test
    void shouldRedeemAMerchantsTakings() {
        town.issueIes(card, 700);
        final Town.Shop shop = town.shop(Town.GROCERIES);
        town.paid(shop, Pay.with(card, 500).eligible(0).allowIes());

        assertRefused(
                ResultCode.INSUFFICIENT_FUNDS,
                town.treasurer,
                Commands.propose(Proposal.redeemMerchant(shop.merchantId(), 501)));
        final Answer redeemed = town.decide(Proposal.redeemMerchant(shop.merchantId(), 500));

        assertThat(redeemed).emitted("ProposalDecided", "TransferPosted", "TransferPosted", "IesRedeemed");
        assertThat(redeemed.all(TransferPostedDecoder.class))
                .extracting(TransferPostedDecoder::reason)
                .containsExactly(TransferReason.IES_REDEEMED, TransferReason.RESERVE_RELEASED);
        assertThat(redeemed.one(IesRedeemedDecoder.class).outstanding()).isEqualTo(200);
        assertThat(town.iesPayableOf(shop)).isZero();
        assertRefused(ResultCode.RESERVE_INSUFFICIENT, town.treasurer, Commands.propose(Proposal.moveReserve(-1, 3)));
    }

    @Test
    void shouldRedeemAPersonsIesOnlyWhereTheCircuitEnablesIt() {
        town.issueIes(card, 700);
        final Proposal redemption = Proposal.redeemWallet(card.walletId(), 700);
        assertRefused(ResultCode.REDEMPTION_DISABLED, town.treasurer, Commands.propose(redemption));

        town.enableRedemption();
        assertRefused(
                ResultCode.INSUFFICIENT_FUNDS,
                town.treasurer,
                Commands.propose(Proposal.redeemWallet(card.walletId(), 701)));
        town.decide(redemption);

        assertThat(town.iesOf(card)).isZero();
    }

    @Test
    void shouldCheckTheEnablingAgainAtApproval() {
        town.issueIes(card, 700);
        town.enableRedemption();
        final Proposal redemption = Proposal.redeemWallet(card.walletId(), 700);
        final long proposalId = town.propose(town.treasurer, redemption);
        town.decide(Proposal.configure(1, 42));

        assertRefused(ResultCode.REDEMPTION_DISABLED, town.secondTreasurer, Commands.approve(proposalId, redemption));
    }

    @Test
    void shouldNotFindWhatIsNotThere() {
        assertRefused(ResultCode.NOT_FOUND, town.treasurer, Commands.propose(Proposal.issueIes(99, 1)));
        assertRefused(ResultCode.NOT_FOUND, town.treasurer, Commands.propose(Proposal.redeemMerchant(99, 1)));
        assertRefused(ResultCode.NOT_FOUND, town.treasurer, Commands.propose(Proposal.redeemWallet(99, 1)));
        assertRefused(ResultCode.NOT_FOUND, town.treasurer, Commands.propose(Proposal.redeemWallet(0, 1)));
    }

    @Test
    void shouldRedeemNothingFromAWalletThatNeverHadIes() {
        town.enableRedemption();
        final Town.Shop shop = town.shop(Town.GROCERIES);

        assertRefused(
                ResultCode.INSUFFICIENT_FUNDS,
                town.treasurer,
                Commands.propose(Proposal.redeemWallet(card.walletId(), 1)));
        assertRefused(
                ResultCode.INSUFFICIENT_FUNDS,
                town.treasurer,
                Commands.propose(Proposal.redeemMerchant(shop.merchantId(), 1)));
    }
}
