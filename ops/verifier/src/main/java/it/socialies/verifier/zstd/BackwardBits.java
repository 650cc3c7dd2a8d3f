// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.zstd;

/** Bits that are read from the end of a stream to its beginning; the highest bit set in the last byte only marks the end. One thread. */
final class BackwardBits {
    private final byte[] bytes;
    private final int from;
    /** Bits not read yet; below 0 when more were read than there are. */
    private int left;

    BackwardBits(byte[] bytes, int from, int to) throws ZstdMalformed {
        this.bytes = bytes;
        this.from = from;
        if (to <= from || to > bytes.length || bytes[to - 1] == 0) {
            throw new ZstdMalformed("a bit stream without an end");
        }
        int last = bytes[to - 1] & 0xFF;
        left = (to - from - 1) * 8 + 31 - Integer.numberOfLeadingZeros(last);
    }

    int left() {
        return left;
    }

    int read(int count) {
        int value = peek(count);
        left -= count;
        return value;
    }

    void skip(int count) {
        left -= count;
    }

    /** The next bits, zeros where there are none left. At most 32. */
    int peek(int count) {
        long value = 0;
        int low = left - count;
        int taken = 0;
        for (int at = low; taken < count; ) {
            if (at < 0) {
                int zeros = Math.min(-at, count);
                taken += zeros;
                at += zeros;
                continue;
            }
            int inByte = at & 7;
            int bits = Math.min(8 - inByte, count - taken);
            long part = (bytes[from + (at >>> 3)] & 0xFFL) >>> inByte & ((1L << bits) - 1);
            value |= part << taken;
            taken += bits;
            at += bits;
        }
        return (int) value;
    }
}
