// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.audit;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.core.CoreService;
import it.socialies.engine.journal.audit.HistoryAudit;
import it.socialies.engine.journal.batch.BatchRecords;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.snapshot.SnapshotSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A core of its own that the audited history is replayed into: it refuses what no core can have decided, and gives the sums and hashes at the records
 * that others make claims of. One thread.
 */
final class ReplayedHistory implements HistoryAudit.Handler {
    private static final String JOURNAL = "journal";

    private final CoreService core;
    private final Set<Long> watchedSequences;
    private final LongConsumer progress;
    private final Map<Long, SnapshotSummary> watched = new HashMap<>();
    private final List<AuditFault> faults = new ArrayList<>();
    private final byte[] merkleRoot = new byte[BatchDescriptor.HASH_LENGTH];
    private Chain end = new Chain();

    /**
     * Begins before the first record.
     *
     * @param core knows nothing yet
     * @param watchedSequences whose {@link #at} will be asked for
     * @param progress receives the last record, batch by batch
     */
    ReplayedHistory(CoreService core, Set<Long> watchedSequences, LongConsumer progress) {
        this.core = core;
        this.watchedSequences = Set.copyOf(watchedSequences);
        this.progress = progress;
    }

    @Override
    public void onBatch(DirectBuffer buffer, int offset, int length, Chain chain) {
        progress.accept(chain.sequence());
        if (!faults.isEmpty()) {
            return;
        }
        BatchRecords.forEach(buffer, offset, 0, this::apply);
        if (!faults.isEmpty()) {
            return;
        }
        buffer.getBytes(offset + BatchDescriptor.MERKLE_ROOT_OFFSET, merkleRoot);
        end = chain.copy();
        requireConserved(BatchView.firstSequence(buffer, offset));
        if (watchedSequences.contains(chain.sequence())) {
            watched.put(chain.sequence(), SnapshotSummary.of(end, core));
        }
    }

    private void apply(DirectBuffer buffer, int offset, int length) {
        if (!faults.isEmpty()) {
            return;
        }
        try {
            core.onRecord(buffer, offset, length);
        } catch (RuntimeException e) {
            // Whatever the core throws over a record means the same: no core wrote it.
            faults.add(AuditFault.damage(
                    JOURNAL,
                    buffer.getLong(offset + RecordDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN),
                    "la registrazione è integra, ma il motore non può averla decisa",
                    "the record is intact, but no core can have decided it",
                    String.valueOf(e.getMessage())));
        }
    }

    private void requireConserved(long firstSequence) {
        for (SnapshotSummary.Circuit circuit : SnapshotSummary.of(end, core).circuits()) {
            for (SnapshotSummary.Unit unit : circuit.units()) {
                if (unit.debitsPosted() != unit.creditsPosted() || unit.debitsPending() != unit.creditsPending()) {
                    notConserved(firstSequence, "circuit " + circuit.circuit() + ": " + unit);
                }
            }
            if (circuit.outstanding() > circuit.reserve()) {
                notConserved(
                        firstSequence,
                        "circuit " + circuit.circuit() + ": IES " + circuit.outstanding() + " over a reserve of "
                                + circuit.reserve());
            }
        }
    }

    private void notConserved(long firstSequence, String detail) {
        faults.add(new AuditFault(
                true,
                JOURNAL,
                firstSequence,
                end.sequence(),
                "le somme di dare e avere non tornano, o l'IES supera la riserva",
                "debits and credits do not agree, or IES exceeds its reserve",
                detail));
    }

    /** What the history gives at a watched record; null when it does not get there, or no batch ends there. */
    @Nullable
    SnapshotSummary at(long sequence) {
        return watched.get(sequence);
    }

    /** What the history gives behind its last batch; null before the first, and when the core refused a record. */
    @Nullable
    SnapshotSummary end() {
        return end.sequence() == 0 || core.lastSequence() != end.sequence() ? null : SnapshotSummary.of(end, core);
    }

    /** The last record of the last batch that was replayed whole. */
    long lastSequence() {
        return end.sequence();
    }

    /** Merkle root of the records of the last batch, as hexadecimal digits. */
    String lastMerkleRoot() {
        return HexFormat.of().formatHex(merkleRoot);
    }

    List<AuditFault> faults() {
        return faults;
    }
}
