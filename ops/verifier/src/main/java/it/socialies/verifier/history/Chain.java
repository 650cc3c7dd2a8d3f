// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.history;

import it.socialies.verifier.bytes.Sha256;
import java.util.Arrays;
import java.util.HexFormat;

/** The chain hash of a sequence: it stands for every record up to there. Immutable. */
public final class Chain {
    /** Before the first record. */
    public static final Chain START = new Chain(0, new byte[Sha256.LENGTH]);

    private final long sequence;
    private final byte[] hash;

    public Chain(long sequence, byte[] hash) {
        this.sequence = sequence;
        this.hash = hash.clone();
    }

    /** Of the last record it stands for; 0 at the start. */
    public long sequence() {
        return sequence;
    }

    /** The chain behind the next batch. */
    public Chain next(Sha256 sha, byte[] merkleRoot, int count) {
        return new Chain(sequence + count, sha.chain(hash, merkleRoot, sequence + 1, count));
    }

    public boolean hashEquals(byte[] bytes, int offset) {
        return Arrays.equals(hash, 0, Sha256.LENGTH, bytes, offset, offset + Sha256.LENGTH);
    }

    /** 64 hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(hash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Chain chain && sequence == chain.sequence && Arrays.equals(hash, chain.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }
}
