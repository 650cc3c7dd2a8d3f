// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.protocol.sbe.ResultCode.*;

import it.socialies.engine.core.PrecedenceTable.Attempt;
import it.socialies.engine.protocol.sbe.DisputeOpenedDecoder;
import it.socialies.engine.protocol.sbe.LineOutcome;
import it.socialies.engine.protocol.sbe.MerchantStatus;
import it.socialies.engine.protocol.sbe.ProposalKind;
import java.util.List;

/** The order of refusals of what settles, disputes and closes shops. */
final class SettlementPrecedence {
    private SettlementPrecedence() {}

    static List<PrecedenceTable> tables() {
        return List.of(
                PrecedenceTable.keyed("DrawSettlement", a -> Commands.drawSettlement(a.amount, a.extra))
                        .by(a -> a.town.treasurer)
                        .given(a -> {
                            a.amount = a.core.nowMs();
                            a.extra = 5;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.social)
                        .check(INVALID_FIELD, a -> a.amount = a.core.nowMs() + 1),
                PrecedenceTable.keyed(
                                "DrawLines",
                                a -> Commands.drawLines(
                                        a.id, a.rowCount, List.of(new Commands.Draw(a.otherId, a.extra, a.amount))))
                        .by(a -> a.town.treasurer)
                        .given(a -> {
                            prepareALine(a);
                            a.rowCount = 1;
                            a.otherId = a.shop.merchantId();
                            a.extra = a.programmeId;
                            a.amount = 5;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(SETTLEMENT_STATE_CONFLICT, SettlementPrecedence::cancel)
                        .check(BATCH_GAP, a -> a.rowCount = 0)
                        .check(INVALID_AMOUNT, a -> a.amount = 0)
                        .check(NOT_FOUND, a -> a.extra = 0),
                PrecedenceTable.keyed("CancelSettlement", a -> Commands.cancelSettlement(a.id))
                        .by(a -> a.town.treasurer)
                        .given(SettlementPrecedence::prepareALine)
                        .check(FORBIDDEN, a -> a.who = a.town.admin)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(SETTLEMENT_STATE_CONFLICT, SettlementPrecedence::cancel),
                PrecedenceTable.keyed("ReturnLines", a -> Commands.returnLines(List.of(a.otherId, a.otherId + a.extra)))
                        .by(a -> a.town.treasurer)
                        .given(a -> {
                            prepareTwoLines(a);
                            approve(a);
                            a.extra = 1;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.social)
                        .check(INVALID_FIELD, a -> a.extra = 0)
                        .check(NOT_FOUND, a -> a.otherId = 9999)
                        .check(SETTLEMENT_STATE_CONFLICT, a -> {
                            a.town.payee(a.shop, 3);
                            a.core.must(a.town.treasurer, Commands.orderLines(1, List.of(2L)));
                        }),
                PrecedenceTable.keyed("OrderLines", a -> Commands.orderLines(a.extra, List.of(a.otherId)))
                        .by(a -> a.town.treasurer)
                        .given(a -> {
                            prepareALine(a);
                            approve(a);
                            a.town.payee(a.shop, 3);
                            a.extra = 1;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.admin)
                        .check(INVALID_FIELD, a -> a.extra = 0)
                        .check(NOT_FOUND, a -> a.otherId = 9999)
                        .check(SETTLEMENT_STATE_CONFLICT, a -> {
                            prepareALine(a);
                            a.core.must(a.town.social, Commands.confirmPayee(a.shop.merchantId(), 4));
                        })
                        .check(PAYEE_HELD, a -> a.town.payee(a.shop, 4)),
                PrecedenceTable.keyed("OrderLines to nobody", a -> Commands.orderLines(1, List.of(a.otherId)))
                        .by(a -> a.town.treasurer)
                        .given(a -> {
                            prepareALine(a);
                            approve(a);
                        })
                        .check(NOT_FOUND, a -> a.otherId = 9999)
                        .endsWith(PAYEE_MISSING),
                PrecedenceTable.keyed("RecordOutcomes", a -> outcome(a.extra, a.otherId, LineOutcome.PAID))
                        .by(a -> a.town.treasurer)
                        .given(a -> {
                            prepareALine(a);
                            approveAndOrder(a);
                            a.extra = 1;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.social)
                        .check(INVALID_FIELD, a -> a.extra = 0)
                        .check(NOT_FOUND, a -> a.otherId = 9999)
                        .check(SETTLEMENT_STATE_CONFLICT, a -> tell(a, LineOutcome.WITHDRAWN)),
                PrecedenceTable.keyed(
                                "RecordOutcomes of a payment that came back",
                                a -> outcome(a.extra, a.otherId, LineOutcome.BOUNCED))
                        .by(a -> a.town.treasurer)
                        .given(a -> {
                            prepareALine(a);
                            approveAndOrder(a);
                            tell(a, LineOutcome.PAID);
                            a.extra = 1;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.social)
                        .check(INVALID_FIELD, a -> a.extra = 0)
                        .check(NOT_FOUND, a -> a.otherId = 9999)
                        .check(SETTLEMENT_STATE_CONFLICT, a -> tell(a, LineOutcome.BOUNCED)),
                PrecedenceTable.keyed("ConfirmPayee", a -> Commands.confirmPayee(a.id, a.otherId))
                        .by(a -> a.town.social)
                        .given(a -> {
                            a.town.payee(a.shop, 3);
                            a.town.payee(a.shop, 4);
                            a.id = a.shop.merchantId();
                            a.otherId = 4;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(PAYEE_STATE_CONFLICT, a -> a.otherId = 3),
                PrecedenceTable.keyed("OpenDispute", a -> Commands.openDispute(a.id, a.amount, a.extra))
                        .by(a -> a.town.treasurer)
                        .given(a -> {
                            a.id = a.town.paid(a.shop, Pay.with(a.card, 100));
                            a.amount = 100;
                            a.extra = 1;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(INVALID_AMOUNT, a -> a.amount = 0)
                        .check(INVALID_FIELD, a -> a.extra = 0)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(PAYMENT_STATE_CONFLICT, a -> a.id = a.authorized())
                        .check(PAYMENT_DISPUTED, a -> a.core.must(a.town.social, Commands.openDispute(a.id, 1, 1)))
                        .check(AMOUNT_EXCEEDS_REFUNDABLE, a -> a.amount = 101),
                PrecedenceTable.keyed("RefundPayment of a disputed one", a -> Commands.refund(a.id, a.amount))
                        .by(a -> a.shop.terminal())
                        .given(a -> {
                            a.id = a.town.paid(
                                    a.shop, Pay.with(a.card, 100).eligible(0).allowIes());
                            a.amount = 100;
                        })
                        .check(AMOUNT_EXCEEDS_REFUNDABLE, a -> a.amount = 101)
                        .check(PAYMENT_DISPUTED, a -> a.core.must(a.town.social, Commands.openDispute(a.id, 1, 1)))
                        .check(SETTLED_ALREADY, a -> a.town.decide(Proposal.redeemMerchant(a.shop.merchantId(), 50))),
                PrecedenceTable.keyed(
                                "Propose SETTLE",
                                a -> Commands.propose(
                                        new Proposal(ProposalKind.SETTLE, a.id, 0, a.amount, 0, a.rowCount, a.digest)))
                        .by(a -> a.town.treasurer)
                        .given(SettlementPrecedence::prepareALine)
                        .check(FORBIDDEN, a -> a.who = a.town.admin)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(SETTLEMENT_STATE_CONFLICT, SettlementPrecedence::cancel)
                        .check(SETTLEMENT_CHANGED, a -> a.digest = Digest.of("other")),
                PrecedenceTable.keyed(
                                "Approve SETTLE",
                                a -> Commands.approve(
                                        a.proposalId,
                                        new Proposal(ProposalKind.SETTLE, a.id, 0, a.amount, 0, a.rowCount, a.digest)))
                        .by(a -> a.town.admin)
                        .given(a -> {
                            prepareALine(a);
                            a.proposalId = a.town.propose(
                                    a.town.treasurer, Proposal.settle(a.id, a.amount, a.rowCount, a.digest));
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.social)
                        .check(SAME_PERSON, a -> a.who = a.town.treasurer)
                        .check(PROPOSAL_CHANGED, a -> a.amount = 1)
                        .check(SETTLEMENT_STATE_CONFLICT, SettlementPrecedence::cancel),
                PrecedenceTable.keyed("Propose SET_PAYEE", a -> Commands.propose(a.proposal(ProposalKind.SET_PAYEE)))
                        .by(a -> a.town.social)
                        .given(a -> {
                            a.id = a.shop.merchantId();
                            a.otherId = 3;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(INVALID_FIELD, a -> a.otherId = 0)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(PAYEE_STATE_CONFLICT, a -> a.town.payee(a.shop, 3)),
                PrecedenceTable.keyed(
                                "Propose DECIDE_DISPUTE",
                                a -> Commands.propose(a.proposal(ProposalKind.DECIDE_DISPUTE)))
                        .by(a -> a.town.social)
                        .given(a -> {
                            a.id = dispute(a, 100);
                            a.amount = 100;
                            a.extra = 1;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.treasurer)
                        .check(INVALID_AMOUNT, a -> a.amount = -1)
                        .check(INVALID_FIELD, a -> a.extra = 0)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(AMOUNT_EXCEEDS_REFUNDABLE, a -> a.amount = 101),
                PrecedenceTable.keyed(
                                "Propose DECIDE_DISPUTE of IES",
                                a -> Commands.propose(a.proposal(ProposalKind.DECIDE_DISPUTE)))
                        .by(a -> a.town.social)
                        .given(a -> {
                            final long paymentId = a.town.paid(
                                    a.shop, Pay.with(a.card, 100).eligible(0).allowIes());
                            a.town.decide(Proposal.redeemMerchant(a.shop.merchantId(), 50));
                            a.id = a.core.must(a.town.social, Commands.openDispute(paymentId, 100, 1))
                                    .one(DisputeOpenedDecoder.class)
                                    .disputeId();
                            a.amount = 51;
                            a.extra = 1;
                        })
                        .check(INVALID_FIELD, a -> a.extra = 0)
                        .check(AMOUNT_EXCEEDS_REFUNDABLE, a -> a.amount = 101)
                        .endsWith(SETTLED_ALREADY),
                PrecedenceTable.keyed(
                                "Propose SETTLE_DEBT", a -> Commands.propose(a.proposal(ProposalKind.SETTLE_DEBT)))
                        .by(a -> a.town.treasurer)
                        .given(a -> {
                            final long paymentId = a.town.paid(a.shop, Pay.with(a.card, 100));
                            prepareDrawn(a);
                            approveAndOrder(a);
                            tell(a, LineOutcome.PAID);
                            a.core.must(a.shop.terminal(), Commands.refund(paymentId, 50));
                            a.id = a.shop.merchantId();
                            a.otherId = a.programmeId;
                            a.amount = 50;
                            a.extra = 1;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.admin)
                        .check(INVALID_AMOUNT, a -> a.amount = 0)
                        .check(INVALID_FIELD, a -> a.extra = 0)
                        .check(NOT_FOUND, a -> a.otherId = 9999)
                        .check(AMOUNT_EXCEEDS_DEBT, a -> a.amount = 51),
                PrecedenceTable.keyed(
                                "SetMerchantStatus of one that has left",
                                a -> Commands.setMerchantStatus(a.id, MerchantStatus.ACTIVE))
                        .by(a -> a.town.admin)
                        .given(SettlementPrecedence::closeTheShop)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .endsWith(MERCHANT_STATE_CONFLICT),
                PrecedenceTable.keyed("OpenOutlet of one that has left", a -> Commands.openOutlet(a.id))
                        .by(a -> a.town.admin)
                        .given(SettlementPrecedence::closeTheShop)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .endsWith(MERCHANT_STATE_CONFLICT),
                PrecedenceTable.keyed(
                                "RegisterTerminal of one that has left",
                                a -> Commands.registerTerminal(a.otherId, Digest.of("code")))
                        .by(a -> a.town.admin)
                        .given(a -> {
                            closeTheShop(a);
                            a.otherId = a.shop.outletId();
                        })
                        .check(NOT_FOUND, a -> a.otherId = 9999)
                        .endsWith(MERCHANT_STATE_CONFLICT));
    }

    private static void prepareALine(final Attempt a) {
        a.town.paid(a.shop, Pay.with(a.card, 100));
        prepareDrawn(a);
    }

    /** All that the shop is owed, in a settlement of one line. */
    private static void prepareDrawn(final Attempt a) {
        final Proposal drawn = a.town.drawn(a.programmeId, a.shop);
        a.id = drawn.subjectId();
        a.otherId = a.town.lastLine();
        a.amount = drawn.amount();
        a.rowCount = drawn.rowCount();
        a.digest = drawn.digest();
    }

    private static void prepareTwoLines(final Attempt a) {
        a.town.paid(a.shop, Pay.with(a.card, 100));
        final Town.Shop second = a.town.shop(Town.GROCERIES);
        a.town.paid(second, Pay.with(a.card, 100));
        final Proposal drawn = a.town.drawn(a.programmeId, a.shop, second);
        a.id = drawn.subjectId();
        a.otherId = a.town.lastLine() - 1;
        a.amount = drawn.amount();
        a.rowCount = drawn.rowCount();
        a.digest = drawn.digest();
        a.town.payee(second, 9);
    }

    private static void approve(final Attempt a) {
        a.town.decide(Proposal.settle(a.id, a.amount, a.rowCount, a.digest));
    }

    private static void approveAndOrder(final Attempt a) {
        approve(a);
        a.town.payee(a.shop, 3);
        a.core.must(a.town.treasurer, Commands.orderLines(1, List.of(a.otherId)));
    }

    private static Command outcome(final long reference, final long lineId, final LineOutcome outcome) {
        return Commands.recordOutcomes(reference, List.of(new Commands.Outcome(lineId, outcome)));
    }

    private static void tell(final Attempt a, final LineOutcome outcome) {
        a.core.must(a.town.treasurer, outcome(1, a.otherId, outcome));
    }

    private static void cancel(final Attempt a) {
        a.core.must(a.town.treasurer, Commands.cancelSettlement(a.id));
    }

    private static long dispute(final Attempt a, final long amount) {
        final long paymentId = a.town.paid(a.shop, Pay.with(a.card, amount));
        return a.core.must(a.town.social, Commands.openDispute(paymentId, amount, 1))
                .one(DisputeOpenedDecoder.class)
                .disputeId();
    }

    private static void closeTheShop(final Attempt a) {
        a.id = a.shop.merchantId();
        a.core.must(a.town.admin, Commands.setMerchantStatus(a.id, MerchantStatus.CLOSED));
    }
}
