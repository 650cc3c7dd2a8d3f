// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.circuit;

import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ResultCode;

/** Who may do what: the one place where roles are judged. */
public final class Access {
    private final Operators operators;
    private final RolesInForce roles;
    private final Administrators administrators;
    private final Circuits circuits;

    /** Judges by these tables. */
    public Access(
            final Operators operators,
            final RolesInForce roles,
            final Administrators administrators,
            final Circuits circuits) {
        this.operators = operators;
        this.roles = roles;
        this.administrators = administrators;
        this.circuits = circuits;
    }

    /** An operator of the command's circuit with at least one of these roles in force. */
    public ResultCode operator(final CommandContext command, final int roles) {
        final int circuitId = command.circuitId();
        if (circuitId == 0 || !command.isFrom(PrincipalKind.OPERATOR)) {
            return ResultCode.FORBIDDEN;
        }
        return roleOf(command, circuitId, roles);
    }

    /** A bootstrap operator of the installation, acting on the installation itself. */
    public ResultCode installation(final CommandContext command) {
        if (command.circuitId() != 0 || !command.isFrom(PrincipalKind.OPERATOR)) {
            return ResultCode.FORBIDDEN;
        }
        return roleOf(command, 0, Roles.INSTALLATION);
    }

    /** As {@link #operator}, or a bootstrap operator while the set-up of the circuit is open. */
    public ResultCode operatorOrSetup(final CommandContext command, final int roles) {
        final int circuitId = command.circuitId();
        return circuits.exists(circuitId) && circuits.isSetupOpen(circuitId) && isInstaller(command)
                ? ResultCode.OK
                : operator(command, roles);
    }

    /**
     * As {@link #operatorOrSetup}, or a bootstrap operator while fewer than two persons administer the circuit: then nobody there could appoint anybody any
     * more. {@link HelpOfInstallation} says with whom.
     */
    public ResultCode operatorOrHelp(final CommandContext command, final int roles) {
        return isHelpNeeded(command) && isInstaller(command) ? ResultCode.OK : operatorOrSetup(command, roles);
    }

    /** As {@link #operatorOrHelp}, or any operator of the circuit with a role in force, as a witness of what the installation proposes there. */
    public ResultCode operatorOrWitness(final CommandContext command, final int roles) {
        final ResultCode code = operatorOrHelp(command, roles);
        return code != ResultCode.OK && isHelpNeeded(command) ? operator(command, Roles.OF_A_CIRCUIT) : code;
    }

    private boolean isHelpNeeded(final CommandContext command) {
        final int circuitId = command.circuitId();
        return circuits.exists(circuitId)
                && !circuits.isSetupOpen(circuitId)
                && !administrators.areTwo(circuitId, command.timestampMs());
    }

    /** Any operator of the command's circuit with a role in force, or a bootstrap operator: may read. */
    public ResultCode reader(final CommandContext command) {
        if (command.isFrom(PrincipalKind.OPERATOR) && roleOf(command, 0, Roles.INSTALLATION) == ResultCode.OK) {
            return ResultCode.OK;
        }
        return operator(command, Roles.OF_A_CIRCUIT);
    }

    private boolean isInstaller(final CommandContext command) {
        return command.isFrom(PrincipalKind.OPERATOR) && roleOf(command, 0, Roles.INSTALLATION) == ResultCode.OK;
    }

    private ResultCode roleOf(final CommandContext command, final int circuitId, final int wanted) {
        final long operatorId = command.principalId();
        final long nowMs = command.timestampMs();
        if (!operators.exists(operatorId, circuitId)) {
            return ResultCode.FORBIDDEN;
        }
        if ((roles.inForce(operatorId, nowMs) & wanted) != 0) {
            return ResultCode.OK;
        }
        return (roles.granted(operatorId, nowMs) & wanted) != 0 ? ResultCode.ROLE_NOT_EFFECTIVE : ResultCode.FORBIDDEN;
    }
}
