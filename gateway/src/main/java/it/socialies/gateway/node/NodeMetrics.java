// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import it.socialies.engine.client.ClientCounters;
import it.socialies.engine.client.EngineClient;
import it.socialies.engine.pipeline.EngineCounters;
import it.socialies.engine.pipeline.EngineGauges;
import it.socialies.engine.projection.ProjectionCounters;
import it.socialies.engine.projection.ProjectionState;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.logs.Logs;
import it.socialies.gateway.metrics.GatewayMetrics;
import it.socialies.gateway.security.Access;
import it.socialies.gateway.security.GuessCounts;
import it.socialies.gateway.status.ProjectionLag;
import java.util.concurrent.atomic.LongAdder;

/** Publishes what engine, projector and gateway count about themselves. Everything is read when somebody asks. */
final class NodeMetrics {
    private static final double NANO = 1e-9;

    private NodeMetrics() {}

    static void register(
            GatewayMetrics metrics, EngineParts parts, CheckpointParts checkpoints, ProjectionLag lag, Access access) {
        positions(metrics, parts);
        stages(metrics, parts.engine().counters(), parts.engine().gauges());
        clients(metrics, parts.engine().counters().clients(), parts.client());
        storage(metrics, parts);
        snapshots(metrics, parts);
        checkpoints(metrics, checkpoints);
        projection(metrics, parts, lag);
        guesses(metrics, access.guesses());
        metrics.gauge(
                "ies_tokens_remembered", "Verified tokens remembered", access.verifier(), v -> v.rememberedCount());
        metrics.counter(
                "ies_access_log_dropped",
                "Lines of the access log dropped because the disk did not follow",
                Logs.class,
                logs -> Logs.droppedAccessLines());
    }

    private static void positions(GatewayMetrics metrics, EngineParts parts) {
        metrics.gauge("ies_durable_sequence", "Last durable record", parts, EngineParts::durableSequence);
        metrics.gauge("ies_journaled_sequence", "Last record in the journal", parts, EngineParts::journaledSequence);
        metrics.gauge("ies_journal_lag_records", "Durable records that the journal does not hold yet", parts, p -> {
            long journaled = p.journaledSequence(); // first, so that the difference is never negative
            return p.durableSequence() - journaled;
        });
    }

    private static void stages(GatewayMetrics metrics, EngineCounters counters, EngineGauges gauges) {
        counter(metrics, "ies_engine_commands", "Frames the core took, queries included", counters.commands());
        counter(metrics, "ies_engine_records", "Records the core emitted", counters.records());
        counter(metrics, "ies_engine_batches", "Batches that became durable", counters.batches());
        counter(metrics, "ies_engine_marks", "Bare marks written while idle", counters.marks());
        counter(metrics, "ies_engine_duplicates", "Commands whose key was known", counters.duplicates());
        counter(
                metrics,
                "ies_engine_answers_unreadable",
                "Duplicates without an answer, because their record lies in a damaged file of the archive",
                counters.unreadableAnswers());
        counter(metrics, "ies_engine_replies_dropped", "Replies that found no room", counters.droppedReplies());
        counter(
                metrics,
                "ies_clock_alarms",
                "Times the clock was behind the last stamp or stepped forward implausibly",
                counters.clockAlarms());
        metrics.histogram("ies_engine_batch_records", "Records in a batch", counters.batchRecords(), 1);
        metrics.histogram("ies_commit_log_sync_seconds", "One fdatasync of the commit log", counters.logSyncNs(), NANO);
        metrics.histogram("ies_journal_force_seconds", "One force of the journal", counters.journalForceNs(), NANO);
        for (EngineGauges.Ring ring : gauges.rings()) {
            metrics.gauge(
                    "ies_engine_ring_used_bytes",
                    "Bytes that wait in a ring between two stages",
                    ring,
                    r -> r.usedBytes().getAsInt(),
                    "ring",
                    ring.name());
            metrics.gauge(
                    "ies_engine_ring_capacity_bytes",
                    "Size of a ring between two stages",
                    ring,
                    EngineGauges.Ring::capacityBytes,
                    "ring",
                    ring.name());
        }
        metrics.gauge(
                "ies_engine_held_bytes", "Replies that wait for the sync under way", gauges, EngineGauges::heldBytes);
        metrics.gauge(
                "ies_commit_log_capacity_bytes", "Size of the commit log", gauges, EngineGauges::logCapacityBytes);
        metrics.gauge(
                "ies_commit_log_free_bytes",
                "What the commit log can take before the journal must be forced",
                gauges,
                EngineGauges::logFreeBytes);
        metrics.gauge(
                "ies_commit_log_claimed_bytes",
                "What the core has claimed in the commit log and is not written yet",
                gauges,
                EngineGauges::logClaimedBytes);
    }

