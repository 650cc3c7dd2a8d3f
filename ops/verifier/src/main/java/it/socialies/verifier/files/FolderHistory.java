// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.files;

import it.socialies.verifier.history.Batch;
import it.socialies.verifier.history.Chain;
import it.socialies.verifier.history.NotAsWritten;
import it.socialies.verifier.history.Place;
import it.socialies.verifier.history.Why;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole history of a data folder, stopped or in use: archive, days of the journal, and what only the commit log holds. Reads only, takes no lock. Used once, by one
 * thread.
 */
public final class FolderHistory {
    private static final Pattern ARCHIVE_NAME = Pattern.compile("\\d{20}-\\d{20}\\.archive");
    private static final int LIVE_TRIES = 40;
    private static final long LIVE_PAUSE_MS = 50;

    private final Path root;
    private final BatchReader reader;
    private final List<Why> notes = new ArrayList<>();
    private @Nullable Overlap overlap;
    /** What is wrong with the journal's end; the commit log may have the records. */
    private @Nullable NotAsWritten unforced;

    public FolderHistory(Path root, BatchReader reader) {
        this.root = root;
        this.reader = reader;
    }

    /** Whether a folder holds any part of a history. */
    public static boolean isOne(Path root) {
        return Files.isDirectory(root.resolve("journal"))
                || Files.isDirectory(root.resolve("journal-archive"))
                || Files.exists(logPath(root));
    }

    private static Path logPath(Path root) {
        return root.resolve("commit-log").resolve("log.dat");
    }

    /** What a reader of the answer should know beside it. */
    public List<Why> notes() {
        return notes;
    }

    /** Gives every batch to the reader, in order. */
    public void read() throws NotAsWritten, IOException {
        try (JournalDays days = new JournalDays(root.resolve("journal"))) {
            if (!Files.exists(logPath(root))) {
                readJournal(days);
                throw logMissing("non c'è", "is missing");
            }
            try (CommitLog log = CommitLog.open(logPath(root))) {
                if (log == null) {
                    readJournal(days);
                    throw logMissing("ha un'altra intestazione o un'altra lunghezza", "has another header or length");
                }
                overlap = new Overlap(log);
                overlap.compareMarks(reader.chain());
                readJournal(days);
                join(days, log);
            }
        }
    }

    private NotAsWritten logMissing(String italian, String english) {
        long next = reader.chain().sequence() + 1;
        return unforced != null
                ? unforced
                : new NotAsWritten(
                        next,
                        new Place(CommitLog.FILE, -1),
                        new Why(
                                "il commit log " + italian + ": registrazioni dalla " + next
                                        + " in poi possono essere andate perdute",
                                "the commit log " + english + ": records from " + next + " on may be lost"));
    }

    private void readJournal(JournalDays days) throws NotAsWritten, IOException {
        Path folder = root.resolve("journal-archive");
        if (Files.isDirectory(folder)) {
            for (Path path : archives(folder)) {
                try (ArchiveDay day = new ArchiveDay(path)) {
                    day.read(reader.chain(), this::take);
                }
            }
        }
        readDays(days);
    }

