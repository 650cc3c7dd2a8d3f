// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.ies;

import it.socialies.engine.core.approvals.ProposalEffect;
import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.cards.Wallets;
import it.socialies.engine.core.circuit.Circuits;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.protocol.sbe.IesIssuedEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TransferReason;

/** ISSUE_IES: subject is the wallet. IES comes into being only against euro in the reserve. */
public final class Issuance implements ProposalEffect {
    private final IesIssuedEncoder iesIssued = new IesIssuedEncoder();
    private final EventWriter events;
    private final Ledger ledger;
    private final Circuits circuits;
    private final Wallets wallets;
    private final IesWallets iesWallets;

    /** Issues through {@code ledger}. */
    public Issuance(
            final EventWriter events,
            final Ledger ledger,
            final Circuits circuits,
            final Wallets wallets,
            final IesWallets iesWallets) {
        this.events = events;
        this.ledger = ledger;
        this.circuits = circuits;
        this.wallets = wallets;
        this.iesWallets = iesWallets;
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
        if (!Amounts.isPositive(terms.amount())) {
            return ResultCode.INVALID_AMOUNT;
        }
        if (!wallets.exists(terms.subjectId(), terms.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        if (!iesWallets.canReceive(terms.subjectId())) {
            return ResultCode.LIMIT_REACHED;
        }
        return wallets.isClosed(terms.subjectId()) ? ResultCode.WALLET_CLOSED : ResultCode.OK;
    }

    @Override
    public ResultCode checkApproval(final ProposalTerms terms) {
        final int circuitId = terms.circuitId();
        final boolean isBacked =
                Math.addExact(circuits.outstanding(circuitId), terms.amount()) <= circuits.reserve(circuitId);
        return isBacked ? ResultCode.OK : ResultCode.RESERVE_INSUFFICIENT;
    }

    @Override
    public void execute(final ProposalTerms terms) {
        final int circuitId = terms.circuitId();
        final long account = iesWallets.accountToCredit(terms.subjectId(), circuitId);
        ledger.transfer(
                circuits.issuanceAccountId(circuitId),
                account,
                terms.amount(),
                TransferReason.IES_ISSUED,
                terms.proposalId());
        events.start(iesIssued)
                .walletId(terms.subjectId())
                .amount(terms.amount())
                .outstanding(circuits.outstanding(circuitId));
        events.end();
    }
}
