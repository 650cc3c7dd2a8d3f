// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.zstd;

import com.github.luben.zstd.Zstd;
import it.socialies.fuzzing.FuzzTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Our decompressor against the library of the format's makers. Two bytes of length, then a frame's blocks: what ours takes, theirs takes too and reads alike. The
 * same bytes, compressed by theirs, must come back from ours.
 */
public final class ZstdFrameFuzz implements FuzzTarget {
    private static final int LEVELS = 19;
    /** Magic, no flags, the largest window. */
    private static final byte[] HEADER = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, 0x68};

    @Override
    public void test(byte[] input) throws Exception {
        comesBack(input);
        if (input.length > 2) {
            int length = ((input[0] & 0xFF) << 8) + (input[1] & 0xFF);
            byte[] frame = Arrays.copyOf(HEADER, HEADER.length + input.length - 2);
            System.arraycopy(input, 2, frame, HEADER.length, input.length - 2);
            readAlike(frame, length);
        }
    }

    private static void comesBack(byte[] content) throws ZstdMalformed {
        int level = content.length == 0 ? 1 : 1 + (content[0] & 0xFF) % LEVELS;
        byte[] again = ZstdFrame.decompress(Zstd.compress(content, level), content.length);
        if (!Arrays.equals(again, content)) {
            throw new AssertionError("level " + level + " comes back as something else");
        }
    }

    private static void readAlike(byte[] frame, int length) {
        byte[] ours;
        try {
            ours = ZstdFrame.decompress(frame, length);
        } catch (ZstdMalformed e) {
            return;
        }
        byte[] theirs = Zstd.decompress(frame, length);
        if (!Arrays.equals(ours, theirs)) {
            throw new AssertionError("read as something else than by the library");
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        Random random = new Random(4);
        for (int level : new int[] {1, 3, 9, 19}) {
            for (int kind = 0; kind < 4; kind++) {
                seeds.add(seed(content(random, kind), level));
            }
        }
        return seeds;
    }

    private static byte[] content(Random random, int kind) {
        byte[] content = new byte[200 + random.nextInt(3_000)];
        for (int i = 0; i < content.length; i++) {
            content[i] = switch (kind) {
                case 0 -> (byte) random.nextInt(256);
                case 1 -> (byte) (random.nextInt(4) + random.nextInt(20));
                case 2 -> (byte) "IESBATCH records and records of payments ".charAt((i + i / 97) % 41);
                default -> 7;
            };
        }
        return content;
    }

    /** The blocks of a frame, whose header the target makes itself. */
    private static byte[] seed(byte[] content, int level) {
        byte[] frame = Zstd.compress(content, level);
        boolean isSingleSegment = (frame[4] & 32) != 0;
        int sizeFlag = (frame[4] & 0xFF) >>> 6;
        int blocks = 5 + (isSingleSegment ? 0 : 1) + (sizeFlag > 0 ? 1 << sizeFlag : isSingleSegment ? 1 : 0);
        byte[] seed = new byte[2 + frame.length - blocks];
        seed[0] = (byte) (content.length >>> 8);
        seed[1] = (byte) content.length;
        System.arraycopy(frame, blocks, seed, 2, frame.length - blocks);
        return seed;
    }
}
