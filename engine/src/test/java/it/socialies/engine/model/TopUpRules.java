// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TransferReason;
import it.socialies.engine.protocol.sbe.UnitCode;
import java.math.BigInteger;
import java.util.List;

/** Money from a fund into a pocket: who may get it, and how much. */
final class TopUpRules {
    private static final int LIVE_POCKETS_MAX = 16;
    static final int POCKETS_MAX = 256;

    private final World world;
    private final Room room;

    TopUpRules(World world, Room room) {
        this.world = world;
        this.room = room;
    }

    static void requireOpen(World.Programme programme, long stampMs) {
        Refused.unless(programme.status == ProgrammeStatus.ACTIVE, ResultCode.PROGRAMME_STATE_CONFLICT);
        Refused.when(programme.emergency != null, ResultCode.EMERGENCY_FUND);
        Refused.when(programme.hasEnded(stampMs), ResultCode.PROGRAMME_EXPIRED);
    }

    /** The checks of wallet and programme together. */
    static void requireRoom(World.Wallet wallet, World.Programme programme, BigInteger amount, long stampMs) {
        TransferRules.requireOpen(wallet);
        World.Pocket pocket = wallet.pockets.get(programme.id);
        BigInteger received = pocket == null ? BigInteger.ZERO : pocket.toppedUp;
        int persons = Math.clamp(wallet.householdSize, 1, ProgrammeRules.HOUSEHOLDS);
        BigInteger cap = programme.rulesInForce(stampMs).caps[persons - 1];
        Refused.when(cap.signum() > 0 && Amounts.isMore(received.add(amount), cap), ResultCode.HOUSEHOLD_CAP_EXCEEDED);
        if (pocket == null) {
            long live = wallet.pockets.values().stream()
                    .filter(other -> !other.programme.hasEnded(stampMs))
                    .count();
            Refused.when(
                    live >= LIVE_POCKETS_MAX || wallet.pockets.size() >= POCKETS_MAX, ResultCode.POCKETS_EXHAUSTED);
        }
    }

    static void requireCommitment(World.Programme programme, BigInteger amount) {
        Refused.when(
                Amounts.isMore(programme.awarded().add(amount), programme.committed), ResultCode.COMMITMENT_EXCEEDED);
    }

    /** Room in the tables for a pocket that a wallet may lack. */
    void requireTables(int pockets) {
        room.requirePockets(pockets);
        room.requireAccounts(pockets);
    }

    void credit(
            World.Wallet wallet, World.Programme programme, BigInteger amount, long proposalId, List<Message> events) {
        credit(wallet, programme, amount, TransferReason.TOPPED_UP, proposalId, proposalId, events);
    }

    void credit(
            World.Wallet wallet,
            World.Programme programme,
            BigInteger amount,
            TransferReason reason,
            long referenceId,
            long proposalId,
            List<Message> events) {
        World.Pocket pocket = pocketOf(wallet, programme, events);
        events.add(world.books.post(programme.fund, pocket.account, amount, reason, referenceId));
        pocket.toppedUp = pocket.toppedUp.add(amount);
        receive(pocket);
        events.add(new Message("ToppedUp")
                .with("walletId", wallet.id)
                .with("programmeId", programme.id)
                .with("accountId", pocket.account.id)
                .with("amount", amount)
                .with("proposalId", proposalId));
    }

    /** The pocket of a wallet, opened when it receives its first money. */
    World.Pocket pocketOf(World.Wallet wallet, World.Programme programme, List<Message> events) {
        World.Pocket pocket = wallet.pockets.get(programme.id);
        if (pocket == null) {
            Account account =
                    world.books.open(wallet.id, programme.id, wallet.circuitId, AccountKind.POCKET, UnitCode.EUR);
            events.add(account.opened());
            pocket = new World.Pocket(wallet, programme, account);
            wallet.pockets.put(programme.id, pocket);
            world.pocketsOpened++;
        }
        return pocket;
    }

    /** A pocket that got money is to be swept at the end of its programme, in the order of the first time since the last sweep; in a grace, at the end of that. */
    static void receive(World.Pocket pocket) {
        if (pocket.graceUntilMs == 0) {
            pocket.programme.toSweep.add(pocket);
        }
    }
}
