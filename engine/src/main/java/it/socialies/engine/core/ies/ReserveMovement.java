// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.ies;

import it.socialies.engine.core.approvals.ProposalEffect;
import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.circuit.Circuits;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.circuit.SetupEnd;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.protocol.sbe.ReserveMovedEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TransferReason;

/** MOVE_RESERVE: euro come into the reserve or, with a negative amount, leave it; what backs IES in circulation stays. */
public final class ReserveMovement implements ProposalEffect {
    private final ReserveMovedEncoder reserveMoved = new ReserveMovedEncoder();
    private final EventWriter events;
    private final Ledger ledger;
    private final Circuits circuits;
    private final SetupEnd setupEnd;

    /** Moves money through {@code ledger}. */
    public ReserveMovement(
            final EventWriter events, final Ledger ledger, final Circuits circuits, final SetupEnd setupEnd) {
        this.events = events;
        this.ledger = ledger;
        this.circuits = circuits;
        this.setupEnd = setupEnd;
    }

    @Override
    public int proposerRoles() {
        return Roles.TREASURER;
    }

    @Override
    public int approverRoles() {
        return Roles.TREASURER;
    }

    @Override
    public ResultCode check(final ProposalTerms terms) {
        if (!Amounts.isSigned(terms.amount())) {
            return ResultCode.INVALID_AMOUNT;
        }
        final int circuitId = terms.circuitId();
        final long reserve = circuits.reserve(circuitId) + terms.amount();
        if (terms.amount() < 0 && reserve < circuits.outstanding(circuitId)) {
            return ResultCode.RESERVE_INSUFFICIENT;
        }
        return reserve <= Amounts.MAX ? ResultCode.OK : ResultCode.LIMIT_EXCEEDED;
    }

    @Override
    public void execute(final ProposalTerms terms) {
        final int circuitId = terms.circuitId();
        final long amount = terms.amount();
        final long bank = circuits.reserveBankAccountId(circuitId);
        final long reserve = circuits.reserveAccountId(circuitId);
        if (amount > 0) {
            ledger.transfer(bank, reserve, amount, TransferReason.RESERVE_MOVED, terms.proposalId());
        } else {
            ledger.transfer(reserve, bank, -amount, TransferReason.RESERVE_MOVED, terms.proposalId());
        }
        events.start(reserveMoved).amount(amount).reserve(circuits.reserve(circuitId));
        events.end();
        setupEnd.onMoneyApproved(circuitId);
    }
}
