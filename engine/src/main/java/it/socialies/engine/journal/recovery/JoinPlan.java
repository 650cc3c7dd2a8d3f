// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.recovery;

import it.socialies.engine.journal.archive.ArchiveDamaged;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.commitlog.CommitLogMissing;
import it.socialies.engine.journal.reader.JournalEnd;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a start does with journal and commit log, decided before anything is changed: {@link Recovery} carries it out, an audit tells it.
 * The rules are in {@code ops/docs/format.md}. Reads only.
 */
public final class JoinPlan {
    private final JournalEnd journal;
    private final CommitLogWalk walk;
    private final boolean repairsJournal;

    private JoinPlan(JournalEnd journal, CommitLogWalk walk, boolean repairsJournal) {
        this.journal = journal;
        this.walk = walk;
        this.repairsJournal = repairsJournal;
    }

    /**
     * Goes through the log from where the journal ends, to its proven end.
     *
     * @param unsound Chronicle's own bytes cannot be trusted at the journal's end; no batch is concerned
     * @throws JournalDamaged when a start must refuse. When the log cannot heal the journal, the journal's damage is what is named
     */
    public static JoinPlan of(JournalEnd journal, CommitLogWalk walk, boolean unsound) throws IOException {
        JournalDamaged damage = journal.damage();
        if (damage instanceof ArchiveDamaged) {
            throw damage; // the log holds nothing as old
        }
        walk.requireBatchOf(journal);
        walkToTheEnd(journal, walk);
        if (damage != null && walk.chain().sequence() == journal.chain().sequence()) {
            throw damage;
        }
        return new JoinPlan(journal, walk, damage != null || unsound);
    }

    private static void walkToTheEnd(JournalEnd journal, CommitLogWalk walk) throws IOException {
        try {
            while (walk.next()) {
                // The verification is all.
            }
        } catch (JournalDamaged logDamage) {
            JournalDamaged damage = journal.damage();
            if (damage != null && walk.chain().sequence() == journal.chain().sequence()) {
                damage.addSuppressed(logDamage);
                throw damage;
            }
            throw logDamage;
        }
    }

    /** The refusal of a log that is not there, or cannot have been written last: it may have held records that the journal never got. */
    public static CommitLogMissing missingLog(JournalEnd journal, Path log, String what) {
        long last = journal.chain().sequence();
        return new CommitLogMissing(
                last + 1,
                "the commit log " + log + " " + what + ", but the journal ends with record " + last + ": record "
                        + (last + 1)
                        + " and later ones may be lost. Put the log back, or accept the loss: ops/ies journal accept-missing-log");
    }

    /** The journal's end is written anew: the log holds what was damaged, or nothing but Chronicle's own bytes were. */
    public boolean repairsJournal() {
        return repairsJournal;
    }

    /** What is wrong with the journal's end, which the log heals. */
    @Nullable
    public JournalDamaged journalDamage() {
        return journal.damage();
    }

    /** Only the log holds records behind this one. */
    public Chain journalChain() {
        return journal.chain();
    }

    /** The last durable record, and the chain behind it. */
    public Chain chain() {
        return walk.chain();
    }

    /** Where the log goes on. */
    long logPosition() {
        return walk.position();
    }

    public boolean cleanStop() {
        return walk.cleanStop();
    }

    /** What is cut at the end of the log. */
    @Nullable
    public TornTail tornTail() {
        return walk.tornTail();
    }
}
