// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.List;

/** CONFIGURE_CIRCUIT: what persons may do, each with its legal basis. */
final class ConfigurationRules implements ProposalRules.Kind {
    private static final long FLAGS = 3;

    private final World world;

    ConfigurationRules(World world) {
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
        long flags = terms.number("extra");
        long legalBasis = terms.number("subjectId");
        Refused.unless(
                (flags & ~FLAGS) == 0
                        && (flags == 0 ? legalBasis == 0 : legalBasis > 0)
                        && legalBasis <= Integer.MAX_VALUE,
                ResultCode.INVALID_FIELD);
    }

    @Override
    public void check(ProposalRules.Terms terms) {}

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {
        World.Circuit circuit = world.circuits.get(terms.circuitId());
        circuit.flags = terms.message().integer("extra");
        circuit.legalBasis = terms.message().integer("subjectId");
        events.add(new Message("CircuitConfigured")
                .with("circuitId", circuit.id)
                .with("flags", circuit.flags)
                .with("legalBasis", circuit.legalBasis));
    }
}
