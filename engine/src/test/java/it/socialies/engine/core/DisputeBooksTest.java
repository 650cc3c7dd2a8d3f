// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The standalone verifier knows what a dispute holds: a history in which it was paid out all the same, or decided otherwise, is named at that record. */
class DisputeBooksTest extends CoreTest {
    /** Fields by their offset behind the message header, as {@code ops/docs/format.md} lists them. */
    private static final int DISPUTE_PAYMENT = 8;

    private static final int DISPUTE_AMOUNT = 16;
    private static final int DECIDED_REFUNDED = 8;
    private static final int DECIDED_REFERENCE = 16;
    private static final int DECIDED_PROPOSAL = 24;
    private static final int CHANGED_REFUNDED = 24;
    private static final int HOLD_AMOUNT = 24;
    private static final int TRANSFER_AMOUNT = 16;
    private static final int PROPOSAL_AMOUNT = 24;
    private static final int PROPOSAL_EXTRA = 32;

    private long opened;
    private long drawn;
    private long redeemed;
    private long decided;
    private long refunded;

    /** Of a payment of 600, 500 of it vouchers, 300 are disputed: all its IES, and 200 of its vouchers. The rest is paid out; 150 come back. */
    @BeforeEach
    void dispute() {
        final Town town = Town.open(core);
        final Town.Shop shop = town.shop(Town.GROCERIES);
        final long food = town.programme(Town.admitting(Town.GROCERIES), Duration.ofDays(1000), 1_000);
        final Town.Card card = town.cardWith(food, 500);
        town.issueIes(card, 150);
        town.paid(shop, Pay.with(card, 50).eligible(0).allowIes());
        final long paymentId = town.paid(shop, Pay.with(card, 600).allowIes());
        opened =
                core.must(town.social, Commands.openDispute(paymentId, 300, 31)).sequence();
        town.drawn(food, shop);
        drawn = core.records().size();
        redeemed = town.decide(Proposal.redeemMerchant(shop.merchantId(), 50)).sequence();
        decided = town.decide(Proposal.decideDispute(1, 150, 41)).sequence();
        refunded = core.must(shop.terminal(), Commands.refund(paymentId, 50)).sequence();
    }

    private ForgedJournal redeemingOneMore() {
        return forged().add(redeemed - 1, ProposalMadeDecoder.TEMPLATE_ID, PROPOSAL_AMOUNT, 1)
                .add(redeemed, TransferPostedDecoder.TEMPLATE_ID, 0, TRANSFER_AMOUNT, 1)
                .add(redeemed, TransferPostedDecoder.TEMPLATE_ID, 1, TRANSFER_AMOUNT, 1)
                .add(redeemed, IesRedeemedDecoder.TEMPLATE_ID, 8, 1)
                .add(redeemed, IesRedeemedDecoder.TEMPLATE_ID, 16, -1);
    }

    private ForgedJournal forged() {
        return new ForgedJournal(core.records());
    }

    @Test
    void shouldFindNothingWrongWithWhatTheCoreAllowed() {
        assertThat(VerifierBooks.firstWrong(core.records())).isNull();
    }

    @Test
    void shouldNameALineThatDrawsWhatIsDisputed() {
        forged().add(opened, DisputeOpenedDecoder.TEMPLATE_ID, DISPUTE_AMOUNT, 1)
                .isNamedAt(drawn);
    }

    @Test
    void shouldNameARedemptionOfWhatIsDisputed() {
        redeemingOneMore().isNamedAt(redeemed);
        redeemingOneMore().drop(opened).isNamedAt(decided);
    }

    @Test
    void shouldNameADisputeOfMoreThanThereIs() {
        forged().add(opened, DisputeOpenedDecoder.TEMPLATE_ID, DISPUTE_AMOUNT, 301)
                .isNamedAt(opened);
        forged().add(opened, DisputeOpenedDecoder.TEMPLATE_ID, DISPUTE_AMOUNT, -300)
                .isNamedAt(opened);
        forged().add(opened, DisputeOpenedDecoder.TEMPLATE_ID, DISPUTE_PAYMENT, 1)
                .isNamedAt(opened);
        forged().add(opened, DisputeOpenedDecoder.TEMPLATE_ID, 0, 1).isNamedAt(opened);
        forged().drop(decided).repeat(opened).isNamedAt(refunded);
    }

    @Test
    void shouldNameADecisionThatTwoPersonsDidNotMake() {
        for (final int field : new int[] {0, DECIDED_REFUNDED, DECIDED_REFERENCE, DECIDED_PROPOSAL}) {
            forged().add(decided, DisputeDecidedDecoder.TEMPLATE_ID, field, -1).isNamedAt(decided);
        }
        forged().add(decided - 1, ProposalMadeDecoder.TEMPLATE_ID, PROPOSAL_EXTRA, 1)
                .isNamedAt(decided);
        forged().repeat(decided).isNamedAt(decided);
    }

    @Test
    void shouldNameAHolderThatGetsOtherThanWhatWasDecided() {
        forged().add(decided, PaymentChangedDecoder.TEMPLATE_ID, CHANGED_REFUNDED, -1)
                .add(decided, HoldRefundedDecoder.TEMPLATE_ID, HOLD_AMOUNT, -1)
                .isNamedAt(decided);
    }

    @Test
    void shouldNameARefundOfWhatIsDisputed() {
        forged().drop(decided).isNamedAt(refunded);
    }
}
