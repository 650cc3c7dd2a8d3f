// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.ies;

import it.socialies.engine.core.approvals.ProposalEffect;
import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.cards.Wallets;
import it.socialies.engine.core.circuit.Circuits;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.core.merchants.MerchantAccounts;
import it.socialies.engine.core.merchants.Merchants;
import it.socialies.engine.protocol.sbe.IesRedeemedEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TransferReason;
import java.util.function.LongUnaryOperator;

/** REDEEM_IES: subject is a wallet, or 0 and target a merchant. The IES goes out of being and the euro leave the reserve together. */
public final class Redemption implements ProposalEffect {
    private final IesRedeemedEncoder iesRedeemed = new IesRedeemedEncoder();
    private final EventWriter events;
    private final Ledger ledger;
    private final Accounts accounts;
    private final Circuits circuits;
    private final Wallets wallets;
    private final Merchants merchants;
    private final MerchantAccounts payables;
    private final LongUnaryOperator disputed;

    /**
     * Redeems through {@code ledger}.
     *
     * @param disputed what is disputed of a payable, in minor units: it stays where it is
     */
    public Redemption(
            final EventWriter events,
            final Ledger ledger,
            final Accounts accounts,
            final Circuits circuits,
            final Wallets wallets,
            final Merchants merchants,
            final MerchantAccounts payables,
            final LongUnaryOperator disputed) {
        this.events = events;
        this.ledger = ledger;
        this.accounts = accounts;
        this.circuits = circuits;
        this.wallets = wallets;
        this.merchants = merchants;
        this.payables = payables;
        this.disputed = disputed;
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
        final boolean isPerson = terms.subjectId() != 0;
        final boolean exists = isPerson
                ? terms.targetId() == 0 && wallets.exists(terms.subjectId(), terms.circuitId())
                : merchants.exists(terms.targetId(), terms.circuitId());
        if (!exists) {
            return ResultCode.NOT_FOUND;
        }
        if (isPerson && (circuits.flags(terms.circuitId()) & Circuits.REDEMPTION_BY_PERSONS) == 0) {
            return ResultCode.REDEMPTION_DISABLED;
        }
        final long account = accountOf(terms);
        return account != 0 && accounts.available(account) - disputed.applyAsLong(account) >= terms.amount()
                ? ResultCode.OK
                : ResultCode.INSUFFICIENT_FUNDS;
    }

    @Override
    public void execute(final ProposalTerms terms) {
        final int circuitId = terms.circuitId();
        ledger.transfer(
                accountOf(terms),
                circuits.issuanceAccountId(circuitId),
                terms.amount(),
                TransferReason.IES_REDEEMED,
                terms.proposalId());
        ledger.transfer(
                circuits.reserveAccountId(circuitId),
                circuits.reserveBankAccountId(circuitId),
                terms.amount(),
                TransferReason.RESERVE_RELEASED,
                terms.proposalId());
        events.start(iesRedeemed)
                .walletId(terms.subjectId())
                .amount(terms.amount())
                .outstanding(circuits.outstanding(circuitId));
        events.end();
    }

    private long accountOf(final ProposalTerms terms) {
        return terms.subjectId() != 0
                ? wallets.iesAccountId(terms.subjectId())
                : payables.accountId(terms.targetId(), 0);
    }
}
