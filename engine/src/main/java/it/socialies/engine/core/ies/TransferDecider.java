// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.ies;

import it.socialies.engine.core.cards.Cards;
import it.socialies.engine.core.cards.HolderAccess;
import it.socialies.engine.core.cards.Wallets;
import it.socialies.engine.core.circuit.Circuits;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Decider;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TransferDecoder;
import it.socialies.engine.protocol.sbe.TransferMadeEncoder;
import it.socialies.engine.protocol.sbe.TransferReason;

/** Decides Transfer: IES from the holder's own wallet to another of the circuit. */
public final class TransferDecider implements Decider {
    private static final long FEE_NOT_SHOWN = -1;

    private final TransferDecoder transfer = new TransferDecoder();
    private final TransferMadeEncoder transferMade = new TransferMadeEncoder();
    private final EventWriter events;
    private final Ledger ledger;
    private final Circuits circuits;
    private final Cards cards;
    private final HolderAccess holderAccess;
    private final Wallets wallets;
    private final IesWallets iesWallets;
    private final Tariff tariff;
    private final TransferCount transferCount;

    /** Decides on these tables. */
    public TransferDecider(
            final EventWriter events,
            final Ledger ledger,
            final Circuits circuits,
            final Cards cards,
            final HolderAccess holderAccess,
            final Wallets wallets,
            final IesWallets iesWallets,
            final Tariff tariff,
            final TransferCount transferCount) {
        this.events = events;
        this.ledger = ledger;
        this.circuits = circuits;
        this.cards = cards;
        this.holderAccess = holderAccess;
        this.wallets = wallets;
        this.iesWallets = iesWallets;
        this.tariff = tariff;
        this.transferCount = transferCount;
    }

    @Override
    public ResultCode decide(final CommandContext command) {
        command.read(transfer);
        final int circuitId = command.circuitId();
        final long from = transfer.fromWalletId();
        final long to = transfer.toWalletId();
        final long amount = transfer.amount();
        final long expectedFee = transfer.expectedFee();
        if (!ownsWallet(command, from)) {
            return ResultCode.FORBIDDEN;
        }
        if (!Amounts.isPositive(amount)) {
            return ResultCode.INVALID_AMOUNT;
        }
        if ((circuits.flags(circuitId) & Circuits.TRANSFERS) == 0) {
            return ResultCode.TRANSFERS_DISABLED;
        }
        if (!wallets.exists(to, circuitId)) {
            return ResultCode.NOT_FOUND;
        }
        if (from == to) {
            return ResultCode.SAME_WALLET;
        }
        if (wallets.isClosed(to)) {
            return ResultCode.WALLET_CLOSED;
        }
        final long fee = tariff.fee(circuitId, amount);
        if (expectedFee != FEE_NOT_SHOWN && expectedFee != fee) {
            return ResultCode.INVALID_FIELD;
        }
        if (Math.addExact(amount, fee) > iesWallets.available(from)) {
            return ResultCode.INSUFFICIENT_FUNDS;
        }
        if (!iesWallets.canReceive(to)) {
            return ResultCode.LIMIT_REACHED;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        move(circuitId, from, to, amount, fee);
        return ResultCode.OK;
    }

    private void move(final int circuitId, final long from, final long to, final long amount, final long fee) {
        final long id = transferCount.nextId();
        final long debit = wallets.iesAccountId(from);
        final long credit = iesWallets.accountToCredit(to, circuitId);
        ledger.transfer(debit, credit, amount, TransferReason.TRANSFERRED, id);
        if (fee > 0) {
            ledger.transfer(debit, circuits.feesAccountId(circuitId), fee, TransferReason.FEE, id);
        }
        events.start(transferMade)
                .transferId(id)
                .fromWalletId(from)
                .toWalletId(to)
                .amount(amount)
                .fee(fee)
                .residue(tariff.residue(circuitId, amount));
        events.end();
    }

    private boolean ownsWallet(final CommandContext command, final long walletId) {
        return holderAccess.holder(command) == ResultCode.OK && cards.walletId(command.principalId()) == walletId;
    }
}
