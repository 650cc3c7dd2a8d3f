// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TransferReason;
import java.math.BigInteger;
import java.util.List;

/** TAKE_BACK: money of a pocket back to the fund, as far as it was not spent. */
final class TakeBackRules implements ProposalRules.Kind {
    private static final int REASONS = 8;
    private static final int LAST_REASON = 5;

    private final World world;
    private final ProgrammeRules programmes;
    private final TransferRules transfers;

    TakeBackRules(World world, ProgrammeRules programmes, TransferRules transfers) {
        this.world = world;
        this.programmes = programmes;
        this.transfers = transfers;
    }

    /** An act and one of the reasons. */
    static void requireReason(Message terms) {
        long extra = terms.number("extra");
        Refused.unless(
                extra >= REASONS && reasonOf(terms) >= 1 && reasonOf(terms) <= LAST_REASON, ResultCode.INVALID_FIELD);
    }

    static long reasonOf(Message terms) {
        return terms.number("extra") % REASONS;
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
        Amounts.requirePositive(terms.amount("amount"));
        requireReason(terms);
    }

    @Override
    public void check(ProposalRules.Terms terms) {
        requireCredited(pocket(terms), terms.message().amount("amount"));
    }

    private World.Pocket pocket(ProposalRules.Terms terms) {
        World.Wallet wallet = transfers.requireWallet(terms.number("subjectId"), terms.circuitId());
        return requirePocket(wallet, programmes.require(terms.number("targetId"), terms.circuitId()));
    }

    static World.Pocket requirePocket(World.Wallet wallet, World.Programme programme) {
        World.Pocket pocket = wallet.pockets.get(programme.id);
        if (pocket == null) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        return pocket;
    }

    static void requireCredited(World.Pocket pocket, BigInteger amount) {
        Refused.when(Amounts.isMore(amount, pocket.toppedUp), ResultCode.AMOUNT_EXCEEDS_CREDITED);
    }

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {
        takeBack(pocket(terms), terms.message().amount("amount"), terms.proposalId(), events);
    }

    /** Takes back what is there, forgoes what was swept, asks for what was spent; gives the sum of the first two. */
    BigInteger takeBack(World.Pocket pocket, BigInteger wanted, long proposalId, List<Message> events) {
        World.Programme programme = pocket.programme;
        BigInteger amount = wanted.min(pocket.account.available());
        BigInteger forgone = wanted.subtract(amount).min(pocket.restorable);
        if (amount.signum() > 0) {
            events.add(world.books.post(pocket.account, programme.fund, amount, TransferReason.TAKEN_BACK, proposalId));
        }
        pocket.restorable = pocket.restorable.subtract(forgone);
        if (pocket.restorable.signum() == 0) {
            programme.toRestore.remove(pocket);
        }
        BigInteger gone = amount.add(forgone);
        pocket.toppedUp = pocket.toppedUp.subtract(gone);
        pocket.owed = pocket.owed.min(pocket.toppedUp);
        BigInteger recoverable = wanted.subtract(gone).min(pocket.toppedUp.subtract(pocket.owed));
        pocket.owed = pocket.owed.add(recoverable);
        events.add(new Message("TakenBack")
                .with("walletId", pocket.wallet.id)
                .with("programmeId", programme.id)
                .with("accountId", pocket.account.id)
                .with("amount", amount)
                .with("forgone", forgone)
                .with("recoverable", recoverable)
                .with("proposalId", proposalId));
        return gone;
    }
}
