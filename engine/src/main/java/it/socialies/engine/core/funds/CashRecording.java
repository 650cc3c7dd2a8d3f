// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.funds;

import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Decider;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.protocol.sbe.CashRecordedEncoder;
import it.socialies.engine.protocol.sbe.RecordCashDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;

/** Decides RecordCash. It is a note for the accounts of the programme: it moves nothing and binds nothing. */
public final class CashRecording implements Decider {
    private final RecordCashDecoder recordCash = new RecordCashDecoder();
    private final CashRecordedEncoder cashRecorded = new CashRecordedEncoder();
    private final EventWriter events;
    private final Programmes programmes;
    private final Commitments commitments;
    private final Access access;

    /** Decides on these tables. */
    public CashRecording(
            final EventWriter events, final Programmes programmes, final Commitments commitments, final Access access) {
        this.events = events;
        this.programmes = programmes;
        this.commitments = commitments;
        this.access = access;
    }

    @Override
    public ResultCode decide(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.TREASURER);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(recordCash);
        final long id = recordCash.programmeId();
        final long amount = recordCash.amount();
        if (!Amounts.isSigned(amount)) {
            return ResultCode.INVALID_AMOUNT;
        }
        if (!programmes.exists(id, command.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        final long after = commitments.cashed(id) + amount;
        if (after < 0 || after > Amounts.MAX) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        events.start(cashRecorded).programmeId(id).amount(amount).cashed(after).reference(recordCash.reference());
        events.end();
        return ResultCode.OK;
    }
}
