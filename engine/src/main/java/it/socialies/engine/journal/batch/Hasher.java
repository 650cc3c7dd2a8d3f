// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.batch;

import it.socialies.engine.protocol.BatchDescriptor;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 with a reused digest: leaves, nodes and links of the chain, without allocation. One thread at a time. */
public final class Hasher {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest digest;
    private final byte[] number = new byte[12];

    public Hasher() {
        digest = sha256();
    }

    /** A digest for one use after another. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    void leaf(byte[] record, int length, byte[] to, int toOffset) {
        digest.update(LEAF);
        digest.update(record, 0, length);
        finish(to, toOffset);
    }

    /** Node over two hashes that lie behind each other; the result may replace the left one. */
    void node(byte[] hashes, int leftOffset, byte[] to, int toOffset) {
        digest.update(NODE);
        digest.update(hashes, leftOffset, 2 * BatchDescriptor.HASH_LENGTH);
        finish(to, toOffset);
    }

    /** Advances a chain over one batch with records. */
    public void link(Chain chain, byte[] merkleRoot, long firstSequence, int count) {
        for (int i = 0; i < 8; i++) {
            number[i] = (byte) (firstSequence >>> (56 - 8 * i));
        }
        for (int i = 0; i < 4; i++) {
            number[8 + i] = (byte) (count >>> (24 - 8 * i));
        }
        byte[] hash = chain.rawHash();
        digest.update(hash);
        digest.update(merkleRoot, 0, BatchDescriptor.HASH_LENGTH);
        digest.update(number);
        finish(hash, 0);
        chain.set(firstSequence + count - 1, hash);
    }

    private void finish(byte[] to, int offset) {
        try {
            digest.digest(to, offset, BatchDescriptor.HASH_LENGTH);
        } catch (DigestException e) {
            throw new IllegalStateException("no room for a hash of 32 bytes", e);
        }
    }
}
