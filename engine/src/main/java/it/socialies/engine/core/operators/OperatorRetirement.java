// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.operators;

import it.socialies.engine.core.approvals.Proposals;
import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Administrators;
import it.socialies.engine.core.circuit.Circuits;
import it.socialies.engine.core.circuit.Operators;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.circuit.RolesInForce;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Decider;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.OperatorRetiredEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.RetireOperatorDecoder;

/**
 * Decides RetireOperator: a person leaves the circuit in one action, with all logins. One administrator is enough, since taking power away must be
 * quick; but never the last administrator's, or nobody could appoint the next one.
 */
public final class OperatorRetirement implements Decider {
    private final RetireOperatorDecoder retireOperator = new RetireOperatorDecoder();
    private final OperatorRetiredEncoder operatorRetired = new OperatorRetiredEncoder();
    private final EventWriter events;
    private final Circuits circuits;
    private final Operators operators;
    private final RolesInForce roles;
    private final Administrators administrators;
    private final Proposals proposals;
    private final Access access;

    /** Decides on these tables. */
    public OperatorRetirement(
            final EventWriter events,
            final Circuits circuits,
            final Operators operators,
            final RolesInForce roles,
            final Administrators administrators,
            final Proposals proposals,
            final Access access) {
        this.events = events;
        this.circuits = circuits;
        this.operators = operators;
        this.roles = roles;
        this.administrators = administrators;
        this.proposals = proposals;
        this.access = access;
    }

    @Override
    public ResultCode decide(final CommandContext command) {
        final ResultCode may = access.operatorOrSetup(command, Roles.ADMIN);
        if (may != ResultCode.OK) {
            return may;
        }
        final long id = command.read(retireOperator).operatorId();
        final int circuitId = command.circuitId();
        final long nowMs = command.timestampMs();
        if (!operators.exists(id, circuitId)) {
            return ResultCode.NOT_FOUND;
        }
        final long personId = operators.personId(id);
        if (rolesOf(personId, circuitId, nowMs, false) == 0) {
            return ResultCode.APPOINTMENT_STATE_CONFLICT;
        }
        if ((rolesOf(personId, circuitId, nowMs, true) & Roles.ADMIN) != 0
                && !circuits.isSetupOpen(circuitId)
                && !administrators.isAnotherThan(personId, circuitId, nowMs)) {
            return ResultCode.LAST_ADMIN;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        events.start(operatorRetired)
                .operatorId(id)
                .personId(personId)
                .lastProposalId(proposals.count())
                .takenByPersonId(takenByPersonId(command, personId))
                .circuitId(circuitId);
        events.end();
        return ResultCode.OK;
    }

    /** The person who takes an administrator's office away; 0 when it is no administrator's, its own, or during set-up. */
    private long takenByPersonId(final CommandContext command, final long personId) {
        final int circuitId = command.circuitId();
        final boolean isAdministrator = (rolesOf(personId, circuitId, command.timestampMs(), false) & Roles.ADMIN) != 0;
        final long byPersonId = operators.personId(command.principalId());
        return isAdministrator && byPersonId != personId && !circuits.isSetupOpen(circuitId) ? byPersonId : 0;
    }

    /** Roles of a person by all its logins in the circuit. */
    private int rolesOf(final long personId, final int circuitId, final long nowMs, final boolean areInForce) {
        int all = 0;
        for (long id = 1; id <= operators.count(); id++) {
            if (operators.personId(id) == personId && operators.circuitId(id) == circuitId) {
                all |= areInForce ? roles.inForce(id, nowMs) : roles.granted(id, nowMs);
            }
        }
        return all;
    }
}
