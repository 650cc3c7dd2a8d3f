// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.circuit;

import it.socialies.engine.protocol.sbe.ResultCode;

/**
 * Whether an office may be given by two persons of whom one is of the installation, once the circuit is set up. Only while fewer than two persons
 * administer it, and the other must be of the circuit: with any role in force, nobody of the installation, and nobody who ever took an
 * administrator's office there away alone. Otherwise who has the installation's secrets and one administrator's login would retire the other
 * administrators and appoint accomplices.
 */
public final class HelpOfInstallation {
    private final Circuits circuits;
    private final Operators operators;
    private final DatedRoles datedRoles;
    private final RolesInForce roles;
    private final Administrators administrators;

    /** Reads these tables. */
    public HelpOfInstallation(
            final Circuits circuits,
            final Operators operators,
            final DatedRoles datedRoles,
            final RolesInForce roles,
            final Administrators administrators) {
        this.circuits = circuits;
        this.operators = operators;
        this.datedRoles = datedRoles;
        this.roles = roles;
        this.administrators = administrators;
    }

    /** OK when these two operators may give an office in the circuit as far as the installation is concerned, or OTHER_PERSON_NEEDED. */
    public ResultCode check(final long proposerId, final long approverId, final int circuitId, final long nowMs) {
        if (circuits.isSetupOpen(circuitId)) {
            return ResultCode.OK;
        }
        final boolean isHelpProposed = operators.circuitId(proposerId) == 0;
        final boolean isHelpApproved = operators.circuitId(approverId) == 0;
        if (!isHelpProposed && !isHelpApproved) {
            return isAdministrator(approverId, nowMs) ? ResultCode.OK : ResultCode.OTHER_PERSON_NEEDED;
        }
        final boolean isGood = isHelpProposed != isHelpApproved
                && !administrators.areTwo(circuitId, nowMs)
                && isWitness(isHelpProposed ? approverId : proposerId, circuitId, nowMs);
        return isGood ? ResultCode.OK : ResultCode.OTHER_PERSON_NEEDED;
    }

    private boolean isWitness(final long operatorId, final int circuitId, final long nowMs) {
        if ((roles.inForce(operatorId, nowMs) & Roles.OF_A_CIRCUIT) == 0) {
            return false;
        }
        final long personId = operators.personId(operatorId);
        for (long id = 1; id <= operators.count(); id++) {
            final boolean isTaker = operators.circuitId(id) == circuitId && datedRoles.takenByPersonId(id) == personId;
            final boolean isInstaller = operators.circuitId(id) == 0 && operators.personId(id) == personId;
            if (isTaker || isInstaller) {
                return false;
            }
        }
        return true;
    }

    private boolean isAdministrator(final long operatorId, final long nowMs) {
        return (roles.inForce(operatorId, nowMs) & Roles.ADMIN) != 0;
    }
}