    private static List<Path> archives(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            ARCHIVE_NAME.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    private void take(Batch batch) throws NotAsWritten {
        Chain behind = reader.onBatch(batch);
        if (overlap != null) {
            overlap.compare(batch, behind);
        }
    }

    /** A batch that is not whole, with nothing intact behind it, may be an end that was never forced; the commit log tells. */
    private void readDays(JournalDays days) throws NotAsWritten, IOException {
        unforced = null;
        Batch torn = null;
        for (Batch batch = days.next(); batch != null; batch = days.next()) {
            if (torn == null && batch.isIntact()) {
                take(batch);
            } else if (torn == null) {
                torn = batch;
                unforced = whatIsWrong(batch);
            } else if (batch.isIntact() && batch.lastSequence() > reader.chain().sequence() && unforced != null) {
                throw unforced;
            }
        }
        if (torn != null) {
            days.backTo(torn);
        }
    }

    private NotAsWritten whatIsWrong(Batch batch) {
        try {
            reader.onBatch(batch);
            throw new IllegalStateException("a batch that is not whole was taken");
        } catch (NotAsWritten wrong) {
            return wrong;
        }
    }

    // ---------------------------------------------------------------- commit log

    /** While an engine writes, what looks wrong counts only when it stays wrong while nobody writes. */
    private void join(JournalDays days, CommitLog first) throws NotAsWritten, IOException {
        boolean live = false;
        NotAsWritten wrong = null;
        CommitLog last = first;
        for (int i = 0; i < LIVE_TRIES; i++) {
            try (CommitLog now = CommitLog.open(logPath(root))) {
                if (now == null) {
                    throw logMissing("ha un'altra intestazione o un'altra lunghezza", "has another header or length");
                }
                boolean stoodStill = now.isSameAs(last);
                live |= !stoodStill;
                if (live && reader.chain().sequence() >= first.highestMark()) {
                    notes.add(new Why(
                            "la cartella è in uso: letta fino a ciò che era durevole all'inizio",
                            "the folder is in use: read up to what was durable at the beginning"));
                    return;
                }
                if (stoodStill && wrong != null) {
                    throw wrong;
                }
                last = now;
                if (stoodStill) {
                    try {
                        joinStopped(now);
                        return;
                    } catch (NotAsWritten e) {
                        wrong = e;
                    }
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LIVE_PAUSE_MS));
            readDays(days);
        }
        throw wrong != null ? wrong : logMissing("cambia troppo in fretta", "changes too quickly");
    }

    private void joinStopped(CommitLog log) throws NotAsWritten, IOException {
        long journaled = reader.chain().sequence();
        if (log.highestPosition() < reader.lastPosition()) {
            throw logMissing("è più vecchio del giornale", "is older than the journal");
        }
        if (unforced == null && overlap != null) {
            overlap.finish(reader.chain());
        }
        boolean goesOn = true;
        while (goesOn) {
            goesOn = next(log);
        }
        long end = reader.chain().sequence();
        if (unforced != null && end == journaled) {
            throw unforced;
        }
        if (unforced != null) {
            notes.add(new Why(
                    "la fine del giornale non era stata sincronizzata; il commit log ha le registrazioni "
                            + (journaled + 1) + "–" + end,
                    "the journal's end was not forced; the commit log has records " + (journaled + 1) + "–" + end));
        } else if (end > journaled) {
            notes.add(new Why(
                    "solo nel commit log: registrazioni " + (journaled + 1) + "–" + end,
                    "in the commit log only: records " + (journaled + 1) + "–" + end));
        }
    }

    /** Takes the log's next batch; false at its end, which is then proven to be the end. */
    private boolean next(CommitLog log) throws NotAsWritten, IOException {
        long next = reader.chain().sequence() + 1;
        long at = log.candidate(reader.endPosition());
        boolean mustBeThere = log.highestPosition() > at || log.highestMark() >= next;
        if (!log.headers().containsKey(at)) {
            if (mustBeThere) {
                throw new NotAsWritten(
                        next,
                        log.place(at),
                        new Why(
                                "nel commit log manca la registrazione, eppure era durevole",
                                "the commit log has not the record, and yet it was durable"));
            }
            return false;
        }
        Batch batch = log.read(at);
        if (!batch.isIntact() && !mustBeThere) {
            notes.add(new Why(
                    "in fondo al commit log, byte " + log.place(at).offset()
                            + ", resti di una scrittura mai sincronizzata e mai confermata a nessuno",
                    "at the end of the commit log, byte " + log.place(at).offset()
                            + ", remains of a write that was never synchronised, so never acknowledged"));
            return false;
        }
        reader.onBatch(batch);
        return true;
    }
}
