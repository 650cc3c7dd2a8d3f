// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What second persons approved: nothing else, and no other amount, may move in its name. One thread. */
final class ProposalBook {
    private static final int TOP_UP_BATCH = 5;
    private static final int EXECUTED = 3;
    private static final int REJECTED = 4;

    private final Map<Long, Proposal> open = new HashMap<>();
    private final Set<Long> moved = new HashSet<>();
    private final Set<Long> ended = new HashSet<>();

    void onMade(long id, long amount, int kind) throws BooksWrong {
        if (open.putIfAbsent(id, new Proposal(amount, kind == TOP_UP_BATCH)) != null) {
            throw new BooksWrong("la proposta " + id + " c'è già", "proposal " + id + " is there already");
        }
    }

    void onDecided(long id, int state) throws BooksWrong {
        proposal(id);
        if (state == EXECUTED || state == REJECTED) {
            ended.add(id);
        }
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
        if (proposal.moved != totalDone) {
            throw new BooksWrong(
                    "la proposta " + id + " dice di aver accreditato " + totalDone + ", i movimenti danno "
                            + proposal.moved,
                    "proposal " + id + " says that it credited " + totalDone + ", the movements come to "
                            + proposal.moved);
        }
        if (state == EXECUTED) {
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
            long approved = Math.abs(proposal.amount);
            boolean isRight = proposal.isBatch ? proposal.moved <= approved : proposal.moved == approved;
            if (!isRight || (proposal.released != 0 && proposal.released != approved)) {
                throw new BooksWrong(
                        "per la proposta " + id + " si muovono " + proposal.moved + ", ne furono approvati " + approved,
                        "for proposal " + id + " " + proposal.moved + " moved, " + approved + " was approved");
            }
        }
        moved.clear();
        ended.forEach(open::remove);
        ended.clear();
    }
}
