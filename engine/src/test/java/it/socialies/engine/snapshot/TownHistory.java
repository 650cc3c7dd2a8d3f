// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import it.socialies.engine.core.ClearingCore;
import it.socialies.engine.core.Commands;
import it.socialies.engine.core.CoreHarness;
import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.core.CoreService;
import it.socialies.engine.core.Pay;
import it.socialies.engine.core.Town;
import it.socialies.engine.journal.batch.BatchBuilder;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.commitlog.CommitLog;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.files.LogFiles;
import it.socialies.engine.journal.queue.JournalQueue;
import it.socialies.engine.journal.recovery.JournalConfig;
import it.socialies.engine.journal.recovery.Recovery;
import it.socialies.engine.journal.recovery.RecoveryResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;

/** A town that lives on, and a data folder whose commit log and journal hold its history, as an engine without snapshots would have written it. */
public final class TownHistory {
    public static final JournalConfig JOURNAL = new JournalConfig(1L << 20, 64 * 1024, false);
    private static final int RECORDS_A_BATCH = 7;

    public final DataFolder folder;
    public final CoreHarness core = new CoreHarness(TownHistory::newCore);
    final Town town = Town.settled(core);
    final long programmeId = town.fundedProgramme(Town.admitting(Town.GROCERIES), 1_000_000);
    final Town.Shop shop = town.shop(Town.GROCERIES);
    private final BatchBuilder batch = new BatchBuilder(JOURNAL.maxBatchBytes());
    private int written;

    /** A town with its first cards, all of it in the journal. */
    public TownHistory(Path root) throws IOException {
        folder = DataFolder.create(root);
        happen(1);
        write();
    }

    /** A core that knows nothing yet. */
    public static CoreService newCore() {
        return new ClearingCore(CoreLimits.defaults(), 7);
    }

    /** Cards come, and pay: at once, later, too much; time passes; some of it is refunded. */
    public TownHistory happen(int times) {
        for (int i = 0; i < times; i++) {
            Town.Card card = town.cardWith(programmeId, 900);
            long paid = town.paid(shop, Pay.with(card, 250));
            town.paid(shop, Pay.with(card, 300).manual());
            town.pay(shop, Pay.with(card, 5_000));
            core.must(shop.terminal(), Commands.refund(paid, 100));
            core.pass(Duration.ofHours(1));
            core.tickUntilQuiet();
        }
        return this;
    }

    /** Appends what happened since to commit log and journal, durable. */
    public TownHistory write() throws IOException {
        List<DirectBuffer> records = core.records();
        RecoveryResult engine = Recovery.recover(folder, JOURNAL, LogFiles.REAL, new Chain(), (b, o, l) -> {});
        try (CommitLog log = engine.log();
                JournalQueue queue = engine.queue()) {
            while (written < records.size()) {
                batch.reset(log.chain());
                for (int i = 0; i < RECORDS_A_BATCH && written < records.size(); i++) {
                    DirectBuffer record = records.get(written++);
                    batch.tryAppend(record, 0, record.capacity());
                }
                batch.seal(log.chain().sequence(), log.positionFor(batch.batchLength()), 0);
                log.append(batch);
                queue.append(batch.buffer(), 0, batch.batchLength());
                queue.force();
                log.releaseUpTo(log.position());
            }
        }
        return this;
    }

    /** The last record. */
    public long sequence() {
        return core.core().lastSequence();
    }

    /** A copy of commit log and journal. */
    void backUpTo(Path target) throws IOException {
        copy(folder.commitLog(), target.resolve("commit-log"));
        copy(folder.journal(), target.resolve("journal"));
    }

    /** Puts a copy back over what is there. */
    void putBack(Path source, String name) throws IOException {
        Path target = folder.root().resolve(name);
        delete(target);
        copy(source.resolve(name), target);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Deletes a folder and all in it. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
