// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.batch;

import it.socialies.engine.protocol.BatchDescriptor;
import java.util.Arrays;
import java.util.HexFormat;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The last sequence of a batch and the chain hash that ends with it. Mutable, so that the hot path allocates nothing; owned by one thread.
 * A new chain stands before the first record: sequence 0, hash of zeros.
 */
public final class Chain {
    private final byte[] hash = new byte[BatchDescriptor.HASH_LENGTH];
    private long sequence;

    public Chain() {}

    public Chain(long sequence, byte[] hash) {
        set(sequence, hash);
    }

    public long sequence() {
        return sequence;
    }

    /** A copy of the hash: 32 bytes. */
    public byte[] hash() {
        return hash.clone();
    }

    public Chain copy() {
        return new Chain(sequence, hash);
    }

    public void copyFrom(Chain other) {
        set(other.sequence, other.hash);
    }

    public void set(long newSequence, byte[] newHash) {
        if (newHash.length != hash.length) {
            throw new IllegalArgumentException("a chain hash has 32 bytes, not " + newHash.length);
        }
        sequence = newSequence;
        System.arraycopy(newHash, 0, hash, 0, hash.length);
    }

    void putHash(MutableDirectBuffer buffer, int offset) {
        buffer.putBytes(offset, hash);
    }

    byte[] rawHash() {
        return hash;
    }

    /** True when the 32 bytes at {@code offset} are this hash. */
    public boolean hashEquals(DirectBuffer buffer, int offset) {
        for (int i = 0; i < hash.length; i++) {
            if (buffer.getByte(offset + i) != hash[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Chain chain && chain.sequence == sequence && Arrays.equals(chain.hash, hash);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(sequence) * 31 + Arrays.hashCode(hash);
    }

    @Override
    public String toString() {
        return sequence + ":" + HexFormat.of().formatHex(hash);
    }
}
