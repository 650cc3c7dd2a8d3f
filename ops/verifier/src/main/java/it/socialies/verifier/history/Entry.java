// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.history;

import static it.socialies.verifier.bytes.LittleEndian.i32;
import static it.socialies.verifier.bytes.LittleEndian.i64;
import static it.socialies.verifier.bytes.LittleEndian.u16;
import static it.socialies.verifier.bytes.LittleEndian.u8;

import it.socialies.verifier.bytes.Crc;
import org.jspecify.annotations.Nullable;

/** One record in the bytes of a batch, or alone. Immutable, as long as nobody changes the array. */
public final class Entry {
    /** Bytes of the header. */
    public static final int HEADER_LENGTH = 80;
    /** No record is longer. */
    public static final int LENGTH_MAX = 32 * 1024;

    private final byte[] bytes;
    private final int offset;
    private final int length;

    private Entry(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    /** The record at an offset; null when what lies there has not the length of one. */
    public static @Nullable Entry at(byte[] bytes, int offset, int limit) {
        if (limit - offset < HEADER_LENGTH) {
            return null;
        }
        int length = i32(bytes, offset);
        return length >= HEADER_LENGTH && length <= LENGTH_MAX && length <= limit - offset
                ? new Entry(bytes, offset, length)
                : null;
    }

    public boolean hasGoodCrc() {
        return i32(bytes, offset + 4) == Crc.of(bytes, offset + 8, offset + length);
    }

    public byte[] bytes() {
        return bytes;
    }

    public int offset() {
        return offset;
    }

    /** Without padding, in bytes. */
    public int length() {
        return length;
    }

    public long sequence() {
        return i64(bytes, offset + 8);
    }

    /** Milliseconds since the epoch. */
    public long timestampMs() {
        return i64(bytes, offset + 16);
    }

    /** Europe/Rome date of the stamp, in days since the epoch. */
    public int epochDay() {
        return i32(bytes, offset + 24);
    }

    /** A result code; 0 is yes. */
    public int outcome() {
        return u16(bytes, offset + 28);
    }

    public int circuitId() {
        return i32(bytes, offset + 72);
    }

    /** Template of the command; 0 for a tick. */
    public int command() {
        return u16(bytes, offset + 76);
    }

    public int principalKind() {
        return u8(bytes, offset + 78);
    }
}
