// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.snapshot.SnapshotFolder;
import it.socialies.gateway.audit.CheckpointFolder;
import it.socialies.gateway.audit.Checkpointer;
import it.socialies.gateway.audit.SignedCheckpoint;
import it.socialies.gateway.security.AuditKeys;
import it.socialies.gateway.security.Secrets;
import it.socialies.gateway.security.SecretsUnusableException;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The audit's side of the node: the key, the folder of checkpoints, the thread that signs them. A key that cannot be used ends the signing and nothing else.
 * Threading: made and closed by the main thread.
 */
final class CheckpointParts implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(CheckpointParts.class);
    private static final long WATCH_MS = 250;
    private static final int CLOSE_TIMEOUT_MS = 10_000;

    private final CheckpointFolder folder;
    private final @Nullable AuditKeys keys;
    private final @Nullable Checkpointer checkpointer;
    private final @Nullable AgentRunner runner;

    private CheckpointParts(CheckpointFolder folder, @Nullable AuditKeys keys, @Nullable Checkpointer checkpointer) {
        this.folder = folder;
        this.keys = keys;
        this.checkpointer = checkpointer;
        runner = checkpointer == null
                ? null
                : new AgentRunner(
                        new SleepingMillisIdleStrategy(WATCH_MS),
                        e -> LOG.error("the signing of checkpoints failed", e),
                        null,
                        checkpointer);
    }

    /**
     * Opens the folder and the key, which is made when nothing was ever signed. Blocks.
     *
     * @param issuer what the installation calls itself
     */
    static CheckpointParts open(Path data, Secrets secrets, String issuer) throws IOException {
        CheckpointFolder folder = CheckpointFolder.open(data.resolve("checkpoints"));
        AuditKeys keys = keys(secrets, folder);
        return new CheckpointParts(
                folder,
                keys,
                keys == null
                        ? null
                        : new Checkpointer(
                                new SnapshotTotals(
                                        SnapshotFolder.of(DataFolder.at(data)), issuer, SystemEpochClock.INSTANCE),
                                folder,
                                keys,
                                SystemNanoClock.INSTANCE));
    }

    private static @Nullable AuditKeys keys(Secrets secrets, CheckpointFolder folder) {
        try {
            return secrets.auditKeys(folder.newest() > 0, System.currentTimeMillis());
        } catch (SecretsUnusableException e) {
            LOG.error("no checkpoints are signed: {}", e.getMessage());
            return null;
        }
    }

    /**
     * Refuses a history that ends before a record that was vouched for: it would write those records anew, and contradict what others have kept.
     *
     * @throws NodeFailure with the remedy
     */
    void requireHistoryUpTo(long durableSequence) {
        SignedCheckpoint newest = folder.read(folder.newest());
        if (newest != null && newest.checkpoint().sequence() > durableSequence) {
            throw new NodeFailure(
                    "the history ends with record " + durableSequence
                            + ", but a checkpoint of record "
                            + newest.checkpoint().sequence()
                            + " was signed: an older copy was put back. Put the newer one back; if there is none, see ops/docs/checkpoints.md");
        }
    }

    /** Signs from now on. */
    void start() {
        if (runner != null) {
            AgentRunner.startOnThread(runner, work -> new Thread(work, "ies-checkpoints"));
        }
    }

    CheckpointFolder folder() {
        return folder;
    }

    /** Null when it cannot be used. */
    @Nullable
    AuditKeys keys() {
        return keys;
    }

    /** Last record of the newest checkpoint, 0 when there is none. */
    long sequence() {
        return folder.newest();
    }

    /** Attempts that gave no checkpoint. */
    long failures() {
        return checkpointer == null ? 0 : checkpointer.failures().sum();
    }

    @Override
    public void close() {
        if (runner != null) {
            runner.close(CLOSE_TIMEOUT_MS, thread -> LOG.warn("{} does not stop", thread.getName()));
        }
    }
}
