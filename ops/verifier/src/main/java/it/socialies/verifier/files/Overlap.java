// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.files;

import it.socialies.verifier.bytes.Sha256;
import it.socialies.verifier.history.Batch;
import it.socialies.verifier.history.Chain;
import it.socialies.verifier.history.NotAsWritten;
import it.socialies.verifier.history.Why;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What journal and commit log both hold must have the same headers, and marks must stand behind the chain that they name. One thread. */
final class Overlap {
    private static final Why OTHER_HISTORY = new Why(
            "giornale e commit log raccontano storie diverse", "journal and commit log tell different histories");

    private final Map<Long, Batch> unmatched = new TreeMap<>();
    private final Map<Long, List<Batch>> marks = new HashMap<>();

    Overlap(CommitLog log) {
        log.headers().forEach((position, header) -> {
            if (header.count() > 0) {
                unmatched.put(position, header);
            } else {
                marks.computeIfAbsent(header.lastSequence(), none -> new ArrayList<>())
                        .add(header);
            }
        });
    }

    /** Compares with the next good batch of archive or journal. */
    void compare(Batch batch, Chain behind) throws NotAsWritten {
        Batch inLog = unmatched.remove(batch.logPosition());
        if (inLog != null
                && !Arrays.equals(inLog.bytes(), 0, Batch.HEADER_LENGTH, batch.bytes(), 0, Batch.HEADER_LENGTH)) {
            throw new NotAsWritten(batch.firstSequence(), batch.lastSequence(), batch.place(), OTHER_HISTORY);
        }
        compareMarks(behind);
    }

    void compareMarks(Chain chain) throws NotAsWritten {
        List<Batch> there = marks.remove(chain.sequence());
        if (there == null) {
            return;
        }
        for (Batch mark : there) {
            if (!mark.claimedAfter(new Sha256()).equals(chain)) {
                throw new NotAsWritten(
                        Math.max(1, chain.sequence()),
                        mark.place(),
                        new Why(
                                "un contrassegno del commit log sta dietro un'altra catena",
                                "a mark in the commit log stands behind another chain"));
            }
        }
    }

    /** Of what the log holds up to here the journal must have had every batch. */
    void finish(Chain journal) throws NotAsWritten {
        for (Batch batch : unmatched.values()) {
            if (batch.lastSequence() <= journal.sequence()) {
                throw new NotAsWritten(
                        Math.max(1, batch.firstSequence()), batch.lastSequence(), batch.place(), OTHER_HISTORY);
            }
        }
    }
}
