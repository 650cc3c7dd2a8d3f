// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.approvals;

import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TariffSetEncoder;

/** SET_TARIFF: amount is the flat part in minor units, extra the proportional part in basis points. */
public final class TariffChange implements ProposalEffect {
    private static final long MAX_BASIS_POINTS = 10_000;

    private final TariffSetEncoder tariffSet = new TariffSetEncoder();
    private final EventWriter events;

    /** Sets tariffs through {@code events}. */
    public TariffChange(final EventWriter events) {
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
        final boolean isFlatValid = terms.amount() == 0 || Amounts.isPositive(terms.amount());
        return isFlatValid && terms.extra() >= 0 && terms.extra() <= MAX_BASIS_POINTS
                ? ResultCode.OK
                : ResultCode.INVALID_FIELD;
    }

    @Override
    public void execute(final ProposalTerms terms) {
        events.start(tariffSet)
                .flat(terms.amount())
                .circuitId(terms.circuitId())
                .basisPoints((int) terms.extra());
        events.end();
    }
}
