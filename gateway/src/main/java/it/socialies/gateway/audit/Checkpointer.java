// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.audit;

import it.socialies.gateway.security.AuditKeys;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Signs a checkpoint for each snapshot that has none yet, also for those that were taken while it did not run. What fails is logged, counted and tried
 * again a minute later, for as long as the snapshot is there; nothing waits for it.
 *
 * <p>Threading: an agent of its own; {@link #failures} any thread.
 */
public final class Checkpointer implements Agent {
    private static final Logger LOG = LogManager.getLogger(Checkpointer.class);
    private static final long LOOK_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long RETRY_INTERVAL_NS = TimeUnit.MINUTES.toNanos(1);

    /** What there is to sign. Everything it tells is durable. */
    public interface Source {
        /** Sequences of the snapshots that are there, in any order. */
        List<Long> sequences() throws IOException;

        /**
         * The checkpoint of one of them.
         *
         * @throws IOException when what the snapshot says of itself is missing, damaged or contradicts it
         */
        Checkpoint checkpoint(long sequence) throws IOException;
    }

    private final Source source;
    private final CheckpointFolder folder;
    private final AuditKeys keys;
    private final NanoClock nanoClock;
    private final LongAdder failures = new LongAdder();
    private long nextLookNs;

    public Checkpointer(Source source, CheckpointFolder folder, AuditKeys keys, NanoClock nanoClock) {
        this.source = source;
        this.folder = folder;
        this.keys = keys;
        this.nanoClock = nanoClock;
        nextLookNs = nanoClock.nanoTime();
    }

    @Override
    public int doWork() {
        long nowNs = nanoClock.nanoTime();
        if (nowNs - nextLookNs < 0) {
            return 0;
        }
        nextLookNs = nowNs + LOOK_INTERVAL_NS;
        try {
            int signed = 0;
            for (long sequence : source.sequences().stream().sorted().toList()) {
                if (!folder.contains(sequence)) {
                    signed += sign(sequence, nowNs);
                }
            }
            return signed;
        } catch (IOException e) {
            failed(nowNs);
            LOG.error("the snapshots cannot be listed, so none gets a checkpoint", e);
            return 0;
        }
    }

    private int sign(long sequence, long nowNs) {
        try {
            Checkpoint checkpoint = source.checkpoint(sequence);
            if (!checkpoint.isConsistent()) {
                throw new IOException("its sums contradict each other");
            }
            folder.writeKeys(keys.publicJwks());
            folder.write(new SignedCheckpoint(
                    checkpoint, keys.sign(checkpoint.claims().encode())));
            LOG.info("checkpoint of record {} signed", sequence);
            return 1;
        } catch (IOException | RuntimeException e) {
            failed(nowNs);
            LOG.error("no checkpoint of record {}: {}", sequence, e.getMessage(), e);
            return 0;
        }
    }

    private void failed(long nowNs) {
        failures.increment();
        nextLookNs = nowNs + RETRY_INTERVAL_NS;
    }

    /** Attempts that gave no checkpoint. */
    public LongAdder failures() {
        return failures;
    }

    @Override
    public String roleName() {
        return "checkpoints";
    }
}
