// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.zstd;

import org.jspecify.annotations.Nullable;

/** The sequences section of a compressed block (RFC 8878, 3.1.1.3.2): what to copy from where. Keeps tables and offsets from block to block. */
final class Sequences {
    private static final int PREDEFINED = 0;
    private static final int RLE = 1;
    private static final int DESCRIBED = 2;

    private static final int LITERAL_SYMBOL_MAX = 35;
    private static final int OFFSET_SYMBOL_MAX = 30;
    private static final int MATCH_SYMBOL_MAX = 52;
    private static final FseTable LITERAL_TABLE = FseTable.of(
            new int[] {
                4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1,
                -1, -1
            },
            6);
    private static final FseTable OFFSET_TABLE = FseTable.of(
            new int[] {1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1}, 5);
    private static final FseTable MATCH_TABLE = FseTable.of(
            new int[] {
                1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1
            },
            6);
    private static final int[] LITERAL_BASES = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512,
        1024, 2048, 4096, 8192, 16384, 32768, 65536
    };
    private static final int[] LITERAL_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        16
    };
    private static final int[] MATCH_BASES = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32,
        33, 34, 35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195, 16387, 32771, 65539
    };
    private static final int[] MATCH_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2,
        2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
    };

    private @Nullable FseTable lengths;
    private @Nullable FseTable offsets;
    private @Nullable FseTable matches;
    private int at;
    private int repeat1 = 1;
    private int repeat2 = 4;
    private int repeat3 = 8;

    /** Executes the section over these literals; returns where the output ends. */
    int execute(byte[] in, int from, int end, byte[] literals, byte[] out, int outFrom) throws ZstdMalformed {
        at = from;
        int count = count(in);
        if (count == 0) {
            if (at != end) {
                throw new ZstdMalformed("bytes behind a section of no sequences");
            }
            return copy(literals, 0, literals.length, out, outFrom);
        }
        int modes = in[at++] & 0xFF;
        if ((modes & 3) != 0) {
            throw new ZstdMalformed("reserved bits of a block that are set");
        }
        FseTable literalLengths = table(modes >>> 6, LITERAL_TABLE, lengths, in, end, 9, LITERAL_SYMBOL_MAX);
        FseTable distances = table(modes >>> 4 & 3, OFFSET_TABLE, offsets, in, end, 8, OFFSET_SYMBOL_MAX);
        FseTable matchLengths = table(modes >>> 2 & 3, MATCH_TABLE, matches, in, end, 9, MATCH_SYMBOL_MAX);
        lengths = literalLengths;
        offsets = distances;
        matches = matchLengths;
        BackwardBits stream = new BackwardBits(in, at, end);
        return decode(stream, literalLengths, distances, matchLengths, count, literals, out, outFrom);
    }

    private int count(byte[] in) {
        int head = in[at++] & 0xFF;
        if (head < 128) {
            return head;
        }
        if (head < 255) {
            return ((head - 128) << 8) + (in[at++] & 0xFF);
        }
        at += 2;
        return (in[at - 2] & 0xFF) + ((in[at - 1] & 0xFF) << 8) + 0x7F00;
    }

    /** The table of the next kind of code; without a description of its own it is a common one, or that of the block before. */
    private FseTable table(
            int mode,
            FseTable predefined,
            @Nullable FseTable before,
            byte[] in,
            int end,
            int accuracyMax,
            int symbolMax)
            throws ZstdMalformed {
        return switch (mode) {
            case PREDEFINED -> predefined;
            case RLE -> FseTable.always(in[at++]);
            case DESCRIBED -> {
                FseTable.Read read = FseTable.read(in, at, end, accuracyMax, symbolMax);
                at = read.end();
                yield read.table();
            }
            default -> {
                if (before == null) {
                    throw new ZstdMalformed("sequences without a table");
                }
                yield before;
            }
        };
    }

    private int decode(
            BackwardBits stream,
            FseTable literalLengths,
            FseTable distances,
            FseTable matchLengths,
            int count,
            byte[] literals,
            byte[] out,
            int outFrom)
            throws ZstdMalformed {
        int lengthState = stream.read(literalLengths.accuracyLog());
        int offsetState = stream.read(distances.accuracyLog());
        int matchState = stream.read(matchLengths.accuracyLog());
        int literal = 0;
        int to = outFrom;
        for (int i = 0; i < count; i++) {
            int offsetCode = distances.symbol(offsetState);
            int matchCode = matchLengths.symbol(matchState);
            int lengthCode = literalLengths.symbol(lengthState);
            if (offsetCode > OFFSET_SYMBOL_MAX) {
                throw new ZstdMalformed("an offset that is too far");
            }
            int offsetValue = (1 << offsetCode) + stream.read(offsetCode);
            int match = MATCH_BASES[matchCode] + stream.read(MATCH_BITS[matchCode]);
            int length = LITERAL_BASES[lengthCode] + stream.read(LITERAL_BITS[lengthCode]);
            if (i + 1 < count) {
                lengthState = literalLengths.next(lengthState, stream);
                matchState = matchLengths.next(matchState, stream);
                offsetState = distances.next(offsetState, stream);
            }
            to = copy(literals, literal, length, out, to);
            literal += length;
            to = repeat(offset(offsetValue, length), match, out, to);
        }
        if (stream.left() != 0) {
            throw new ZstdMalformed("a stream of sequences of another length");
        }
        return copy(literals, literal, literals.length - literal, out, to);
    }

    /** The three last offsets have short names (RFC 8878, 3.1.1.5). */
    private int offset(int value, int literalLength) {
        if (value > 3) {
            repeat3 = repeat2;
            repeat2 = repeat1;
            repeat1 = value - 3;
            return repeat1;
        }
        int place = value - 1 + (literalLength == 0 ? 1 : 0);
        int offset = switch (place) {
            case 0 -> repeat1;
            case 1 -> repeat2;
            case 2 -> repeat3;
            default -> repeat1 - 1;
        };
        if (place > 0) {
            repeat3 = place > 1 ? repeat2 : repeat3;
            repeat2 = repeat1;
            repeat1 = offset;
        }
        return offset;
    }

    private static int copy(byte[] from, int at, int length, byte[] out, int to) throws ZstdMalformed {
        if (length < 0 || at + length > from.length || to + length > out.length) {
            throw new ZstdMalformed("more literals than there are, or than fit");
        }
        System.arraycopy(from, at, out, to, length);
        return to + length;
    }

    private static int repeat(int offset, int length, byte[] out, int to) throws ZstdMalformed {
        if (offset <= 0 || offset > to || to + length > out.length) {
            throw new ZstdMalformed("a copy from before the beginning, or over the end");
        }
        for (int i = 0; i < length; i++) {
            out[to + i] = out[to + i - offset];
        }
        return to + length;
    }
}
