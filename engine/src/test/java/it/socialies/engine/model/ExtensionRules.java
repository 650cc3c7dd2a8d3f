// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TransferReason;
import java.math.BigInteger;
import java.util.List;

/** EXTEND_PROGRAMME: valid longer; behind the end only once every pocket has back what was swept from it. */
final class ExtensionRules implements ProposalRules.Kind {
    private final ProgrammeRules programmes;

    ExtensionRules(ProgrammeRules programmes) {
        this.programmes = programmes;
    }

    @Override
    public int proposers() {
        return Access.ADMIN | Access.SOCIAL;
    }

    @Override
    public int approvers() {
        return Access.ADMIN | Access.SOCIAL;
    }

    @Override
    public void checkTerms(Message terms) {
        BigInteger untilMs = terms.amount("amount");
        Refused.unless(untilMs.signum() > 0 && !Amounts.isMore(untilMs, Amounts.MAX), ResultCode.INVALID_FIELD);
    }

    private World.Programme programme(ProposalRules.Terms terms) {
        return programmes.require(terms.number("subjectId"), terms.circuitId());
    }

    @Override
    public void check(ProposalRules.Terms terms) {
        World.Programme programme = programme(terms);
        ProgrammeRules.requireSettled(programme);
        long untilMs = terms.number("amount");
        Refused.unless(untilMs > programme.validUntilMs && untilMs > terms.stampMs(), ResultCode.EXTENSION_TOO_EARLY);
    }

    @Override
    public void checkApproval(ProposalRules.Terms terms) {
        World.Programme programme = programme(terms);
        if (!programme.toRestore.isEmpty()) {
            TopUpRules.requireCommitment(programme, programme.restorable());
        }
    }

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {
        World.Programme programme = programme(terms);
        long untilMs = terms.number("amount");
        if (programme.toRestore.isEmpty()) {
            extend(programme, untilMs, events);
            return;
        }
        programme.extendedUntilMs = untilMs;
        events.add(new Message("ExtensionBegun")
                .with("programmeId", programme.id)
                .with("untilMs", untilMs)
                .with("total", programme.restorable())
                .with("reference", terms.number("extra"))
                .with("proposalId", terms.proposalId()));
    }

    private static void extend(World.Programme programme, long untilMs, List<Message> events) {
        programme.validUntilMs = untilMs;
        events.add(new Message("ProgrammeExtended")
                .with("programmeId", programme.id)
                .with("validUntilMs", untilMs));
    }

    /** The next pocket that is to be restored gets its money. */
    static void restoreNext(Books books, World.Programme programme, List<Message> events) {
        World.Pocket pocket = programme.toRestore.removeFirst();
        BigInteger amount = pocket.restorable;
        pocket.restorable = BigInteger.ZERO;
        events.add(books.post(programme.fund, pocket.account, amount, TransferReason.RESTORED, programme.id));
        TopUpRules.receive(pocket);
        events.add(new Message("PocketRestored")
                .with("walletId", pocket.wallet.id)
                .with("programmeId", programme.id)
                .with("accountId", pocket.account.id)
                .with("amount", amount));
    }

    /** Every pocket has its money: the programme is valid again. */
    static void finish(World.Programme programme, List<Message> events) {
        Long untilMs = programme.extendedUntilMs;
        if (untilMs == null) {
            throw new IllegalStateException("asked before");
        }
        programme.extendedUntilMs = null;
        extend(programme, untilMs, events);
    }
}