    private static void clients(GatewayMetrics metrics, ClientCounters counters, EngineClient client) {
        metrics.gauge("ies_engine_in_flight", "Commands sent and not answered", client, EngineClient::inFlight);
        metrics.gauge(
                "ies_engine_in_flight_limit", "Commands that may be in flight", client, EngineClient::maxInFlight);
        String refused = "ies_engine_refused";
        String description = "Commands that never entered the engine";
        metrics.counter(refused, description, counters.busy(), LongAdder::sum, "reason", "busy");
        metrics.counter(refused, description, counters.storageLow(), LongAdder::sum, "reason", "storage_low");
        counter(metrics, "ies_engine_timeouts", "Commands whose outcome stayed unknown", counters.timeouts());
        counter(metrics, "ies_engine_replies_late", "Replies nobody waited for any more", counters.lateReplies());
        counter(metrics, "ies_engine_reply_errors", "Replies that could not be handled", counters.handlerErrors());
    }

    private static void storage(GatewayMetrics metrics, EngineParts parts) {
        EngineGauges gauges = parts.engine().gauges();
        metrics.gauge(
                "ies_storage_free_bytes",
                "Free space of the disk under the data folder",
                gauges,
                EngineGauges::storageFreeBytes);
        metrics.gauge(
                "ies_storage_reserve_bytes",
                "Free space below which commands are refused",
                gauges,
                EngineGauges::storageReserveBytes);
        metrics.gauge(
                "ies_storage_low",
                "1 while commands are refused for want of disk",
                parts,
                p -> p.engine().isStorageLow() ? 1 : 0);
    }

    private static void snapshots(GatewayMetrics metrics, EngineParts parts) {
        metrics.gauge(
                "ies_snapshot_sequence",
                "Last record of the newest snapshot, 0 when there is none",
                parts,
                EngineParts::snapshotSequence);
        metrics.counter(
                "ies_snapshot_failures",
                "Attempts that gave no snapshot although one was due",
                parts,
                EngineParts::snapshotFailures);
        metrics.counter(
                "ies_archive_failures", "Runs of the archiver that failed", parts, EngineParts::archiveFailures);
    }

    private static void checkpoints(GatewayMetrics metrics, CheckpointParts checkpoints) {
        metrics.gauge(
                "ies_checkpoint_sequence",
                "Last record of the newest signed checkpoint, 0 when there is none",
                checkpoints,
                CheckpointParts::sequence);
        metrics.counter(
                "ies_checkpoint_failures",
                "Attempts to sign a checkpoint that gave none",
                checkpoints,
                CheckpointParts::failures);
    }

    private static void projection(GatewayMetrics metrics, EngineParts parts, ProjectionLag lag) {
        metrics.gauge("ies_projected_sequence", "Last record in Postgres", parts, EngineParts::projectedSequence);
        metrics.gauge("ies_projection_lag_records", "Durable records that Postgres does not show yet", parts, p -> {
            long projected = p.projectedSequence();
            return Math.max(0, p.durableSequence() - projected);
        });
        metrics.gauge("ies_projection_lag_seconds", "How old the state is that Postgres shows", parts, p -> {
            long projected = p.projectedSequence();
            return lag.lagNs(System.nanoTime(), p.durableSequence(), projected) * NANO;
        });
        for (ProjectionState state : ProjectionState.values()) {
            metrics.gauge(
                    "ies_projection_state",
                    "1 for the state that the projection is in",
                    parts,
                    p -> p.projection().state() == state ? 1 : 0,
                    "state",
                    Json.word(state));
        }
        ProjectionCounters counters = parts.projectionCounters();
        counter(metrics, "ies_projection_commits", "Transactions of the projection", counters.commits());
        counter(metrics, "ies_projection_records", "Records projected", counters.records());
        counter(metrics, "ies_projection_rows", "Rows inserted and changed", counters.rows());
        counter(metrics, "ies_projection_failures", "Connections given up, and refusals", counters.failures());
        metrics.histogram(
                "ies_projection_commit_seconds", "One transaction of the projection", counters.commitNs(), NANO);
    }

    private static void guesses(GatewayMetrics metrics, GuessCounts counts) {
        String wrong = "ies_pins_wrong";
        String wrongHelp = "PINs that were wrong, by where they came from";
        metrics.counter(wrong, wrongHelp, counts.wrongAtTills(), LongAdder::sum, "by", "till");
        metrics.counter(wrong, wrongHelp, counts.wrongLogins(), LongAdder::sum, "by", "login");
        String heldBack = "ies_pins_held_back";
        String heldBackHelp = "PINs that were not looked at after too many wrong ones, by what they had in common";
        metrics.counter(heldBack, heldBackHelp, counts.heldBackTills(), LongAdder::sum, "by", "till");
        metrics.counter(heldBack, heldBackHelp, counts.heldBackAddresses(), LongAdder::sum, "by", "address");
        metrics.counter(heldBack, heldBackHelp, counts.heldBackCards(), LongAdder::sum, "by", "card");
        counter(metrics, "ies_block_codes_wrong", "Block-only codes that were wrong", counts.wrongCodes());
        counter(
                metrics,
                "ies_block_codes_held_back",
                "Block-only codes that were not looked at after too many wrong ones",
                counts.heldBackCodes());
    }

    private static void counter(GatewayMetrics metrics, String name, String description, LongAdder adder) {
        metrics.counter(name, description, adder, LongAdder::sum);
    }
}
