// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.CoreTable;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TransferReason;
import it.socialies.engine.protocol.sbe.UnitCode;
import java.math.BigInteger;
import java.util.List;

/** IES between wallets, at the tariff of the circuit. */
final class TransferRules {
    static final int ENABLED_FLAG = 1;
    private static final BigInteger TEN_THOUSAND = BigInteger.valueOf(10_000);
    private static final long NOT_SHOWN = -1;

    /** @param residue what rounding down left to the payer, in ten-thousandths of a minor unit */
    record Fee(BigInteger fee, BigInteger residue) {
        static Fee of(World.Circuit circuit, BigInteger amount) {
            BigInteger[] percentage = amount.multiply(BigInteger.valueOf(circuit.tariffBasisPoints))
                    .divideAndRemainder(TEN_THOUSAND);
            return new Fee(circuit.tariffFlat.add(percentage[0]), percentage[1]);
        }
    }

    private final World world;
    private final Access access;
    private final Room room;

    TransferRules(World world, Access access, Room room) {
        this.world = world;
        this.access = access;
        this.room = room;
    }

    Effect transfer(Call call) {
        World.Card card = access.requireHolder(call);
        World.Wallet from = card.wallet;
        Refused.unless(from.id == call.number("fromWalletId"), ResultCode.FORBIDDEN);
        BigInteger amount = call.command().amount("amount");
        Amounts.requirePositive(amount);
        World.Circuit circuit = world.circuits.get(call.circuitId());
        Refused.when((circuit.flags & ENABLED_FLAG) == 0, ResultCode.TRANSFERS_DISABLED);
        World.Wallet to = requireWallet(call.number("toWalletId"), call.circuitId());
        Refused.when(from == to, ResultCode.SAME_WALLET);
        requireOpen(to);
        Fee fee = Fee.of(circuit, amount);
        long expectedFee = call.number("expectedFee");
        Refused.unless(
                expectedFee == NOT_SHOWN || fee.fee.equals(BigInteger.valueOf(expectedFee)), ResultCode.INVALID_FIELD);
        Account payer = from.ies;
        if (payer == null || Amounts.isMore(amount.add(fee.fee), payer.available())) {
            throw new Refused(ResultCode.INSUFFICIENT_FUNDS);
        }
        requireTableFor(to);
        return events -> {
            long id = ++world.lastTransferId;
            Account payee = iesOf(to, events);
            events.add(world.books.post(payer, payee, amount, TransferReason.TRANSFERRED, id));
            if (fee.fee.signum() > 0) {
                events.add(world.books.post(payer, circuit.fees, fee.fee, TransferReason.FEE, id));
            }
            circuit.feeResidue = circuit.feeResidue.add(fee.residue);
            events.add(new Message("TransferMade")
                    .with("transferId", id)
                    .with("fromWalletId", from.id)
                    .with("toWalletId", to.id)
                    .with("amount", amount)
                    .with("fee", fee.fee)
                    .with("residue", fee.residue));
        };
    }

    World.Wallet requireWallet(long walletId, int circuitId) {
        World.Wallet wallet = world.wallets.get(walletId);
        if (wallet == null || wallet.circuitId != circuitId) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        return wallet;
    }

    static void requireOpen(World.Wallet wallet) {
        Refused.when(wallet.isClosed, ResultCode.WALLET_CLOSED);
    }

    /** The IES account of a wallet, opened when it receives its first. */
    Account iesOf(World.Wallet wallet, List<Message> events) {
        Account account = wallet.ies;
        if (account == null) {
            account = world.books.open(wallet.id, 0, wallet.circuitId, AccountKind.IES_WALLET, UnitCode.IES);
            wallet.ies = account;
            events.add(account.opened());
        }
        return account;
    }

    void requireTableFor(World.Wallet wallet) {
        if (wallet.ies == null) {
            room.require(CoreTable.ACCOUNTS, 1);
        }
    }
}
