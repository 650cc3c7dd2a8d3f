// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.audit;

import it.socialies.engine.journal.archive.ArchiveCheck;
import it.socialies.engine.journal.batch.BatchHandler;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.Hasher;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.examination.HistoryFault;
import it.socialies.engine.journal.examination.HistoryFault.Kind;
import it.socialies.engine.journal.examination.JournalExamination;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.queue.ChronicleDay;
import it.socialies.engine.journal.queue.JournalFiles;
import it.socialies.engine.journal.reader.JournalEnd;
import it.socialies.engine.journal.reader.JournalTailer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the archive and the journal's own files to the last good batch: with Chronicle where it leads, from there on by the bytes alone. What
 * is wrong is told with its file and byte. Reads only; used once, by one thread.
 */
final class JournalAudit {
    private static final String JOURNAL = FaultList.JOURNAL;
    private static final int BATCHES_PER_POLL = 64;

    private final DataFolder folder;
    private final AuditedBatches batches;
    private final FaultList faults;
    private final @Nullable CommitLogAudit log;
    private final boolean live;
    private @Nullable ArchiveAudit readingArchive;
    private long archivedPosition = -1;
    private long archivedEnd;
    private boolean unsound;
    private long lastIntactSequence;

    /**
     * @param log what the commit log still has is held against each batch; null when it cannot be read
     * @param live an engine is using the folder
     */
    JournalAudit(
            DataFolder folder, AuditedBatches batches, FaultList faults, @Nullable CommitLogAudit log, boolean live) {
        this.folder = folder;
        this.batches = batches;
        this.faults = faults;
        this.log = log;
        this.live = live;
    }

    /** Reads everything; where it ends, and why there. */
    JournalEnd read(JournalTailer tailer) throws IOException {
        ArchiveAudit archive = new ArchiveAudit(folder, this::onArchivedBatch);
        readingArchive = archive;
        archive.run();
        readingArchive = null;
        faults.addAll(archive.faults());
        JournalDamaged damage = archive.damage();
        Chain archived = archive.chain();
        if (damage != null) {
            return readBehindDamagedArchive(new JournalEnd(archived, -1, -1, -1, 0, refusal(damage)));
        }
        checkDays();
        if (!canBeOpened()) {
            unsound = true;
            return readOn(new JournalEnd(archived, -1, -1, archivedPosition, archivedEnd, null));
        }
        if (archived.sequence() > 0) {
            tailer.moveAfter(archived);
        }
        return readQueue(tailer);
    }

    /** Chronicle cannot be trusted with some of the files; the batches were read without it. */
    boolean isUnsound() {
        return unsound;
    }

    /** The last record of an intact batch in the journal's own files, whatever lies before it. */
    long lastIntactSequence() {
        return lastIntactSequence;
    }

    /** Reads what the tailer gives now. */
    void pollToTheEnd(JournalTailer tailer) {
        BatchHandler audited = (buffer, offset, length) -> {
            inspect(buffer, offset, length);
            onGoodBatch(buffer, offset, length, tailer.chain());
        };
        while (tailer.poll(audited, BATCHES_PER_POLL) > 0) {
            // Until nothing is left.
        }
    }

    /** Tells what an examination behind {@code journal} found. */
    void addDamage(JournalEnd journal, JournalExamination.Result found, boolean isLive) {
        long next = journal.chain().sequence() + 1;
        JournalDamaged damage = journal.damage();
        Path day = found.firstGoodDay();
        if (day != null && !unsound) {
            faults.add(
                    Kind.JOURNAL_FRAMING,
                    JOURNAL + "/" + day.getFileName(),
                    next,
                    "records " + next + " to " + found.good().sequence()
                            + " are intact, but Chronicle does not get to them");
        } else if (damage != null && found.faults().isEmpty()) {
            faults.add(
                    damage.isUnreadable() ? Kind.JOURNAL_FRAMING : Kind.BATCH_HEADER,
                    JOURNAL,
                    next,
                    String.valueOf(damage.getMessage()));
        }
        addFaults(found, isLive);
    }

    /** A start looks at the archive's headers first, and at the rest as it reads. */
    private JournalDamaged refusal(JournalDamaged damage) throws IOException {
        try {
            ArchiveCheck.requireWhole(folder);
            return damage;
        } catch (JournalDamaged atFirstSight) {
            return atFirstSight;
        }
    }

    private void onArchivedBatch(DirectBuffer buffer, int offset, int length) {
        ArchiveAudit archive = readingArchive;
        if (archive != null) {
            archivedPosition = BatchView.logPosition(buffer, offset);
            archivedEnd = BatchView.endPosition(buffer, offset);
            inspect(buffer, offset, length);
            onGoodBatch(buffer, offset, length, archive.chain());
        }
    }

