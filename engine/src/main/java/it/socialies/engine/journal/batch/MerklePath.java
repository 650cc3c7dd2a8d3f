// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.batch;

import it.socialies.engine.protocol.BatchDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** The hashes beside the way from a record up to the Merkle root of its batch (RFC 9162, 2.1.3); an odd node is carried up and has none beside it. One thread. */
public final class MerklePath {
    private static final int HASH_LENGTH = BatchDescriptor.HASH_LENGTH;

    private final Hasher hasher = new Hasher();
    private final List<byte[]> leaves = new ArrayList<>();

    /** Adds the next record, without padding. */
    public void add(DirectBuffer buffer, int offset, int length) {
        byte[] record = new byte[length];
        buffer.getBytes(offset, record);
        byte[] leaf = new byte[HASH_LENGTH];
        hasher.leaf(record, length, leaf, 0);
        leaves.add(leaf);
    }

    /** The path of a record, from 0; lowest hash first. */
    public List<byte[]> of(int index) {
        List<byte[]> path = new ArrayList<>();
        List<byte[]> level = leaves;
        int at = index;
        while (level.size() > 1) {
            int beside = at ^ 1;
            if (beside < level.size()) {
                path.add(level.get(beside));
            }
            level = above(level);
            at /= 2;
        }
        return path;
    }

    private List<byte[]> above(List<byte[]> level) {
        List<byte[]> above = new ArrayList<>((level.size() + 1) / 2);
        byte[] pair = new byte[2 * HASH_LENGTH];
        for (int i = 0; i + 1 < level.size(); i += 2) {
            System.arraycopy(level.get(i), 0, pair, 0, HASH_LENGTH);
            System.arraycopy(level.get(i + 1), 0, pair, HASH_LENGTH, HASH_LENGTH);
            byte[] node = new byte[HASH_LENGTH];
            hasher.node(pair, 0, node, 0);
            above.add(node);
        }
        if (level.size() % 2 == 1) {
            above.add(level.getLast());
        }
        return above;
    }
}
