// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.history;

import static it.socialies.verifier.bytes.LittleEndian.i32;
import static it.socialies.verifier.bytes.LittleEndian.i64;
import static it.socialies.verifier.bytes.LittleEndian.u16;

import it.socialies.verifier.bytes.Crc;
import it.socialies.verifier.bytes.Sha256;

/** The bytes of a batch as a reader found them, and where. The array is not to be changed while this is in use. */
public final class Batch {
    /** Bytes of the header. */
    public static final int HEADER_LENGTH = 128;
    /** The first eight bytes: {@code IESBATCH}. */
    public static final long MAGIC = 0x4843_5441_4253_4549L;
    /** No batch is longer, header included. */
    public static final int LENGTH_MAX = 1024 * 1024;
    /** Places in the commit log are multiples of it. */
    public static final int BLOCK = 4096;

    private static final int FORMAT_VERSION = 1;

    private final byte[] bytes;
    private final Place place;

    /** @param bytes the header, or all of the batch */
    public Batch(byte[] bytes, Place place) {
        this.bytes = bytes;
        this.place = place;
    }

    public byte[] bytes() {
        return bytes;
    }

    public Place place() {
        return place;
    }

    /** Magic, checksum, version and lengths are those of a batch. */
    public boolean hasIntactHeader() {
        return bytes.length >= HEADER_LENGTH
                && i64(bytes, 0) == MAGIC
                && i32(bytes, 8) == Crc.of(bytes, 12, HEADER_LENGTH)
                && u16(bytes, 12) == FORMAT_VERSION
                && count() >= 0
                && i32(bytes, 36) >= 0
                && i32(bytes, 36) <= LENGTH_MAX - HEADER_LENGTH;
    }

    /** All of it is there and fits its checksums. */
    public boolean isIntact() {
        return hasIntactHeader() && bytes.length >= length() && bodyCrc() == Crc.of(bytes, HEADER_LENGTH, length());
    }

    public boolean isCleanStop() {
        return (u16(bytes, 14) & 1) != 0;
    }

    public long logPosition() {
        return i64(bytes, 16);
    }

    public long firstSequence() {
        return i64(bytes, 24);
    }

    public int count() {
        return i32(bytes, 32);
    }

    public long lastSequence() {
        return firstSequence() + count() - 1;
    }

    /** Header and body, in bytes. */
    public int length() {
        return HEADER_LENGTH + i32(bytes, 36);
    }

    public long mark() {
        return i64(bytes, 40);
    }

    int bodyCrc() {
        return i32(bytes, 48);
    }

    /** Behind the blocks it takes in the commit log. */
    public long endPosition() {
        return logPosition() + (length() + BLOCK - 1L) / BLOCK * BLOCK;
    }

    /** The chain that its header says it continues. */
    public Chain claimedBefore() {
        return new Chain(firstSequence() - 1, hashAt(64));
    }

    /** The chain behind it, if its header is right. */
    public Chain claimedAfter(Sha256 sha) {
        return count() == 0 ? claimedBefore() : claimedBefore().next(sha, claimedRoot(), count());
    }

    byte[] claimedRoot() {
        return hashAt(96);
    }

    private byte[] hashAt(int offset) {
        byte[] hash = new byte[Sha256.LENGTH];
        System.arraycopy(bytes, offset, hash, 0, hash.length);
        return hash;
    }
}
