// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What second persons approved: nothing else, and no other amount, may move in its name. One thread. */
final class ProposalBook {
    private static final int EXECUTED = 3;
    private static final int REJECTED = 4;
    private static final int CANCELLED = 5;

    private final Map<Long, Proposal> open = new HashMap<>();
    private final Set<Long> moved = new HashSet<>();
    private final Set<Long> ended = new HashSet<>();
    /** In this record. */
    private final Set<Long> executed = new HashSet<>();

    void onMade(Event event) throws BooksWrong {
        long id = event.i64At(0);
        if (open.putIfAbsent(id, new Proposal(event)) != null) {
            throw new BooksWrong("la proposta " + id + " c'è già", "proposal " + id + " is there already");
        }
    }

    void onDecided(long id, int state) throws BooksWrong {
        proposal(id);
        if (state == EXECUTED || state == REJECTED) {
            ended.add(id);
        }
        if (state == EXECUTED) {
            executed.add(id);
        }
    }

    /** What is done now is what was approved in this very record. */
    void requireExecuted(long id, int kind, long amount) throws BooksWrong {
        if (executed(id, kind).amount != amount) {
            throw notThis(id);
        }
    }

    /** A proposal that was approved in this very record. */
    Proposal executed(long id, int kind) throws BooksWrong {
        Proposal proposal = proposal(id);
        if (!executed.contains(id) || proposal.kind != kind) {
            throw notThis(id);
        }
        return proposal;
    }

    private static BooksWrong notThis(long id) {
        return new BooksWrong(
                "la proposta " + id + " non dice questo, o non è approvata qui",
                "proposal " + id + " does not say this, or is not approved here");
    }

    void onTransfer(long id, long amount, int reason) throws BooksWrong {
        if (!Routes.isApprovedOne(reason)) {
            return;
        }
        Proposal proposal = proposal(id);
        if (reason == Routes.RESERVE_RELEASED) {
            proposal.released = Math.addExact(proposal.released, amount);
        } else {
            proposal.moved = Math.addExact(proposal.moved, amount);
        }
        moved.add(id);
    }

    void onProgressed(long id, long totalDone, int state) throws BooksWrong {
        Proposal proposal = proposal(id);
        // What a reversal only forgoes moves nothing.
        boolean isTold =
                proposal.kind == Proposal.TAKE_BACK_BATCH ? proposal.moved <= totalDone : proposal.moved == totalDone;
        if (!isTold) {
            throw new BooksWrong(
                    "la proposta " + id + " dice di aver accreditato " + totalDone + ", i movimenti danno "
                            + proposal.moved,
                    "proposal " + id + " says that it credited " + totalDone + ", the movements come to "
                            + proposal.moved);
        }
        if (state == EXECUTED || state == CANCELLED) {
            ended.add(id);
        }
    }

    private Proposal proposal(long id) throws BooksWrong {
        Proposal proposal = open.get(id);
        if (proposal == null) {
            throw new BooksWrong("la proposta " + id + " non c'è", "proposal " + id + " is not there");
        }
        return proposal;
    }

    void endRecord() throws BooksWrong {
        for (long id : moved) {
            Proposal proposal = proposal(id);
            if (!proposal.isKept()) {
                throw new BooksWrong(
                        "per la proposta " + id + " si muovono " + proposal.moved + ", ne furono approvati "
                                + Math.abs(proposal.amount),
                        "for proposal " + id + " " + proposal.moved + " moved, " + Math.abs(proposal.amount)
                                + " was approved");
            }
        }
        moved.clear();
        ended.forEach(open::remove);
        ended.clear();
        executed.clear();
    }
}
