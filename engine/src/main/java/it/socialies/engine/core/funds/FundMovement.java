// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.funds;

import it.socialies.engine.core.approvals.ProposalEffect;
import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.circuit.SetupEnd;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.protocol.sbe.FundMovedEncoder;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TransferReason;

/** MOVE_FUND: subject is the programme, amount what comes in (or, negative, goes back to the funder). */
public final class FundMovement implements ProposalEffect {
    private final FundMovedEncoder fundMoved = new FundMovedEncoder();
    private final EventWriter events;
    private final Ledger ledger;
    private final Accounts accounts;
    private final Programmes programmes;
    private final Commitments commitments;
    private final SetupEnd setupEnd;

    /** Moves money through {@code ledger}. */
    public FundMovement(
            final EventWriter events,
            final Ledger ledger,
            final Accounts accounts,
            final Programmes programmes,
            final Commitments commitments,
            final SetupEnd setupEnd) {
        this.events = events;
        this.ledger = ledger;
        this.accounts = accounts;
        this.programmes = programmes;
        this.commitments = commitments;
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
        final long id = terms.subjectId();
        if (!Amounts.isSigned(terms.amount())) {
            return ResultCode.INVALID_AMOUNT;
        }
        if (!programmes.exists(id, terms.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        if (programmes.status(id) == ProgrammeStatus.DRAFT || programmes.isRestoring(id)) {
            return ResultCode.PROGRAMME_STATE_CONFLICT;
        }
        final long fund = accounts.available(programmes.fundAccountId(id)) + terms.amount();
        if (fund < 0) {
            return ResultCode.FUND_INSUFFICIENT;
        }
        if (terms.amount() < 0 && commitments.assigned(id) + terms.amount() < commitments.committed(id)) {
            return ResultCode.FUND_COMMITTED;
        }
        return fund <= Amounts.MAX ? ResultCode.OK : ResultCode.LIMIT_EXCEEDED;
    }

    @Override
    public void execute(final ProposalTerms terms) {
        final long id = terms.subjectId();
        final long amount = terms.amount();
        final long funding = programmes.fundingAccountId(id);
        final long fund = programmes.fundAccountId(id);
        if (amount > 0) {
            ledger.transfer(funding, fund, amount, TransferReason.FUND_MOVED, terms.proposalId());
        } else {
            ledger.transfer(fund, funding, -amount, TransferReason.FUND_MOVED, terms.proposalId());
        }
        events.start(fundMoved).programmeId(id).amount(amount).available(accounts.available(fund));
        events.end();
        setupEnd.onMoneyApproved(terms.circuitId());
    }
}
