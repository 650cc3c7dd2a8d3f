// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.audit;

import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.examination.HistoryFault;
import it.socialies.engine.journal.examination.HistoryFault.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What an audit has found so far, in the order it was found. One thread. */
final class FaultList {
    /** Stands for a file of the journal where none can be named. */
    static final String JOURNAL = "journal";

    private final List<HistoryFault> faults = new ArrayList<>();

    void add(HistoryFault fault) {
        faults.add(fault);
    }

    void add(Kind kind, String file, JournalDamaged damage) {
        add(kind, file, damage.sequence(), String.valueOf(damage.getMessage()));
    }

    /** A fault of one record, its place in the file unknown. */
    void add(Kind kind, String file, long sequence, String detail) {
        faults.add(new HistoryFault(kind, file, -1, -1, sequence, sequence, detail));
    }

    void addAll(Collection<HistoryFault> found) {
        faults.addAll(found);
    }

    int size() {
        return faults.size();
    }

    boolean names(long sequence) {
        return faults.stream().anyMatch(fault -> fault.firstSequence() == sequence);
    }

    /** Something is wrong with batches in the journal's files, not only with what Chronicle keeps for itself. */
    boolean hasDamageInJournal() {
        return faults.stream().anyMatch(FaultList::isDamageInJournal);
    }

    /** Takes out what is wrong in the journal's files, but for Chronicle's own bytes; the first of all faults there is returned, or none. */
    List<HistoryFault> takeDamageInJournal() {
        List<HistoryFault> first = faults.stream()
                .filter(FaultList::isInJournal)
                .min(Comparator.comparingLong(HistoryFault::firstSequence))
                .stream()
                .toList();
        faults.removeIf(FaultList::isDamageInJournal);
        return first;
    }

    List<HistoryFault> inOrderOfTheHistory() {
        return faults.stream()
                .sorted(Comparator.comparingLong(HistoryFault::place))
                .toList();
    }

    private static boolean isDamageInJournal(HistoryFault fault) {
        return isInJournal(fault) && fault.kind() != Kind.JOURNAL_FRAMING;
    }

    private static boolean isInJournal(HistoryFault fault) {
        return fault.file().equals(JOURNAL) || fault.file().startsWith(JOURNAL + "/");
    }
}
