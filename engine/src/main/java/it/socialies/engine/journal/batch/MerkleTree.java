// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.batch;

import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * The Merkle root of a stream of records (RFC 9162, section 2.1: leaf and node prefixes, an odd node carried up), with one pending hash
 * per level and no allocation. One thread at a time.
 */
public final class MerkleTree {
    private static final int HASH_LENGTH = BatchDescriptor.HASH_LENGTH;
    private static final int LEVELS_MAX = 33;

    private final Hasher hasher = new Hasher();
    private final byte[] record = new byte[RecordDescriptor.MAX_RECORD_LENGTH];
    // The pending subtrees, largest first, as a stack: their sizes are the set bits of count.
    private final byte[] stack = new byte[LEVELS_MAX * HASH_LENGTH];
    private int depth;
    private int count;

    public void reset() {
        depth = 0;
        count = 0;
    }

    /** Adds a leaf: the record without padding. */
    public void add(DirectBuffer buffer, int offset, int length) {
        buffer.getBytes(offset, record, 0, length);
        hasher.leaf(record, length, stack, depth * HASH_LENGTH);
        depth++;
        count++;
        for (int merges = Integer.numberOfTrailingZeros(count); merges > 0; merges--) {
            mergeTop();
        }
    }

    /** Writes the 32 bytes of the root: zeros when there is no leaf. The tree must then be reset. */
    public void root(byte[] to) {
        if (count == 0) {
            Arrays.fill(to, 0, HASH_LENGTH, (byte) 0);
            return;
        }
        while (depth > 1) {
            mergeTop();
        }
        System.arraycopy(stack, 0, to, 0, HASH_LENGTH);
    }

    private void mergeTop() {
        int left = (depth - 2) * HASH_LENGTH;
        hasher.node(stack, left, stack, left);
        depth--;
    }
}
