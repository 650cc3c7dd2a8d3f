// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.circuit;

import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.ClockConfirmedEncoder;
import it.socialies.engine.protocol.sbe.ClockSteppedEncoder;
import it.socialies.engine.protocol.sbe.ConfirmClockDecoder;
import it.socialies.engine.protocol.sbe.InstallationMode;
import it.socialies.engine.protocol.sbe.InstallationStartedEncoder;
import it.socialies.engine.protocol.sbe.OperatorAppointedEncoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.StartInstallationDecoder;
import it.socialies.engine.protocol.sbe.StepClockDecoder;

/** Decides StartInstallation, StepClock and ConfirmClock. */
public final class InstallationDecider {
    private static final long MAX_ADVANCE_MS = 400L * 24 * 3_600_000;

    private final StartInstallationDecoder startInstallation = new StartInstallationDecoder();
    private final StepClockDecoder stepClock = new StepClockDecoder();
    private final ConfirmClockDecoder confirmClock = new ConfirmClockDecoder();
    private final InstallationStartedEncoder installationStarted = new InstallationStartedEncoder();
    private final OperatorAppointedEncoder operatorAppointed = new OperatorAppointedEncoder();
    private final ClockSteppedEncoder clockStepped = new ClockSteppedEncoder();
    private final ClockConfirmedEncoder clockConfirmed = new ClockConfirmedEncoder();
    private final EventWriter events;
    private final Installation installation;
    private final Operators operators;
    private final Access access;

    /** Decides on these tables. */
    public InstallationDecider(
            final EventWriter events, final Installation installation, final Operators operators, final Access access) {
        this.events = events;
        this.installation = installation;
        this.operators = operators;
        this.access = access;
    }

    /** The first command of a journal. */
    public ResultCode start(final CommandContext command) {
        if (!command.isFrom(PrincipalKind.SYSTEM)) {
            return ResultCode.FORBIDDEN;
        }
        command.read(startInstallation);
        final long firstPersonId = startInstallation.firstPersonId();
        final long secondPersonId = startInstallation.secondPersonId();
        final InstallationMode mode = startInstallation.mode();
        if (mode != InstallationMode.SANDBOX && mode != InstallationMode.LIVE) {
            return ResultCode.INVALID_FIELD;
        }
        if (firstPersonId <= 0 || secondPersonId <= 0 || firstPersonId == secondPersonId) {
            return ResultCode.INVALID_FIELD;
        }
        if (installation.isStarted()) {
            return ResultCode.ALREADY_STARTED;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        events.start(installationStarted).mode(mode);
        events.end();
        appoint(firstPersonId, command.timestampMs());
        appoint(secondPersonId, command.timestampMs());
        return ResultCode.OK;
    }

    /** A sandbox clock moves forward. */
    public ResultCode stepClock(final CommandContext command) {
        final ResultCode may = access.installation(command);
        if (may != ResultCode.OK) {
            return may;
        }
        final long advanceMs = command.read(stepClock).advanceMs();
        if (advanceMs <= 0 || advanceMs > MAX_ADVANCE_MS) {
            return ResultCode.INVALID_FIELD;
        }
        if (!installation.isSandbox()) {
            return ResultCode.NOT_A_SANDBOX;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        events.start(clockStepped).offsetMs(Math.addExact(installation.clockOffsetMs(), advanceMs));
        events.end();
        return ResultCode.OK;
    }

    /** An operator confirms that the clock is right. */
    public ResultCode confirmClock(final CommandContext command) {
        final ResultCode may = access.installation(command);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(confirmClock);
        if (!installation.isClockSuspect()) {
            return ResultCode.INVALID_FIELD;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        events.start(clockConfirmed).confirmedMs(confirmClock.wallClockMs());
        events.end();
        return ResultCode.OK;
    }

    private void appoint(final long personId, final long effectiveAtMs) {
        events.start(operatorAppointed)
                .operatorId(operators.nextId())
                .personId(personId)
                .effectiveAtMs(effectiveAtMs)
                .circuitId(0)
                .roles(Roles.INSTALLATION);
        events.end();
    }
}
