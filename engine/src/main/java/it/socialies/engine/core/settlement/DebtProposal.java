// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.settlement;

import it.socialies.engine.core.approvals.ProposalEffect;
import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.funds.Commitments;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.core.merchants.Merchants;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.protocol.sbe.CashRecordedEncoder;
import it.socialies.engine.protocol.sbe.DebtSettledEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TransferReason;

/** SETTLE_DEBT: subject is a merchant, target a programme, amount what the shop paid back beside the settlements, extra the reference of the receipt. */
public final class DebtProposal implements ProposalEffect {
    private final CashRecordedEncoder cashRecorded = new CashRecordedEncoder();
    private final DebtSettledEncoder debtSettled = new DebtSettledEncoder();
    private final EventWriter events;
    private final Ledger ledger;
    private final Accounts accounts;
    private final Merchants merchants;
    private final Programmes programmes;
    private final Commitments commitments;
    private final SettlementAccounts money;

    /** Settles through {@code ledger}. */
    public DebtProposal(
            final EventWriter events,
            final Ledger ledger,
            final Accounts accounts,
            final Merchants merchants,
            final Programmes programmes,
            final Commitments commitments,
            final SettlementAccounts money) {
        this.events = events;
        this.ledger = ledger;
        this.accounts = accounts;
        this.merchants = merchants;
        this.programmes = programmes;
        this.commitments = commitments;
        this.money = money;
    }

    @Override
    public int proposerRoles() {
        return Roles.TREASURER;
    }

    @Override
    public int approverRoles() {
        return Roles.TREASURER | Roles.ADMIN;
    }

    @Override
    public ResultCode check(final ProposalTerms terms) {
        if (!Amounts.isPositive(terms.amount())) {
            return ResultCode.INVALID_AMOUNT;
        }
        if (terms.extra() <= 0) {
            return ResultCode.INVALID_FIELD;
        }
        final long programmeId = terms.targetId();
        if (!merchants.exists(terms.subjectId(), terms.circuitId())
                || !programmes.exists(programmeId, terms.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        final boolean isOwed = terms.amount() <= available(debt(terms))
                && terms.amount() <= available(paidOut(terms))
                && terms.amount() <= commitments.cashed(programmeId);
        return isOwed ? ResultCode.OK : ResultCode.AMOUNT_EXCEEDS_DEBT;
    }

    @Override
    public void execute(final ProposalTerms terms) {
        final long programmeId = terms.targetId();
        ledger.transfer(paidOut(terms), debt(terms), terms.amount(), TransferReason.DEBT_SETTLED, terms.proposalId());
        events.start(cashRecorded)
                .programmeId(programmeId)
                .amount(-terms.amount())
                .cashed(commitments.cashed(programmeId) - terms.amount())
                .reference(terms.extra());
        events.end();
        events.start(debtSettled)
                .merchantId(terms.subjectId())
                .programmeId(programmeId)
                .amount(terms.amount())
                .reference(terms.extra())
                .proposalId(terms.proposalId());
        events.end();
    }

    private long available(final long account) {
        return account == 0 ? 0 : accounts.available(account);
    }

    private long debt(final ProposalTerms terms) {
        return money.debts().accountId(terms.subjectId(), terms.targetId());
    }

    private long paidOut(final ProposalTerms terms) {
        return money.paidOut().accountId(0, terms.targetId());
    }
}
