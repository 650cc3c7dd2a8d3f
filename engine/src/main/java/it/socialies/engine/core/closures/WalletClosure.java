// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.closures;

import it.socialies.engine.core.approvals.ProposalEffect;
import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.cards.Wallets;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.ies.IesWallets;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.core.takebacks.Grounds;
import it.socialies.engine.core.takebacks.TakeBacks;
import it.socialies.engine.core.vouchers.Pockets;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.PocketInheritedEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TransferReason;
import it.socialies.engine.protocol.sbe.UnitCode;
import it.socialies.engine.protocol.sbe.WalletClosedEncoder;

/**
 * CLOSE_WALLET: subject is the wallet, target the wallet of its household that inherits (0 for none), extra the grounds. What is inherited stays in its
 * programme; all else goes back to its fund.
 */
public final class WalletClosure implements ProposalEffect {
    /** Pockets that one closure moves, so that its record stays bounded. */
    public static final int MAX_POCKETS = 64;

    private final PocketInheritedEncoder pocketInherited = new PocketInheritedEncoder();
    private final WalletClosedEncoder walletClosed = new WalletClosedEncoder();
    private final EventWriter events;
    private final Ledger ledger;
    private final Accounts accounts;
    private final Wallets wallets;
    private final Programmes programmes;
    private final Pockets pockets;
    private final IesWallets iesWallets;
    private final TakeBacks takeBacks;

    /** Closes through {@code ledger}. */
    public WalletClosure(
            final EventWriter events,
            final Ledger ledger,
            final Accounts accounts,
            final Wallets wallets,
            final Programmes programmes,
            final Pockets pockets,
            final IesWallets iesWallets,
            final TakeBacks takeBacks) {
        this.events = events;
        this.ledger = ledger;
        this.accounts = accounts;
        this.wallets = wallets;
        this.programmes = programmes;
        this.pockets = pockets;
        this.iesWallets = iesWallets;
        this.takeBacks = takeBacks;
    }

    @Override
    public int proposerRoles() {
        return Roles.SOCIAL;
    }

    @Override
    public int approverRoles() {
        return Roles.SOCIAL | Roles.TREASURER | Roles.ADMIN;
    }

    @Override
    public ResultCode check(final ProposalTerms terms) {
        final long id = terms.subjectId();
        final long heirId = terms.targetId();
        if (!Grounds.areValid(terms.extra())) {
            return ResultCode.INVALID_FIELD;
        }
        if (heirId != 0 && !hasRoom()) {
            return ResultCode.LIMIT_REACHED;
        }
        if (!wallets.exists(id, terms.circuitId()) || (heirId != 0 && !wallets.exists(heirId, terms.circuitId()))) {
            return ResultCode.NOT_FOUND;
        }
        if (heirId == id) {
            return ResultCode.SAME_WALLET;
        }
        if (wallets.isClosed(id) || (heirId != 0 && wallets.isClosed(heirId))) {
            return ResultCode.WALLET_CLOSED;
        }
        return checkContents(id, heirId, terms.timestampMs());
    }

    private boolean hasRoom() {
        return pockets.hasRoomFor(MAX_POCKETS) && accounts.hasRoomFor(MAX_POCKETS + 1);
    }

    private ResultCode checkContents(final long id, final long heirId, final long nowMs) {
        final long iesAccountId = wallets.iesAccountId(id);
        boolean isInUse = iesAccountId != 0 && accounts.pending(iesAccountId) > 0;
        int touched = 0;
        int opened = 0;
        for (long pocket = pockets.firstOfWallet(id); pocket != 0; pocket = pockets.nextOfWallet(pocket)) {
            isInUse |= accounts.pending(pockets.accountId(pocket)) > 0;
            touched += isTouched(pocket) ? 1 : 0;
            opened += isInherited(pocket, heirId, nowMs) && heirPocket(pocket, heirId) == 0 ? 1 : 0;
        }
        if (isInUse) {
            return ResultCode.WALLET_IN_USE;
        }
        if (heirId == 0 && iesWallets.available(id) > 0) {
            return ResultCode.WALLET_NOT_EMPTY;
        }
        if (touched > MAX_POCKETS) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        final boolean fits = heirId == 0 || pockets.countOfWallet(heirId) + opened <= Pockets.MAX_PER_WALLET;
        return fits ? ResultCode.OK : ResultCode.POCKETS_EXHAUSTED;
    }

    @Override
    public void execute(final ProposalTerms terms) {
        final long id = terms.subjectId();
        final long heirId = terms.targetId();
        for (long pocket = pockets.firstOfWallet(id); pocket != 0; pocket = pockets.nextOfWallet(pocket)) {
            if (isInherited(pocket, heirId, terms.timestampMs())) {
                inherit(pocket, heirId, terms);
            } else if (isTouched(pocket)) {
                takeBacks.takeBack(pocket, available(pocket) + pockets.restorable(pocket), terms.proposalId());
            }
        }
        if (iesWallets.available(id) > 0) {
            ledger.transfer(
                    wallets.iesAccountId(id),
                    iesWallets.accountToCredit(heirId, terms.circuitId()),
                    iesWallets.available(id),
                    TransferReason.INHERITED,
                    terms.proposalId());
        }
        events.start(walletClosed)
                .walletId(id)
                .successorId(heirId)
                .proposalId(terms.proposalId())
                .reason((short) Grounds.reason(terms.extra()));
        events.end();
    }

    private void inherit(final long pocket, final long heirId, final ProposalTerms terms) {
        final long programmeId = pockets.programmeId(pocket);
        final long from = pockets.accountId(pocket);
        final long amount = available(pocket);
        final long heirPocket = heirPocket(pocket, heirId);
        final long to = heirPocket != 0
                ? pockets.accountId(heirPocket)
                : ledger.openAccount(terms.circuitId(), AccountKind.POCKET, UnitCode.EUR, heirId, programmeId);
        ledger.transfer(from, to, amount, TransferReason.INHERITED, terms.proposalId());
        events.start(pocketInherited)
                .fromAccountId(from)
                .toAccountId(to)
                .programmeId(programmeId)
                .amount(amount)
                .proposalId(terms.proposalId());
        events.end();
    }

    private boolean isTouched(final long pocket) {
        return available(pocket) > 0 || pockets.restorable(pocket) > 0;
    }

    private boolean isInherited(final long pocket, final long heirId, final long nowMs) {
        return heirId != 0 && available(pocket) > 0 && !programmes.hasEnded(pockets.programmeId(pocket), nowMs);
    }

    private long heirPocket(final long pocket, final long heirId) {
        return pockets.find(heirId, pockets.programmeId(pocket));
    }

    private long available(final long pocket) {
        return accounts.available(pockets.accountId(pocket));
    }
}
