// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.audit;

import it.socialies.engine.journal.batch.BatchBuilder;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.commitlog.CommitLog;
import it.socialies.engine.journal.files.LogFiles;
import it.socialies.engine.journal.fixture.Records;
import it.socialies.engine.journal.reader.JournalEnd;
import it.socialies.engine.protocol.BatchDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A commit log as the engine writes it, and what was written into it. */
final class WrittenLog {
    static final long CAPACITY = 12L * BatchDescriptor.BLOCK_LENGTH;

    /**
     * A batch or a mark.
     *
     * @param bytes header and body
     * @param position in the log
     * @param end behind its blocks
     * @param chain behind it
     */
    record Written(DirectBuffer bytes, long position, long end, Chain chain) {}

    private final List<Written> batches = new ArrayList<>();
    private final int released;
    private final byte[] file;

    /**
     * Writes a log.
     *
     * @param records how many each batch has; 0 for a bare mark
     * @param released so many of the batches were let go of, once each was followed by another
     */
    WrittenLog(int[] records, int released) throws IOException {
        this.released = released;
        Path folder = Files.createTempDirectory("ies-fuzz-log");
        Path path = folder.resolve("log.dat");
        try (CommitLog log =
                new CommitLog(CommitLog.createFile(LogFiles.REAL, path, CAPACITY), CAPACITY, 0, new Chain())) {
            for (int i = 0; i < records.length; i++) {
                BatchBuilder batch = new BatchBuilder(64 * 1024);
                Records.fill(batch, log, records[i]);
                if (i <= released) {
                    log.releaseUpTo(log.position());
                }
                log.append(batch);
                UnsafeBuffer bytes = new UnsafeBuffer(new byte[batch.batchLength()]);
                bytes.putBytes(0, batch.buffer(), 0, batch.batchLength());
                batches.add(new Written(
                        bytes,
                        log.position() - batch.blocksLength(),
                        log.position(),
                        batch.chain().copy()));
            }
        }
        file = Files.readAllBytes(path);
        Files.delete(path);
        Files.delete(folder);
    }

    /** The bytes of the file; not to be changed. */
    byte[] file() {
        return file;
    }

    List<Written> batches() {
        return batches;
    }

    /** So many batches the journal holds, by any number: at least those that were released. */
    int journaled(int number) {
        return released + number % (batches.size() - released + 1);
    }

    /** The end of a journal that holds so many of the batches. It never holds a mark. */
    JournalEnd journalEnd(int journaled) {
        for (int i = journaled - 1; i >= 0; i--) {
            Written last = batches.get(i);
            if (last.bytes().capacity() > BatchDescriptor.HEADER_LENGTH) {
                return new JournalEnd(last.chain(), 0, 0, last.position(), last.end(), null);
            }
        }
        return new JournalEnd(new Chain(), -1, -1, -1, 0, null);
    }
}
