// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.protocol.RecordDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the world outside the process knows of its history: every record that the core made, the hashes behind it, which were acknowledged. A start may
 * lose records that nobody heard of, and no other; what it recovers is what was made, byte for byte.
 */
final class RecordBook {
    /**
     * A record.
     *
     * @param bytes as the core gave it out
     * @param coreHash of the live core behind it
     * @param ledgerHash of the live core behind it
     */
    record Entry(UnsafeBuffer bytes, long coreHash, long ledgerHash) {}

    /** An idempotency key. */
    private record Key(long hi, long lo) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Map<Key, Long> sequences = new HashMap<>();
    private long acknowledged;
    private long lost;

    /** The live core made a record. */
    void made(long sequence, DirectBuffer buffer, int offset, int length, long coreHash, long ledgerHash) {
        if (sequence != entries.size() + 1) {
            throw new Violation("record " + sequence + " was made behind record " + entries.size());
        }
        UnsafeBuffer bytes = new UnsafeBuffer(new byte[length]);
        bytes.putBytes(0, buffer, offset, length);
        Key key = keyOf(bytes);
        if (key != null) {
            Long before = sequences.put(key, sequence);
            if (before != null) {
                throw new Violation("the command of record " + before + " was executed twice: again in " + sequence);
            }
        }
        entries.add(new Entry(bytes, coreHash, ledgerHash));
    }

    private static @Nullable Key keyOf(UnsafeBuffer view) {
        long hi = view.getLong(RecordDescriptor.KEY_HI_OFFSET, LITTLE_ENDIAN);
        long lo = view.getLong(RecordDescriptor.KEY_LO_OFFSET, LITTLE_ENDIAN);
        return hi == 0 && lo == 0 ? null : new Key(hi, lo);
    }

    /** Somebody outside heard that everything up to this sequence is durable. */
    void acknowledge(long sequence) {
        if (sequence > entries.size()) {
            throw new Violation("somebody heard of record " + sequence + ", the core made " + entries.size());
        }
        acknowledged = Math.max(acknowledged, sequence);
    }

    /** A core applies a record again. */
    void replayed(long sequence, DirectBuffer buffer, int offset, int length) {
        if (sequence > entries.size()) {
            throw new Violation("a start finds record " + sequence + ", the core made " + entries.size());
        }
        if (!new UnsafeBuffer(buffer, offset, length).equals(entry(sequence).bytes)) {
            throw new Violation("a start finds another record " + sequence + " than was made");
        }
    }

    /** A core that was restored, or replayed up to here, must have the hashes of the live one. */
    void requireHashes(String what, long sequence, long coreHash, long ledgerHash) {
        if (sequence == 0) {
            return;
        }
        if (sequence > entries.size()) {
            throw new Violation(what + " is at record " + sequence + ", the core made " + entries.size());
        }
        Entry entry = entry(sequence);
        if (coreHash != entry.coreHash || ledgerHash != entry.ledgerHash) {
            throw new Violation(what + " has other hashes at record " + sequence + " than the live core had");
        }
    }

    void requireLedgerHash(String what, long sequence, long ledgerHash) {
        if (sequence > 0 && (sequence > entries.size() || ledgerHash != entry(sequence).ledgerHash)) {
            throw new Violation(what + " has another ledger hash at record " + sequence + " than the live core had");
        }
    }

    /** A start ended at this sequence: what was made behind it is gone. */
    void recovered(long sequence) {
        if (sequence < acknowledged) {
            throw new Violation(
                    "a start ends at record " + sequence + ", but record " + acknowledged + " was acknowledged");
        }
        lost += entries.size() - sequence;
        while (entries.size() > sequence) {
            Key key = keyOf(entries.removeLast().bytes);
            if (key != null) {
                sequences.remove(key);
            }
        }
    }

    Entry entry(long sequence) {
        return entries.get((int) sequence - 1);
    }

    long lastSequence() {
        return entries.size();
    }

    long acknowledged() {
        return acknowledged;
    }

    /** Records made that no start found again; nobody had heard of them. */
    long lost() {
        return lost;
    }
}
