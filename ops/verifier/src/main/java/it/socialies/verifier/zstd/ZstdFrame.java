// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.zstd;

import java.util.Arrays;

/**
 * Decompresses one Zstandard frame (RFC 8878) whose length is known. Written here because the libraries for it are native or rest on {@code sun.misc.Unsafe}, which
 * JDKs are about to take away, and this program must still run in ten years. Not for speed. Checksums of frames are passed over: the archive has its own. Stateless.
 */
public final class ZstdFrame {
    private static final int MAGIC = 0xFD2F_B528;
    private static final int RAW = 0;
    private static final int RLE = 1;
    private static final int COMPRESSED = 2;

    private ZstdFrame() {}

    /**
     * Decompresses.
     *
     * @param outLength of the content, in bytes
     * @throws ZstdMalformed when the bytes are no such frame
     */
    public static byte[] decompress(byte[] in, int outLength) throws ZstdMalformed {
        try {
            byte[] out = new byte[outLength];
            int written = decompress(in, out);
            if (written != outLength) {
                throw new ZstdMalformed("a frame of " + written + " bytes, not " + outLength);
            }
            return out;
        } catch (IndexOutOfBoundsException e) {
            throw new ZstdMalformed("a frame that ends too early");
        }
    }

    private static int decompress(byte[] in, byte[] out) throws ZstdMalformed {
        int magic = word(in, 0, 3) | (in[3] << 24);
        int descriptor = in[4] & 0xFF;
        boolean hasDictionary = (descriptor & 3) != 0;
        if (magic != MAGIC || hasDictionary || (descriptor & 8) != 0) {
            throw new ZstdMalformed("not a frame, or one with a dictionary");
        }
        boolean isSingleSegment = (descriptor & 32) != 0;
        int sizeFlag = descriptor >>> 6;
        int sizeLength = sizeFlag == 0 ? (isSingleSegment ? 1 : 0) : 1 << sizeFlag;
        int at = 5 + (isSingleSegment ? 0 : 1) + sizeLength;
        Literals literals = new Literals();
        Sequences sequences = new Sequences();
        int to = 0;
        boolean last = false;
        while (!last) {
            int header = word(in, at, 3);
            at += 3;
            last = (header & 1) != 0;
            int type = header >>> 1 & 3;
            int size = header >>> 3;
            switch (type) {
                case RAW -> {
                    System.arraycopy(in, at, out, to, size);
                    at += size;
                    to += size;
                }
                case RLE -> {
                    Arrays.fill(out, to, to + size, in[at]);
                    at++;
                    to += size;
                }
                case COMPRESSED -> {
                    int end = at + size;
                    if (end > in.length) {
                        throw new ZstdMalformed("a block that is longer than its frame");
                    }
                    int behindLiterals = literals.read(in, at, end);
                    to = sequences.execute(in, behindLiterals, end, literals.bytes(), out, to);
                    at = end;
                }
                default -> throw new ZstdMalformed("a block of an unknown type");
            }
        }
        boolean hasChecksum = (descriptor & 4) != 0;
        if (at + (hasChecksum ? 4 : 0) != in.length) {
            throw new ZstdMalformed("bytes behind the frame");
        }
        return to;
    }

    private static int word(byte[] in, int at, int length) {
        int word = 0;
        for (int i = 0; i < length; i++) {
            word |= (in[at + i] & 0xFF) << (8 * i);
        }
        return word;
    }
}
