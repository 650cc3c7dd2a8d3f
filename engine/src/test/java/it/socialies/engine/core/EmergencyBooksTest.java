// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The standalone verifier knows what one operator may give alone: a history in which somebody gave more, or nobody reviewed, is named at that record. */
class EmergencyBooksTest extends CoreTest {
    private static final long MONTH_MAX = 15_000;
    private static final int REVIEW_DAYS = 7;

    /** Fields by their offset behind the message header, as {@code ops/docs/format.md} lists them. */
    private static final int TRANSFER_AMOUNT = 16;

    private static final int TRANSFER_REFERENCE = 24;
    private static final int TRANSFER_REASON = 32;
    private static final int TOP_UP_AMOUNT = 24;
    private static final int TOP_UP_WALLET = 0;
    private static final int FUND_MONTH_MAX = 8;
    private static final int FUND_PROPOSAL = 24;
    private static final int FUND_REVIEW_DAYS = 32;
    private static final int AWARD = 0;
    private static final int AWARD_PROGRAMME = 8;
    private static final int AWARD_WALLET = 16;
    private static final int AWARD_HOUSEHOLD = 24;
    private static final int AWARD_AMOUNT = 32;
    private static final int AWARD_REVIEW_BY = 40;
    private static final int AWARD_OPERATOR = 56;
    private static final int AWARD_MONTH = 64;
    private static final int REVIEW_OPERATOR = 8;

    private Town town;
    private long fundSet;
    private long first;
    private long second;
    private long firstReview;
    private long third;

    /** Two awards that make the most of a month for a household, both reviewed, and one behind the day on which that was due. */
    @BeforeEach
    void award() {
        town = Town.open(core);
        final long bits = Town.admitting(Town.GROCERIES);
        final long ordinary = town.fundedProgramme(bits, 1_000);
        town.cardWith(ordinary, 300);
        final long fundId = town.fundedProgramme(bits, 100_000);
        fundSet = town.decide(Proposal.emergencyFund(fundId, MONTH_MAX, REVIEW_DAYS, 1))
                .sequence();
        final Town.Card card = town.card();
        first = give(card, fundId, 81, MONTH_MAX - 1);
        second = give(card, fundId, 81, 1);
        firstReview = review(town.secondSocial, 1);
        review(town.admin, 2);
        core.pass(Duration.ofDays(REVIEW_DAYS));
        third = give(town.card(), fundId, 82, 500);
    }

    private long give(final Town.Card card, final long fundId, final long household, final long amount) {
        return core.must(town.social, Commands.awardEmergency(card.walletId(), fundId, household, amount, 3))
                .sequence();
    }

    private long review(final Principal who, final long awardId) {
        return core.must(who, Commands.reviewEmergency(awardId, ReviewVerdict.CONFIRMED))
                .sequence();
    }

    /** The journal as somebody wrote it anew. */
    private final class Forged {
        private final List<DirectBuffer> records = new ArrayList<>();

        Forged() {
            for (final DirectBuffer record : core.records()) {
                final byte[] bytes = new byte[record.capacity()];
                record.getBytes(0, bytes);
                records.add(new UnsafeBuffer(bytes));
            }
        }

        private int eventAt(final UnsafeBuffer record, final int templateId) {
            final MessageHeaderDecoder header = new MessageHeaderDecoder();
            int at = RecordDescriptor.HEADER_LENGTH;
            while (header.wrap(record, at).templateId() != templateId) {
                at += MessageHeaderDecoder.ENCODED_LENGTH + header.blockLength();
            }
            return at + MessageHeaderDecoder.ENCODED_LENGTH;
        }

        Forged add(final long sequence, final int templateId, final int field, final long delta) {
            final UnsafeBuffer record = (UnsafeBuffer) records.get((int) sequence - 1);
            final int at = eventAt(record, templateId) + field;
            record.putLong(at, record.getLong(at, LITTLE_ENDIAN) + delta, LITTLE_ENDIAN);
            return this;
        }

        Forged put(final long sequence, final int templateId, final int field, final int value) {
            final UnsafeBuffer record = (UnsafeBuffer) records.get((int) sequence - 1);
            final int at = eventAt(record, templateId) + field;
            record.putByte(at, (byte) value);
            return this;
        }

        Forged drop(final long sequence) {
            records.remove((int) sequence - 1);
            return this;
        }

        void isNamedAt(final long sequence) {
            assertThat(VerifierBooks.firstWrong(records)).isEqualTo(sequence);
        }
    }

