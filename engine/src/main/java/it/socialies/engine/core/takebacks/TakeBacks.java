// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.takebacks;

import it.socialies.engine.core.cards.Wallets;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.core.vouchers.Pockets;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TakenBackEncoder;
import it.socialies.engine.protocol.sbe.TransferReason;

/** Money of a pocket back to its fund, never more than there is: the rules that single take-backs, batches and closures share. */
public final class TakeBacks {
    private final TakenBackEncoder takenBack = new TakenBackEncoder();
    private final EventWriter events;
    private final Ledger ledger;
    private final Accounts accounts;
    private final Wallets wallets;
    private final Programmes programmes;
    private final Pockets pockets;

    /** Takes back through {@code ledger}. */
    public TakeBacks(
            final EventWriter events,
            final Ledger ledger,
            final Accounts accounts,
            final Wallets wallets,
            final Programmes programmes,
            final Pockets pockets) {
        this.events = events;
        this.ledger = ledger;
        this.accounts = accounts;
        this.wallets = wallets;
        this.programmes = programmes;
        this.pockets = pockets;
    }

    /** The pocket of a wallet and a programme of the circuit; 0 for none. */
    long find(final long walletId, final long programmeId, final int circuitId) {
        return wallets.exists(walletId, circuitId) && programmes.exists(programmeId, circuitId)
                ? pockets.find(walletId, programmeId)
                : 0;
    }

    ResultCode check(final long pocket, final long amount) {
        if (pocket == 0) {
            return ResultCode.NOT_FOUND;
        }
        return amount <= pockets.toppedUpTotal(pocket) ? ResultCode.OK : ResultCode.AMOUNT_EXCEEDS_CREDITED;
    }

    /** Takes back what there is of {@code amount}; returns what went back or will not be restored. */
    public long takeBack(final long pocket, final long amount, final long proposalId) {
        final long accountId = pockets.accountId(pocket);
        final long programmeId = pockets.programmeId(pocket);
        final long taken = Math.min(amount, accounts.available(accountId));
        final long forgone = Math.min(amount - taken, pockets.restorable(pocket));
        final long gone = taken + forgone;
        final long notAskedYet = Math.max(0, pockets.toppedUpTotal(pocket) - gone - pockets.owed(pocket));
        if (taken > 0) {
            ledger.transfer(
                    accountId, programmes.fundAccountId(programmeId), taken, TransferReason.TAKEN_BACK, proposalId);
        }
        events.start(takenBack)
                .walletId(pockets.walletId(pocket))
                .programmeId(programmeId)
                .accountId(accountId)
                .amount(taken)
                .forgone(forgone)
                .recoverable(Math.min(amount - gone, notAskedYet))
                .proposalId(proposalId);
        events.end();
        return gone;
    }
}