    /** Nothing more can be handed on, but what is wrong with the journal itself is still worth knowing. */
    private JournalEnd readBehindDamagedArchive(JournalEnd journal) throws IOException {
        for (Path day : JournalFiles.days(folder.journal())) {
            Chain before = JournalExamination.chainBefore(day);
            if (before != null) {
                JournalEnd from = new JournalEnd(before, -1, -1, -1, 0, null);
                addFaults(JournalExamination.examine(folder.journal(), from, (buffer, offset, length) -> {}), live);
                break;
            }
        }
        return journal;
    }

    /** The files of the days are named in the order of the history. A reader that finds a batch in another file than it should does not tell. */
    private void checkDays() throws IOException {
        long last = 0;
        for (Path day : JournalFiles.days(folder.journal())) {
            Chain before = JournalExamination.chainBefore(day);
            if (before != null && before.sequence() < last) {
                faults.add(
                        Kind.BATCH_MISPLACED,
                        JOURNAL + "/" + day.getFileName(),
                        before.sequence() + 1,
                        "a later file holds the batches before it");
            }
            last = before == null ? last : Math.max(last, before.sequence());
        }
    }

    /** Nobody can map files that were cut, or open one without its beginning. While an engine runs, the newest may just be being made. */
    private boolean canBeOpened() throws IOException {
        List<Path> days = JournalFiles.days(folder.journal());
        for (Path day : live && !days.isEmpty() ? days.subList(0, days.size() - 1) : days) {
            if (!ChronicleDay.hasBeginning(day)) {
                faults.add(
                        Kind.JOURNAL_FRAMING,
                        JOURNAL + "/" + day.getFileName(),
                        0,
                        "Chronicle's beginning of the file is not what it wrote");
                return false;
            }
        }
        for (Path day : JournalFiles.cutDays(folder.journal())) {
            faults.add(
                    Kind.JOURNAL_FRAMING,
                    JOURNAL + "/" + day.getFileName(),
                    0,
                    "the file was cut to " + Files.size(day) + " bytes");
            return false;
        }
        return true;
    }

    private JournalEnd readQueue(JournalTailer tailer) throws IOException {
        JournalDamaged damage = null;
        try {
            pollToTheEnd(tailer);
        } catch (JournalDamaged e) {
            damage = e;
        }
        JournalEnd journal = JournalEnd.of(tailer, damage);
        return live && damage == null ? journal : readOn(journal);
    }

    /** From where Chronicle led, on by the bytes alone: what is wrong, and whether it is the records or only what Chronicle keeps between them. */
    private JournalEnd readOn(JournalEnd journal) throws IOException {
        Chain chain = journal.chain().copy();
        Hasher hasher = new Hasher();
        JournalExamination.Result found =
                JournalExamination.examine(folder.journal(), journal, (buffer, offset, length) -> {
                    BatchView.chain(buffer, offset, hasher, chain);
                    inspect(buffer, offset, length);
                    onGoodBatch(buffer, offset, length, chain);
                });
        lastIntactSequence = found.lastIntactSequence();
        addDamage(journal, found, live);
        JournalDamaged damage = found.damage();
        boolean readOn = found.firstGoodDay() != null;
        JournalDamaged read = journal.damage();
        if (read != null && !readOn) {
            boolean onlyChronicle = read.isUnreadable() && found.faults().isEmpty();
            damage = onlyChronicle ? null : read;
            unsound |= onlyChronicle;
        }
        unsound |= readOn;
        return readOn
                ? new JournalEnd(found.good(), -1, -1, found.goodPosition(), found.goodEndPosition(), damage)
                : journal.with(damage);
    }

    private void addFaults(JournalExamination.Result found, boolean isLive) {
        List<HistoryFault> named = new ArrayList<>(found.faults());
        // While an engine appends, a batch at the end may not be whole yet.
        while (isLive && !named.isEmpty() && named.getLast().firstSequence() > found.lastIntactSequence()) {
            named.removeLast();
        }
        faults.addAll(named);
    }

    private void onGoodBatch(DirectBuffer buffer, int offset, int length, Chain chain) {
        if (log != null) {
            log.onJournalBatch(buffer, offset, chain);
        }
        batches.hand(buffer, offset, length, chain);
    }

    private void inspect(DirectBuffer buffer, int offset, int length) {
        batches.inspect(
                buffer,
                offset,
                length,
                (kind, at, first, last, detail) -> faults.add(located(kind, at, first, last, detail, buffer, offset)));
    }

    private HistoryFault located(
            Kind kind, int at, long first, long last, String detail, DirectBuffer batch, int offset) {
        long position = BatchView.logPosition(batch, offset);
        try {
            JournalExamination.Place place =
                    JournalExamination.find(folder.journal(), BatchView.firstSequence(batch, offset));
            return place == null
                    ? new HistoryFault(kind, JOURNAL, -1, position, first, last, detail)
                    : new HistoryFault(kind, place.file(), place.offset() + at, position, first, last, detail);
        } catch (IOException e) {
            throw new JournalFailure("the journal cannot be read below " + folder.journal(), e);
        }
    }
}