    @Test
    void shouldFindNothingWrongWithWhatTheCoreAllowed() {
        assertThat(VerifierBooks.firstWrong(core.records())).isNull();
    }

    @Test
    void shouldNameAnAwardThatGivesMoreThanTheMonthHas() {
        new Forged()
                .add(second, TransferPostedDecoder.TEMPLATE_ID, TRANSFER_AMOUNT, 1)
                .add(second, ToppedUpDecoder.TEMPLATE_ID, TOP_UP_AMOUNT, 1)
                .add(second, EmergencyAwardedDecoder.TEMPLATE_ID, AWARD_AMOUNT, 1)
                .isNamedAt(second);
    }

    @Test
    void shouldNameAnAwardThatGivesAWalletMoreByNamingAnotherHousehold() {
        new Forged()
                .add(second, TransferPostedDecoder.TEMPLATE_ID, TRANSFER_AMOUNT, 1)
                .add(second, ToppedUpDecoder.TEMPLATE_ID, TOP_UP_AMOUNT, 1)
                .add(second, EmergencyAwardedDecoder.TEMPLATE_ID, AWARD_AMOUNT, 1)
                .add(second, EmergencyAwardedDecoder.TEMPLATE_ID, AWARD_HOUSEHOLD, 7)
                .isNamedAt(second);
    }

    @Test
    void shouldNameAnAwardThatSaysOtherThanWhatMoved() {
        for (final int field : new int[] {AWARD, AWARD_PROGRAMME, AWARD_WALLET, AWARD_AMOUNT, AWARD_REVIEW_BY}) {
            new Forged()
                    .add(first, EmergencyAwardedDecoder.TEMPLATE_ID, field, 1)
                    .isNamedAt(first);
        }
        new Forged()
                .add(first, EmergencyAwardedDecoder.TEMPLATE_ID, AWARD_OPERATOR, 9_999)
                .isNamedAt(first);
        new Forged()
                .put(first, EmergencyAwardedDecoder.TEMPLATE_ID, AWARD_MONTH, 0)
                .isNamedAt(first);
        new Forged().add(first, ToppedUpDecoder.TEMPLATE_ID, TOP_UP_WALLET, 1).isNamedAt(first);
        new Forged()
                .add(first, TransferPostedDecoder.TEMPLATE_ID, TRANSFER_REFERENCE, 1)
                .isNamedAt(first);
    }

    @Test
    void shouldNameMoneyThatLeavesTheFundWithoutAnAward() {
        final int toppedUp = TransferReason.TOPPED_UP.value();
        new Forged()
                .put(first, TransferPostedDecoder.TEMPLATE_ID, TRANSFER_REASON, toppedUp)
                .isNamedAt(first);
    }

    @Test
    void shouldNameTermsThatNobodyApproved() {
        new Forged()
                .add(fundSet, EmergencyFundSetDecoder.TEMPLATE_ID, FUND_MONTH_MAX, 1)
                .isNamedAt(fundSet);
        new Forged()
                .add(fundSet, EmergencyFundSetDecoder.TEMPLATE_ID, FUND_PROPOSAL, -1)
                .isNamedAt(fundSet);
        new Forged()
                .put(fundSet, EmergencyFundSetDecoder.TEMPLATE_ID, FUND_REVIEW_DAYS, REVIEW_DAYS + 1)
                .isNamedAt(first);
    }

    @Test
    void shouldNameAnAwardOutOfAnOrdinaryProgrammeAndAFundThatWasOne() {
        new Forged().drop(fundSet).isNamedAt(first);
        new Forged().add(fundSet, EmergencyFundSetDecoder.TEMPLATE_ID, 0, -1).isNamedAt(fundSet);
    }

    @Test
    void shouldNameAReviewByWhoAwarded() {
        final long byHerself = town.social.id() - town.secondSocial.id();
        new Forged()
                .add(firstReview, EmergencyReviewedDecoder.TEMPLATE_ID, REVIEW_OPERATOR, byHerself)
                .isNamedAt(firstReview);
        new Forged()
                .add(first, EmergencyAwardedDecoder.TEMPLATE_ID, AWARD_OPERATOR, -byHerself)
                .isNamedAt(firstReview);
        new Forged()
                .add(firstReview, EmergencyReviewedDecoder.TEMPLATE_ID, AWARD, 9)
                .isNamedAt(firstReview);
    }

    @Test
    void shouldNameAnAwardThatCameWhileAReviewWasOverdue() {
        new Forged().drop(firstReview).isNamedAt(third);
    }
}
