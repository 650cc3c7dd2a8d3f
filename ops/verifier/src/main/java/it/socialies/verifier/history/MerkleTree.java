// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.history;

import it.socialies.verifier.bytes.Sha256;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Merkle root of the records of a batch (RFC 9162, 2.1; an odd node is carried up as it is). Stateless. */
public final class MerkleTree {
    private MerkleTree() {}

    /** @param leaves their hashes, at least one */
    public static byte[] root(Sha256 sha, List<byte[]> leaves) {
        List<byte[]> level = leaves;
        while (level.size() > 1) {
            List<byte[]> above = new ArrayList<>((level.size() + 1) / 2);
            for (int i = 0; i + 1 < level.size(); i += 2) {
                above.add(sha.node(level.get(i), level.get(i + 1)));
            }
            if (level.size() % 2 == 1) {
                above.add(level.getLast());
            }
            level = above;
        }
        return level.getFirst();
    }

    /**
     * The root that a leaf and the hashes beside its way up lead to; null when the path does not fit the tree.
     *
     * @param index of the leaf, from 0
     * @param count of the leaves
     */
    public static byte @Nullable [] rootByPath(Sha256 sha, byte[] leaf, int index, int count, List<byte[]> path) {
        byte[] hash = leaf;
        int used = 0;
        int at = index;
        for (int width = count; width > 1; width = (width + 1) / 2) {
            boolean isCarried = at == width - 1 && width % 2 == 1;
            if (!isCarried) {
                if (used == path.size()) {
                    return null;
                }
                byte[] beside = path.get(used++);
                hash = at % 2 == 0 ? sha.node(hash, beside) : sha.node(beside, hash);
            }
            at /= 2;
        }
        return used == path.size() ? hash : null;
    }
}
