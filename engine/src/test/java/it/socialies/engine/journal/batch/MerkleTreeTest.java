// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.journal.fixture.Records;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    @Test
    void shouldHaveTheRootOfTheRfcForEveryCount() throws Exception {
        MerkleTree tree = new MerkleTree();
        List<byte[]> leaves = new ArrayList<>();
        for (int count = 1; count <= 70; count++) {
            MutableDirectBuffer added = Records.record(count);
            leaves.add(hash(0, added.byteArray()));
            tree.reset();
            for (int i = 1; i <= count; i++) {
                MutableDirectBuffer record = Records.record(i);
                tree.add(record, 0, record.capacity());
            }
            byte[] root = new byte[32];
            tree.root(root);
            assertThat(root).as("%s leaves", count).isEqualTo(naiveRoot(leaves));
        }
    }

    @Test
    void shouldHaveZerosWithoutLeaves() {
        byte[] root = {
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
        };
        new MerkleTree().root(root);
        assertThat(root).containsOnly(0);
    }

    /** RFC 9162, section 2.1.1: split at the largest power of two below the count. */
    private static byte[] naiveRoot(List<byte[]> leaves) throws Exception {
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return hash(1, naiveRoot(leaves.subList(0, split)), naiveRoot(leaves.subList(split, leaves.size())));
    }

    private static byte[] hash(int prefix, byte[]... parts) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update((byte) prefix);
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }
}
