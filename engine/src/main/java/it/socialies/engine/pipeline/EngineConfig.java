// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import it.socialies.engine.client.ClientSettings;
import it.socialies.engine.journal.recovery.JournalConfig;
import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import java.nio.file.Path;

/**
 * Settings of a {@link ClearingEngine}. The defaults take about 35 MiB besides the core and one reply ring a gateway, and fit 2 cores and 4 GiB
 * together with gateway, console and Postgres. Ring sizes are powers of two.
 *
 * @param dataFolder commit log, journal and lock
 * @param journal commit log capacity and batch limit
 * @param core duty sizes, ticks, clock
 * @param journaling forcing of the journal, free-space reserve
 * @param client frames in flight and timeout of each gateway
 * @param maxGateways gateway ids are below it
 * @param commandRingBytes frames submitted and not yet taken by the core
 * @param outputRingBytes results not yet durable
 * @param journalRingBytes durable batches not yet in the journal; at least eight batches
 * @param duplicateRingBytes repeated commands whose record is being read
 * @param replyRingBytes a gateway's replies not yet delivered; what exceeds it is dropped. About 1 KiB for each frame in flight
 * @param idleMarkMs milliseconds without a record after which the log gets a bare mark
 * @param maxParkUs microseconds an idle stage sleeps at most when nobody wakes it: how late ticks and timeouts may be
 * @param drainMs milliseconds a clean stop waits for what has entered
 */
public record EngineConfig(
        Path dataFolder,
        JournalConfig journal,
        CoreSettings core,
        JournalSettings journaling,
        ClientSettings client,
        int maxGateways,
        int commandRingBytes,
        int outputRingBytes,
        int journalRingBytes,
        int duplicateRingBytes,
        int replyRingBytes,
        long idleMarkMs,
        long maxParkUs,
        long drainMs) {

    public EngineConfig {
        // A ring takes messages up to an eighth of its size.
        atLeast("commandRingBytes", commandRingBytes, 16L * CommandFrameDescriptor.MAX_FRAME_LENGTH);
        atLeast("outputRingBytes", outputRingBytes, 16L * RecordDescriptor.MAX_RECORD_LENGTH);
        atLeast("replyRingBytes", replyRingBytes, 16L * RecordDescriptor.MAX_RECORD_LENGTH);
        atLeast("journalRingBytes", journalRingBytes, 8L * journal.maxBatchBytes());
        atLeast("duplicateRingBytes", duplicateRingBytes, 4096);
        atLeast("maxGateways", maxGateways, 1);
        atLeast("idleMarkMs", idleMarkMs, 1);
        atLeast("maxParkUs", maxParkUs, 1);
        atLeast("drainMs", drainMs, 0);
    }

    /** The defaults for this data folder: 128 MiB of log, batches up to 512 KiB, 4,096 frames in flight per gateway. */
    public static EngineConfig defaults(Path dataFolder) {
        return new EngineConfig(
                dataFolder,
                new JournalConfig(128L << 20, 512 << 10, false),
                CoreSettings.DEFAULTS,
                JournalSettings.DEFAULTS,
                ClientSettings.DEFAULTS,
                8,
                4 << 20,
                4 << 20,
                8 << 20,
                256 << 10,
                4 << 20,
                200,
                10_000,
                10_000);
    }

    public EngineConfig withJournal(JournalConfig newJournal) {
        return new EngineConfig(
                dataFolder,
                newJournal,
                core,
                journaling,
                client,
                maxGateways,
                commandRingBytes,
                outputRingBytes,
                journalRingBytes,
                duplicateRingBytes,
                replyRingBytes,
                idleMarkMs,
                maxParkUs,
                drainMs);
    }

    public EngineConfig withJournaling(JournalSettings newJournaling) {
        return new EngineConfig(
                dataFolder,
                journal,
                core,
                newJournaling,
                client,
                maxGateways,
                commandRingBytes,
                outputRingBytes,
                journalRingBytes,
                duplicateRingBytes,
                replyRingBytes,
                idleMarkMs,
                maxParkUs,
                drainMs);
    }

    public EngineConfig withClient(ClientSettings newClient) {
        return new EngineConfig(
                dataFolder,
                journal,
                core,
                journaling,
                newClient,
                maxGateways,
                commandRingBytes,
                outputRingBytes,
                journalRingBytes,
                duplicateRingBytes,
                replyRingBytes,
                idleMarkMs,
                maxParkUs,
                drainMs);
    }

    public EngineConfig withReplyRingBytes(int newReplyRingBytes) {
        return new EngineConfig(
                dataFolder,
                journal,
                core,
                journaling,
                client,
                maxGateways,
                commandRingBytes,
                outputRingBytes,
                journalRingBytes,
                duplicateRingBytes,
                newReplyRingBytes,
                idleMarkMs,
                maxParkUs,
                drainMs);
    }

    public EngineConfig withMaxParkUs(long newMaxParkUs) {
        return new EngineConfig(
                dataFolder,
                journal,
                core,
                journaling,
                client,
                maxGateways,
                commandRingBytes,
                outputRingBytes,
                journalRingBytes,
                duplicateRingBytes,
                replyRingBytes,
                idleMarkMs,
                newMaxParkUs,
                drainMs);
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is at least " + least + ", not " + value);
        }
    }
}
