// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.merchants;

import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Digest;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.EnrolTerminalDecoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.RegisterTerminalDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.RevokeTerminalDecoder;
import it.socialies.engine.protocol.sbe.TerminalEnrolledEncoder;
import it.socialies.engine.protocol.sbe.TerminalRegisteredEncoder;
import it.socialies.engine.protocol.sbe.TerminalRevokedEncoder;
import it.socialies.engine.protocol.sbe.TerminalStatus;

/** Decides RegisterTerminal, EnrolTerminal and RevokeTerminal. */
public final class TerminalDecider {
    private static final int MAY = Roles.ADMIN | Roles.SOCIAL;

    private final RegisterTerminalDecoder registerTerminal = new RegisterTerminalDecoder();
    private final EnrolTerminalDecoder enrolTerminal = new EnrolTerminalDecoder();
    private final RevokeTerminalDecoder revokeTerminal = new RevokeTerminalDecoder();
    private final TerminalRegisteredEncoder terminalRegistered = new TerminalRegisteredEncoder();
    private final TerminalEnrolledEncoder terminalEnrolled = new TerminalEnrolledEncoder();
    private final TerminalRevokedEncoder terminalRevoked = new TerminalRevokedEncoder();
    private final Digest digest = new Digest();
    private final EventWriter events;
    private final Merchants merchants;
    private final Terminals terminals;
    private final Access access;

    /** Decides on these tables. */
    public TerminalDecider(
            final EventWriter events, final Merchants merchants, final Terminals terminals, final Access access) {
        this.events = events;
        this.merchants = merchants;
        this.terminals = terminals;
        this.access = access;
    }

    /** An outlet gets a terminal, which enrols itself with a code. */
    public ResultCode register(final CommandContext command) {
        if (terminals.isFull()) {
            return ResultCode.LIMIT_REACHED;
        }
        final ResultCode may = access.operator(command, MAY);
        if (may != ResultCode.OK) {
            return may;
        }
        final long outletId = command.read(registerTerminal).outletId();
        digest.from(registerTerminal.enrolmentDigest());
        if (!terminals.outletExists(outletId)
                || !merchants.exists(terminals.merchantOfOutlet(outletId), command.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        if (merchants.isClosed(terminals.merchantOfOutlet(outletId))) {
            return ResultCode.MERCHANT_STATE_CONFLICT;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        digest.to(events.start(terminalRegistered)
                .terminalId(terminals.nextId())
                .outletId(outletId)
                .enrolmentDigest());
        events.end();
        return ResultCode.OK;
    }

    /** A terminal binds itself to its key pair, once. */
    public ResultCode enrol(final CommandContext command) {
        command.read(enrolTerminal);
        final long id = enrolTerminal.terminalId();
        if (!command.isFrom(PrincipalKind.TERMINAL)
                || command.principalId() != id
                || !isInCircuit(id, command)
                || merchants.isClosed(terminals.merchantId(id))) {
            return ResultCode.FORBIDDEN;
        }
        if (command.isDryRun()) {
            return ResultCode.INVALID_FIELD;
        }
        if (terminals.status(id) != TerminalStatus.REGISTERED) {
            return ResultCode.TERMINAL_STATE_CONFLICT;
        }
        if (!terminals.isEnrolledWith(id, digest.from(enrolTerminal.enrolmentDigest()))) {
            return ResultCode.ENROLMENT_CODE_WRONG;
        }
        events.start(terminalEnrolled).terminalId(id);
        for (int i = 0; i < EnrolTerminalDecoder.publicKeyLength(); i++) {
            terminalEnrolled.publicKey(i, enrolTerminal.publicKey(i));
        }
        events.end();
        return ResultCode.OK;
    }

    /** A terminal is lost, or its shop leaves. */
    public ResultCode revoke(final CommandContext command) {
        final ResultCode may = access.operator(command, MAY);
        if (may != ResultCode.OK) {
            return may;
        }
        final long id = command.read(revokeTerminal).terminalId();
        if (!isInCircuit(id, command)) {
            return ResultCode.NOT_FOUND;
        }
        if (terminals.status(id) == TerminalStatus.REVOKED) {
            return ResultCode.TERMINAL_STATE_CONFLICT;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        events.start(terminalRevoked).terminalId(id);
        events.end();
        return ResultCode.OK;
    }

    private boolean isInCircuit(final long id, final CommandContext command) {
        return terminals.exists(id) && merchants.exists(terminals.merchantId(id), command.circuitId());
    }
}
