// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ResultCode;
import java.math.BigInteger;
import java.util.List;

/** SET_TARIFF: what a transfer costs. */
final class TariffRules implements ProposalRules.Kind {
    private static final long BASIS_POINTS_MAX = 10_000;

    private final World world;

    TariffRules(World world) {
        this.world = world;
    }

    @Override
    public int proposers() {
        return Access.ADMIN;
    }

    @Override
    public int approvers() {
        return Access.ADMIN;
    }

    @Override
    public void checkTerms(Message terms) {
        BigInteger flat = terms.amount("amount");
        long basisPoints = terms.number("extra");
        Refused.unless(
                flat.signum() >= 0
                        && !Amounts.isMore(flat, Amounts.MAX)
                        && basisPoints >= 0
                        && basisPoints <= BASIS_POINTS_MAX,
                ResultCode.INVALID_FIELD);
    }

    @Override
    public void check(ProposalRules.Terms terms) {}

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {
        World.Circuit circuit = world.circuits.get(terms.circuitId());
        circuit.tariffFlat = terms.message().amount("amount");
        circuit.tariffBasisPoints = terms.message().integer("extra");
        events.add(new Message("TariffSet")
                .with("flat", circuit.tariffFlat)
                .with("circuitId", circuit.id)
                .with("basisPoints", circuit.tariffBasisPoints));
    }
}
