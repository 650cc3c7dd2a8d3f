// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The journal as evidence: records as they were written, and the way from them to a later place of the history. Any thread, one call at a time each; blocks. */
public interface Evidence {
    /** More batches lie between a record and the checkpoint than a proof may have. */
    final class TooLong extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * A record and its way; {@code ops/docs/format.md} says how they fit together.
     *
     * @param record its bytes, without padding
     * @param firstSequence of its batch
     * @param count of the records of its batch
     * @param previousChain before its batch
     * @param path hashes beside its way up the Merkle tree
     * @param batchesBehind root and count of each later batch
     * @param endChain behind the last of them, 64 hexadecimal digits
     * @param endSequence of that chain
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Way(
            byte[] record,
            long firstSequence,
            int count,
            byte[] previousChain,
            List<byte[]> path,
            byte[] batchesBehind,
            String endChain,
            long endSequence) {
        public Way {
            path = List.copyOf(path);
        }
    }

    /**
     * The way from a record to the end of a batch.
     *
     * @param upTo last record of a batch; 0 for the end of the record's own
     * @return null when the journal does not hold the record, or does not go so far
     */
    @Nullable
    Way way(long sequence, long upTo) throws TooLong;
}
