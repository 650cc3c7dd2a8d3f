// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.reader;

import it.socialies.engine.journal.batch.Chain;
import java.util.List;

/**
 * What shows that a record is in the history up to a later place: up the Merkle tree of its batch, then along the chain. {@code ops/docs/format.md} says how it is checked.
 *
 * @param record its bytes, without padding
 * @param before the chain before its batch
 * @param count records of its batch
 * @param path the hashes beside its way up the tree, lowest first
 * @param batchesBehind Merkle root (32 bytes) and count (4, highest first) of each later batch
 * @param end the chain behind the last of them
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record RecordProof(byte[] record, Chain before, int count, List<byte[]> path, byte[] batchesBehind, Chain end) {
    public RecordProof {
        path = List.copyOf(path);
    }
}
