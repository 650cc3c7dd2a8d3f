// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.zstd;

/** A decoding table of finite state entropy (RFC 8878, 4.1): for each state a symbol, and how to get to the next state. Immutable. */
final class FseTable {
    /** The table, and where the bytes that described it end. */
    record Read(FseTable table, int end) {}

    private final int accuracyLog;
    private final byte[] symbols;
    private final byte[] bits;
    private final short[] bases;

    private FseTable(int accuracyLog, byte[] symbols, byte[] bits, short[] bases) {
        this.accuracyLog = accuracyLog;
        this.symbols = symbols;
        this.bits = bits;
        this.bases = bases;
    }

    int accuracyLog() {
        return accuracyLog;
    }

    int symbol(int state) {
        return symbols[state] & 0xFF;
    }

    int next(int state, BackwardBits stream) {
        return bases[state] + stream.read(bits[state]);
    }

    /** One symbol, always. */
    static FseTable always(int symbol) {
        return new FseTable(0, new byte[] {(byte) symbol}, new byte[1], new short[1]);
    }

    /** Reads a description (RFC 8878, 4.1.1). */
    static Read read(byte[] in, int from, int limit, int accuracyMax, int symbolMax) throws ZstdMalformed {
        int bit = 0;
        int accuracyLog = forward(in, from, limit, bit, 4) + 5;
        bit += 4;
        if (accuracyLog > accuracyMax) {
            throw new ZstdMalformed("an entropy table of accuracy " + accuracyLog);
        }
        int[] counts = new int[symbolMax + 1];
        int remaining = 1 << accuracyLog;
        int symbol = 0;
        while (remaining > 0) {
            if (symbol > symbolMax) {
                throw new ZstdMalformed("an entropy table of too many symbols");
            }
            int width = 32 - Integer.numberOfLeadingZeros(remaining + 1);
            int value = forward(in, from, limit, bit, width);
            int lowMask = (1 << (width - 1)) - 1;
            int threshold = (1 << width) - 1 - (remaining + 1);
            if ((value & lowMask) < threshold) {
                bit += width - 1;
                value &= lowMask;
            } else {
                bit += width;
                value -= value > lowMask ? threshold : 0;
            }
            int count = value - 1;
            remaining -= Math.abs(count);
            counts[symbol++] = count;
            if (count == 0) {
                int repeat;
                do {
                    repeat = forward(in, from, limit, bit, 2);
                    bit += 2;
                    symbol += repeat;
                } while (repeat == 3);
            }
        }
        if (remaining != 0) {
            throw new ZstdMalformed("an entropy table whose counts do not add up");
        }
        return new Read(of(counts, accuracyLog), from + (bit + 7) / 8);
    }

    private static int forward(byte[] in, int from, int limit, int bit, int count) throws ZstdMalformed {
        int value = 0;
        for (int i = 0; i < count; i++) {
            int at = from + (bit + i) / 8;
            if (at >= limit) {
                throw new ZstdMalformed("an entropy table that ends too early");
            }
            value |= (in[at] >>> ((bit + i) & 7) & 1) << i;
        }
        return value;
    }

    /** Spreads the symbols over the states by their counts; -1 is less than one. */
    static FseTable of(int[] counts, int accuracyLog) {
        int size = 1 << accuracyLog;
        byte[] symbols = new byte[size];
        int[] next = new int[counts.length];
        int high = size;
        for (int s = 0; s < counts.length; s++) {
            if (counts[s] == -1) {
                symbols[--high] = (byte) s;
                next[s] = 1;
            }
        }
        int step = (size >> 1) + (size >> 3) + 3;
        int at = 0;
        for (int s = 0; s < counts.length; s++) {
            if (counts[s] > 0) {
                next[s] = counts[s];
                for (int i = 0; i < counts[s]; i++) {
                    symbols[at] = (byte) s;
                    do {
                        at = (at + step) & (size - 1);
                    } while (at >= high);
                }
            }
        }
        byte[] bits = new byte[size];
        short[] bases = new short[size];
        for (int state = 0; state < size; state++) {
            int place = next[symbols[state] & 0xFF]++;
            int width = accuracyLog - (31 - Integer.numberOfLeadingZeros(place));
            bits[state] = (byte) width;
            bases[state] = (short) ((place << width) - size);
        }
        return new FseTable(accuracyLog, symbols, bits, bases);
    }
}
