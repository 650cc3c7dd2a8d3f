// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.zstd;

import java.util.stream.IntStream;

/** A Huffman code of literals (RFC 8878, 4.2), as a table over the next bits. Immutable. */
final class HuffmanTable {
    private static final int BITS_MAX = 11;
    private static final int WEIGHT_ACCURACY_MAX = 6;
    private static final int SYMBOLS = 256;

    /** The table, and where the bytes that described it end. */
    record Read(HuffmanTable table, int end) {}

    private final int width;
    private final byte[] symbols;
    private final byte[] bits;

    private HuffmanTable(int width, byte[] symbols, byte[] bits) {
        this.width = width;
        this.symbols = symbols;
        this.bits = bits;
    }

    static Read read(byte[] in, int from, int limit) throws ZstdMalformed {
        int head = in[from] & 0xFF;
        int[] weights = new int[SYMBOLS];
        if (head >= 128) {
            int count = head - 127;
            int end = from + 1 + (count + 1) / 2;
            if (end > limit) {
                throw new ZstdMalformed("a Huffman table that ends too early");
            }
            for (int i = 0; i < count; i++) {
                int pair = in[from + 1 + i / 2] & 0xFF;
                weights[i] = i % 2 == 0 ? pair >>> 4 : pair & 15;
            }
            return new Read(of(weights, count), end);
        }
        int end = from + 1 + head;
        if (end > limit) {
            throw new ZstdMalformed("a Huffman table that ends too early");
        }
        return new Read(of(weights, compressedWeights(in, from + 1, end, weights)), end);
    }

    /** Two states take turns until the bits are used up. */
    private static int compressedWeights(byte[] in, int from, int end, int[] weights) throws ZstdMalformed {
        FseTable.Read read = FseTable.read(in, from, end, WEIGHT_ACCURACY_MAX, SYMBOLS - 1);
        FseTable table = read.table();
        BackwardBits stream = new BackwardBits(in, read.end(), end);
        int one = stream.read(table.accuracyLog());
        int other = stream.read(table.accuracyLog());
        int count = 0;
        while (true) {
            if (count + 2 > SYMBOLS - 1) {
                throw new ZstdMalformed("too many Huffman weights");
            }
            weights[count++] = table.symbol(one);
            one = table.next(one, stream);
            if (stream.left() < 0) {
                weights[count++] = table.symbol(other);
                return count;
            }
            weights[count++] = table.symbol(other);
            other = table.next(other, stream);
            if (stream.left() < 0) {
                weights[count++] = table.symbol(one);
                return count;
            }
        }
    }

    /** The weight of the last symbol is what is missing to a power of two. */
    private static HuffmanTable of(int[] weights, int count) throws ZstdMalformed {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weights[i] > 0 ? 1 << (weights[i] - 1) : 0;
        }
        if (sum == 0) {
            throw new ZstdMalformed("a Huffman table without symbols");
        }
        int width = 32 - Integer.numberOfLeadingZeros(sum);
        int rest = (1 << width) - sum;
        if (width > BITS_MAX || Integer.bitCount(rest) != 1) {
            throw new ZstdMalformed("a Huffman table whose weights do not add up");
        }
        weights[count] = Integer.numberOfTrailingZeros(rest) + 1;
        if (IntStream.of(weights).noneMatch(weight -> weight == 1)) {
            throw new ZstdMalformed("a Huffman table whose codes are longer than they need");
        }
        byte[] symbols = new byte[1 << width];
        byte[] bits = new byte[1 << width];
        int at = 0;
        for (int weight = 1; weight <= width; weight++) {
            for (int symbol = 0; symbol <= count; symbol++) {
                if (weights[symbol] == weight) {
                    int end = at + (1 << (weight - 1));
                    for (; at < end; at++) {
                        symbols[at] = (byte) symbol;
                        bits[at] = (byte) (width + 1 - weight);
                    }
                }
            }
        }
        return new HuffmanTable(width, symbols, bits);
    }

    /** Decodes one stream, which must give exactly so many literals. */
    void decode(byte[] in, int from, int end, byte[] out, int outFrom, int outEnd) throws ZstdMalformed {
        BackwardBits stream = new BackwardBits(in, from, end);
        for (int i = outFrom; i < outEnd; i++) {
            int next = stream.peek(width);
            out[i] = symbols[next];
            stream.skip(bits[next]);
        }
        if (stream.left() != 0) {
            throw new ZstdMalformed("a stream of literals of another length");
        }
    }
}
