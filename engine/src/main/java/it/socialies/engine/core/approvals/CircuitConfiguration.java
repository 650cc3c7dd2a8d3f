// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.approvals;

import it.socialies.engine.core.circuit.Circuits;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.CircuitConfiguredEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;

/**
 * CONFIGURE_CIRCUIT: what persons may do with IES, with the code of the legal basis that allows it (Directive 2009/110/EC on e-money): both off
 * unless a legal basis is recorded.
 */
public final class CircuitConfiguration implements ProposalEffect {
    private static final int ALL_FLAGS = Circuits.TRANSFERS | Circuits.REDEMPTION_BY_PERSONS;

    private final CircuitConfiguredEncoder circuitConfigured = new CircuitConfiguredEncoder();
    private final EventWriter events;

    /** Configures through {@code events}. */
    public CircuitConfiguration(final EventWriter events) {
        this.events = events;
    }

    @Override
    public int proposerRoles() {
        return Roles.ADMIN;
    }

    @Override
    public int approverRoles() {
        return Roles.ADMIN;
    }

    @Override
    public ResultCode check(final ProposalTerms terms) {
        final long legalBasis = terms.subjectId();
        final boolean isKnown = (terms.extra() & ~ALL_FLAGS) == 0;
        final boolean isFounded = terms.extra() == 0 ? legalBasis == 0 : legalBasis > 0;
        return isKnown && isFounded && legalBasis <= Integer.MAX_VALUE ? ResultCode.OK : ResultCode.INVALID_FIELD;
    }

    @Override
    public void execute(final ProposalTerms terms) {
        events.start(circuitConfigured)
                .circuitId(terms.circuitId())
                .flags((int) terms.extra())
                .legalBasis((int) terms.subjectId());
        events.end();
    }
}
