// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.programmes;

import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.CreateProgrammeDecoder;
import it.socialies.engine.protocol.sbe.ProgrammeCreatedEncoder;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.engine.protocol.sbe.ProgrammeStatusChangedEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.SetProgrammeStatusDecoder;
import it.socialies.engine.protocol.sbe.UnitCode;

/** Decides CreateProgramme and SetProgrammeStatus. A draft works only once a second person approved its publication. */
public final class ProgrammeDecider {
    private static final int MAY = Roles.SOCIAL | Roles.ADMIN;

    private final CreateProgrammeDecoder createProgramme = new CreateProgrammeDecoder();
    private final SetProgrammeStatusDecoder setProgrammeStatus = new SetProgrammeStatusDecoder();
    private final ProgrammeCreatedEncoder programmeCreated = new ProgrammeCreatedEncoder();
    private final ProgrammeStatusChangedEncoder programmeStatusChanged = new ProgrammeStatusChangedEncoder();
    private final EventWriter events;
    private final Ledger ledger;
    private final Accounts accounts;
    private final Programmes programmes;
    private final Access access;

    /** Decides on these tables. */
    public ProgrammeDecider(
            final EventWriter events,
            final Ledger ledger,
            final Accounts accounts,
            final Programmes programmes,
            final Access access) {
        this.events = events;
        this.ledger = ledger;
        this.accounts = accounts;
        this.programmes = programmes;
        this.access = access;
    }

    /** Creates a programme as a draft. */
    public ResultCode create(final CommandContext command) {
        if (programmes.isFull() || !accounts.hasRoomFor(2)) {
            return ResultCode.LIMIT_REACHED;
        }
        final ResultCode may = access.operator(command, MAY);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(createProgramme);
        if (!isValid(command.timestampMs())) {
            return ResultCode.INVALID_FIELD;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        final long id = programmes.nextId();
        final int circuitId = command.circuitId();
        events.start(programmeCreated)
                .programmeId(id)
                .categories(createProgramme.categories())
                .validFromMs(createProgramme.validFromMs())
                .validUntilMs(createProgramme.validUntilMs())
                .cap1(createProgramme.cap1())
                .cap2(createProgramme.cap2())
                .cap3(createProgramme.cap3())
                .cap4(createProgramme.cap4())
                .cap5(createProgramme.cap5())
                .circuitId(circuitId);
        events.end();
        ledger.openAccount(circuitId, AccountKind.FUNDING, UnitCode.EUR, id, id);
        ledger.openAccount(circuitId, AccountKind.FUND, UnitCode.EUR, id, id);
        return ResultCode.OK;
    }

    /** Suspends or resumes a programme. */
    public ResultCode setStatus(final CommandContext command) {
        final ResultCode may = access.operator(command, MAY);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(setProgrammeStatus);
        final long id = setProgrammeStatus.programmeId();
        final ProgrammeStatus wanted = setProgrammeStatus.status();
        if (!programmes.exists(id, command.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        final ProgrammeStatus current = programmes.status(id);
        final boolean suspends = current == ProgrammeStatus.ACTIVE && wanted == ProgrammeStatus.SUSPENDED;
        final boolean resumes = current == ProgrammeStatus.SUSPENDED && wanted == ProgrammeStatus.ACTIVE;
        if (!suspends && !resumes) {
            return ResultCode.PROGRAMME_STATE_CONFLICT;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        events.start(programmeStatusChanged).programmeId(id).status(wanted);
        events.end();
        return ResultCode.OK;
    }

    private boolean isValid(final long nowMs) {
        final long validUntilMs = createProgramme.validUntilMs();
        return createProgramme.categories() != 0
                && createProgramme.validFromMs() >= 0
                && createProgramme.validFromMs() < validUntilMs
                && nowMs < validUntilMs
                && isCap(createProgramme.cap1())
                && isCap(createProgramme.cap2())
                && isCap(createProgramme.cap3())
                && isCap(createProgramme.cap4())
                && isCap(createProgramme.cap5());
    }

    private static boolean isCap(final long cap) {
        return cap == 0 || Amounts.isPositive(cap);
    }
}
