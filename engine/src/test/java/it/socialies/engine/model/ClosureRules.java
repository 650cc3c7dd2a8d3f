// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.CoreTable;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TransferReason;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CLOSE_WALLET: no card of it works any more; what is in it goes to another wallet of the household, or back to the funds. */
final class ClosureRules implements ProposalRules.Kind {
    private static final int POCKETS_MAX = 64;
    private static final long NO_HEIR = 0;

    private final World world;
    private final Room room;
    private final TransferRules transfers;
    private final TopUpRules topUps;
    private final TakeBackRules takeBacks;

    ClosureRules(World world, Room room, TransferRules transfers, TopUpRules topUps, TakeBackRules takeBacks) {
        this.world = world;
        this.room = room;
        this.transfers = transfers;
        this.topUps = topUps;
        this.takeBacks = takeBacks;
    }

    @Override
    public int proposers() {
        return Access.SOCIAL;
    }

    @Override
    public int approvers() {
        return Access.SOCIAL | Access.TREASURER | Access.ADMIN;
    }

    @Override
    public void checkTerms(Message terms) {
        TakeBackRules.requireReason(terms);
    }

    private World.Wallet wallet(ProposalRules.Terms terms) {
        return transfers.requireWallet(terms.number("subjectId"), terms.circuitId());
    }

    private World.@Nullable Wallet heir(ProposalRules.Terms terms) {
        long heirId = terms.number("targetId");
        return heirId == NO_HEIR ? null : transfers.requireWallet(heirId, terms.circuitId());
    }

    @Override
    public void check(ProposalRules.Terms terms) {
        if (terms.number("targetId") != NO_HEIR) {
            room.require(CoreTable.POCKETS, POCKETS_MAX);
            room.require(CoreTable.ACCOUNTS, POCKETS_MAX + 1);
        }
        World.Wallet wallet = wallet(terms);
        World.Wallet heir = heir(terms);
        Refused.when(wallet == heir, ResultCode.SAME_WALLET);
        TransferRules.requireOpen(wallet);
        if (heir != null) {
            TransferRules.requireOpen(heir);
        }
        Refused.when(hasPending(wallet), ResultCode.WALLET_IN_USE);
        Refused.when(heir == null && iesOf(wallet).signum() > 0, ResultCode.WALLET_NOT_EMPTY);
        List<World.Pocket> toEmpty = toEmpty(wallet);
        Refused.when(toEmpty.size() > POCKETS_MAX, ResultCode.LIMIT_EXCEEDED);
        if (heir != null) {
            long more = toEmpty.stream()
                    .filter(pocket -> isInherited(pocket, terms.stampMs()))
                    .filter(pocket -> !heir.pockets.containsKey(pocket.programme.id))
                    .count();
            Refused.when(heir.pockets.size() + more > TopUpRules.POCKETS_MAX, ResultCode.POCKETS_EXHAUSTED);
        }
    }

    private static boolean hasPending(World.Wallet wallet) {
        return (wallet.ies != null && wallet.ies.debitsPending.signum() > 0)
                || wallet.pockets.values().stream().anyMatch(pocket -> pocket.account.debitsPending.signum() > 0);
    }

    private static BigInteger iesOf(World.Wallet wallet) {
        return wallet.ies == null ? BigInteger.ZERO : wallet.ies.available();
    }

    /** Pockets with money or with something to restore, the newest first. */
    private static List<World.Pocket> toEmpty(World.Wallet wallet) {
        return wallet.pockets.values().stream()
                .filter(pocket -> pocket.account.available().signum() > 0 || pocket.restorable.signum() > 0)
                .sorted(Comparator.<World.Pocket>comparingLong(pocket -> pocket.account.id)
                        .reversed())
                .toList();
    }

    /** True for what an heir gets. */
    private static boolean isInherited(World.Pocket pocket, long stampMs) {
        return pocket.account.available().signum() > 0 && !pocket.programme.hasEnded(stampMs);
    }

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {
        World.Wallet wallet = wallet(terms);
        World.Wallet heir = heir(terms);
        for (World.Pocket pocket : toEmpty(wallet)) {
            if (heir != null && isInherited(pocket, terms.stampMs())) {
                inherit(pocket, heir, terms.proposalId(), events);
            } else {
                BigInteger all = pocket.account.available().add(pocket.restorable);
                takeBacks.takeBack(pocket, all, terms.proposalId(), events);
            }
        }
        Account ies = wallet.ies;
        if (heir != null && ies != null && ies.available().signum() > 0) {
            Account to = transfers.iesOf(heir, events);
            events.add(world.books.post(ies, to, ies.available(), TransferReason.INHERITED, terms.proposalId()));
        }
        wallet.isClosed = true;
        events.add(new Message("WalletClosed")
                .with("walletId", wallet.id)
                .with("successorId", terms.number("targetId"))
                .with("proposalId", terms.proposalId())
                .with("reason", TakeBackRules.reasonOf(terms.message())));
    }

    private void inherit(World.Pocket from, World.Wallet heir, long proposalId, List<Message> events) {
        World.Pocket to = topUps.pocketOf(heir, from.programme, events);
        BigInteger amount = from.account.available();
        events.add(world.books.post(from.account, to.account, amount, TransferReason.INHERITED, proposalId));
        from.toppedUp = from.toppedUp.subtract(amount);
        from.owed = from.owed.min(from.toppedUp);
        to.toppedUp = to.toppedUp.add(amount);
        TopUpRules.receive(to);
        events.add(new Message("PocketInherited")
                .with("fromAccountId", from.account.id)
                .with("toAccountId", to.account.id)
                .with("programmeId", from.programme.id)
                .with("amount", amount)
                .with("proposalId", proposalId));
    }
}
