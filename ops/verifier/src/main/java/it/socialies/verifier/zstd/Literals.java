// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.zstd;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The literals section of a compressed block (RFC 8878, 3.1.1.3.1). Keeps the last Huffman table for blocks that use it again. One thread. */
final class Literals {
    private static final int RAW = 0;
    private static final int RLE = 1;
    private static final int COMPRESSED = 2;

    private byte[] bytes = new byte[0];
    private @Nullable HuffmanTable table;

    /** Reads the section; returns where it ends. */
    int read(byte[] in, int from, int limit) throws ZstdMalformed {
        int type = in[from] & 3;
        int format = in[from] >>> 2 & 3;
        return type == RAW || type == RLE ? plain(in, from, limit, type, format) : coded(in, from, limit, type, format);
    }

    byte[] bytes() {
        return bytes;
    }

    private int plain(byte[] in, int from, int limit, int type, int format) throws ZstdMalformed {
        int headerLength = format == 1 ? 2 : format == 3 ? 3 : 1;
        int size = (int) (word(in, from, headerLength) >>> (headerLength == 1 ? 3 : 4));
        int begin = from + headerLength;
        int end = begin + (type == RAW ? size : 1);
        require(end <= limit);
        bytes = new byte[size];
        if (type == RAW) {
            System.arraycopy(in, begin, bytes, 0, size);
        } else {
            Arrays.fill(bytes, in[begin]);
        }
        return end;
    }

    private int coded(byte[] in, int from, int limit, int type, int format) throws ZstdMalformed {
        int headerLength = format < 2 ? 3 : format + 2;
        int width = format < 2 ? 10 : format == 2 ? 14 : 18;
        long word = word(in, from, headerLength) >>> 4;
        int size = (int) (word & ((1 << width) - 1));
        int compressed = (int) (word >>> width);
        int at = from + headerLength;
        int end = at + compressed;
        require(end <= limit);
        if (type == COMPRESSED) {
            HuffmanTable.Read read = HuffmanTable.read(in, at, end);
            table = read.table();
            at = read.end();
        }
        HuffmanTable current = table;
        if (current == null) {
            throw new ZstdMalformed("literals without a Huffman table");
        }
        bytes = new byte[size];
        if (format == 0) {
            current.decode(in, at, end, bytes, 0, size);
        } else {
            four(current, in, at, end, size);
        }
        return end;
    }

    private void four(HuffmanTable current, byte[] in, int at, int end, int size) throws ZstdMalformed {
        require(at + 6 <= end);
        int part = (size + 3) / 4;
        require(3 * part <= size);
        int from = at + 6;
        for (int i = 0; i < 4; i++) {
            int to = i == 3 ? end : from + (int) word(in, at + 2 * i, 2);
            require(to <= end);
            current.decode(in, from, to, bytes, i * part, i == 3 ? size : (i + 1) * part);
            from = to;
        }
    }

    private static long word(byte[] in, int from, int length) {
        long word = 0;
        for (int i = 0; i < length; i++) {
            word |= (in[from + i] & 0xFFL) << (8 * i);
        }
        return word;
    }

    private static void require(boolean fits) throws ZstdMalformed {
        if (!fits) {
            throw new ZstdMalformed("a section that is longer than its block");
        }
    }
}
