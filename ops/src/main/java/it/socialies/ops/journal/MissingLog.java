// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.journal;

import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.commitlog.CommitLogMissing;
import it.socialies.engine.journal.files.LogFiles;
import it.socialies.engine.journal.files.ProcessLock;
import it.socialies.engine.journal.reader.HistorySegment;
import it.socialies.engine.journal.reader.HistorySegments;
import it.socialies.engine.journal.recovery.JournalConfig;
import it.socialies.engine.journal.recovery.Recovery;
import it.socialies.engine.journal.recovery.RecoveryResult;
import it.socialies.engine.pipeline.EngineConfig;
import it.socialies.engine.snapshot.SnapshotFolder;
import it.socialies.ops.data.DataFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Lets an operator start an installation whose commit log is lost, from the journal alone: after a disk that failed, or from a backup without the log.
 * Whatever only the log held is then gone, so it asks to be told the record behind which that is.
 */
public final class MissingLog {
    private static final String ACCEPTED = "accepted-losses.log";

    private final DataFolder folder;
    private final PrintStream out;

    private MissingLog(DataFolder folder, PrintStream out) {
        this.folder = folder;
        this.out = out;
    }

    /**
     * Accepts the loss, if there is one and it is confirmed.
     *
     * @param confirmed the journal's last record, as an earlier call has told it
     * @return true when the installation can start now
     * @throws IOException when the folder cannot be read or written
     */
    public static boolean accept(DataFolder folder, OptionalLong confirmed, PrintStream out) throws IOException {
        ProcessLock lock = folder.engine().lock();
        try (lock) {
            return new MissingLog(folder, out).accept(confirmed);
        }
    }

    private boolean accept(OptionalLong confirmed) throws IOException {
        JournalConfig config = EngineConfig.defaults(folder.root()).journal();
        try {
            recover(config);
            out.println("Il commit log c'è ed è intero: non manca nulla, avviare con ops/run"
                    + " | The commit log is there and whole: nothing is missing, start with ops/run");
            return true;
        } catch (CommitLogMissing missing) {
            long last = missing.sequence() - 1;
            if (confirmed.isPresent() && confirmed.getAsLong() == last) {
                RecoveryResult recovered = recover(config.acceptingMissingLog());
                recovered.report().lines().forEach(out::println);
                note(recovered.chain());
                out.println("Accettato: l'installazione riparte dalla registrazione " + last + ". Avviare con ops/run"
                        + " | Accepted: the installation goes on behind record " + last + ". Start with ops/run");
                return true;
            }
            warn(missing, last);
            return false;
        }
    }

    /** Replays and verifies the whole history; both files are closed again. */
    private RecoveryResult recover(JournalConfig config) throws IOException {
        Chain promised = SnapshotFolder.of(folder.engine()).promised();
        RecoveryResult recovered = Recovery.recover(
                folder.engine(), config, LogFiles.REAL, new Chain(), promised, (buffer, offset, length) -> {});
        recovered.queue().close();
        recovered.log().close();
        return recovered;
    }

    private void warn(CommitLogMissing missing, long last) {
        out.println(missing.getMessage());
        out.println();
        out.println("Il giornale finisce con la registrazione " + last + timeOf(last)
                + ". Pagamenti confermati dopo, se solo il commit log li aveva, sono PERDUTI per sempre: le tessere tornano al saldo di"
                + " allora e gli esercenti vanno avvisati.");
        out.println("The journal ends with record " + last + timeOf(last)
                + ". Payments confirmed later, if only the commit log had them, are LOST for ever: cards go back to the balance of"
                + " then, and the shops must be told.");
        out.println();
        out.println(
                "Prima cercare il file perduto; per accettare la perdita | First look for the lost file; to accept the loss:"
                        + " --confirm " + last);
    }

    private String timeOf(long last) {
        return HistorySegments.list(folder.engine()).stream()
                .filter(segment -> segment.lastSequence() == last)
                .mapToLong(HistorySegment::lastTimestampMs)
                .mapToObj(stampMs -> " (" + Instant.ofEpochMilli(stampMs) + ")")
                .findFirst()
                .orElse("");
    }

    /** What was accepted stays written beside the log, for whoever audits the installation. */
    private void note(Chain end) throws IOException {
        Path file = folder.commitLog().resolve(ACCEPTED);
        String line = Instant.now() + " " + System.getProperty("user.name")
                + " accepted the loss of the commit log behind " + end + "\n";
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            channel.write(StandardCharsets.UTF_8.encode(line));
            channel.force(true);
        }
    }
}
