// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TransferReason;
import java.math.BigInteger;
import java.util.List;

/** MOVE_RESERVE: euro behind the IES, in or out. */
final class ReserveRules implements ProposalRules.Kind {
    private final World world;

    ReserveRules(World world) {
        this.world = world;
    }

    @Override
    public int proposers() {
        return Access.TREASURER;
    }

    @Override
    public int approvers() {
        return Access.TREASURER;
    }

    @Override
    public void checkTerms(Message terms) {
        Amounts.requireMovement(terms.amount("amount"));
    }

    @Override
    public void check(ProposalRules.Terms terms) {
        World.Circuit circuit = world.circuits.get(terms.circuitId());
        BigInteger amount = terms.message().amount("amount");
        BigInteger after = circuit.reserve.available().add(amount);
        Refused.when(
                amount.signum() < 0 && Amounts.isMore(circuit.outstanding(), after), ResultCode.RESERVE_INSUFFICIENT);
        Refused.when(Amounts.isMore(after, Amounts.MAX), ResultCode.LIMIT_EXCEEDED);
    }

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {
        World.Circuit circuit = world.circuits.get(terms.circuitId());
        BigInteger amount = terms.message().amount("amount");
        boolean isIn = amount.signum() > 0;
        events.add(world.books.post(
                isIn ? circuit.reserveBank : circuit.reserve,
                isIn ? circuit.reserve : circuit.reserveBank,
                amount.abs(),
                TransferReason.RESERVE_MOVED,
                terms.proposalId()));
        events.add(new Message("ReserveMoved").with("amount", amount).with("reserve", circuit.reserve.available()));
        closeSetUp(world, terms.circuitId(), events);
    }

    /** The first money of a circuit ends its set-up. */
    static void closeSetUp(World world, int circuitId, List<Message> events) {
        World.Circuit circuit = world.circuits.get(circuitId);
        if (circuit.isSetUpOpen) {
            circuit.isSetUpOpen = false;
            events.add(new Message("SetupClosed").with("circuitId", circuitId));
        }
    }
}
