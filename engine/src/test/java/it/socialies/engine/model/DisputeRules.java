// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ResultCode;
import java.math.BigInteger;
import java.util.List;

/** {@code OpenDispute} and DECIDE_DISPUTE. */
final class DisputeRules implements ProposalRules.Kind {
    private final World world;
    private final Access access;
    private final Room room;
    private final LifecycleRules lifecycle;

    DisputeRules(World world, Access access, Room room, LifecycleRules lifecycle) {
        this.world = world;
        this.access = access;
        this.room = room;
        this.lifecycle = lifecycle;
    }

    /** What is disputed of a payable, by what a refund of the disputed sums would take from it. */
    static BigInteger disputedOf(World world, Account payable) {
        return world.disputes.values().stream()
                .flatMap(dispute -> LifecycleRules.partsOf(dispute.payment(), dispute.amount()).stream())
                .filter(part -> part.hold().credit == payable)
                .map(LifecycleRules.Part::amount)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    Effect open(Call call) {
        World.Operator operator = access.require(call, Access.SOCIAL | Access.ADMIN | Access.TREASURER);
        room.requireAsProposals(world.disputes.size(), 1);
        BigInteger amount = call.command().amount("amount");
        Amounts.requirePositive(amount);
        Refused.unless(call.number("reference") > 0, ResultCode.INVALID_FIELD);
        World.Payment payment = world.payments.get(call.number("paymentId"));
        if (payment == null
                || payment.circuitId() != call.circuitId()
                || LifecycleRules.isOver(payment, call.stampMs())) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        if (payment.isDisputed) {
            LifecycleRules.requireRefundable(payment, BigInteger.ZERO);
            throw new Refused(ResultCode.PAYMENT_DISPUTED);
        }
        LifecycleRules.requireRefundable(payment, amount);
        return events -> {
            World.Dispute dispute = new World.Dispute(++world.lastDisputeId, payment, amount);
            world.disputes.put(dispute.id(), dispute);
            payment.isDisputed = true;
            events.add(new Message("DisputeOpened")
                    .with("disputeId", dispute.id())
                    .with("paymentId", payment.id)
                    .with("amount", amount)
                    .with("reference", call.number("reference"))
                    .with("operatorId", operator.id));
        };
    }

    @Override
    public int proposers() {
        return Access.SOCIAL | Access.ADMIN;
    }

    @Override
    public int approvers() {
        return Access.SOCIAL | Access.ADMIN | Access.TREASURER;
    }

    @Override
    public void checkTerms(Message terms) {
        BigInteger amount = terms.amount("amount");
        Refused.unless(amount.signum() >= 0 && !Amounts.isMore(amount, Amounts.MAX), ResultCode.INVALID_AMOUNT);
        Refused.unless(terms.number("extra") > 0, ResultCode.INVALID_FIELD);
    }

    private World.Dispute require(ProposalRules.Terms terms) {
        World.Dispute dispute = world.disputes.get(terms.number("subjectId"));
        if (dispute == null || dispute.payment().circuitId() != terms.circuitId()) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        return dispute;
    }

    @Override
    public void check(ProposalRules.Terms terms) {
        World.Dispute dispute = require(terms);
        BigInteger amount = terms.message().amount("amount");
        Refused.when(Amounts.isMore(amount, dispute.amount()), ResultCode.AMOUNT_EXCEEDS_REFUNDABLE);
        lifecycle.requireCover(dispute.payment(), amount);
    }

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {
        World.Dispute dispute = require(terms);
        BigInteger amount = terms.message().amount("amount");
        World.Payment payment = dispute.payment();
        world.disputes.remove(dispute.id());
        payment.isDisputed = false;
        payment.deadlineMs = terms.stampMs() + PaymentRules.KEPT_MS;
        events.add(new Message("DisputeDecided")
                .with("disputeId", dispute.id())
                .with("refunded", amount)
                .with("reference", terms.number("extra"))
                .with("proposalId", terms.proposalId()));
        if (amount.signum() > 0) {
            lifecycle.refund(payment, amount, terms.stampMs(), events);
        }
    }
}
