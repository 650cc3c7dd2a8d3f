// SPDX-License-Identifier: EUPL-1.2
package it.socialies.fuzzing;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Changes seeds blindly, but the same way each time: what a short run does where Jazzer would look at coverage. One thread. */
final class Mutator {
    private static final int[] EDGES = {0, 1, 2, 7, 8, 0x0A, 0x20, 0x22, 0x30, 0x7F, 0x80, 0xFE, 0xFF};
    private static final int CHANGES_MAX = 6;
    private static final int STRETCH_MAX = 40;

    private final SplittableRandom random;
    private final List<byte[]> seeds;
    private final int lengthMax;

    Mutator(long seed, List<byte[]> seeds, int lengthMax) {
        random = new SplittableRandom(seed);
        this.seeds = seeds;
        this.lengthMax = lengthMax;
    }

    byte[] next() {
        byte[] bytes = any().clone();
        for (int changes = random.nextInt(1, CHANGES_MAX); changes > 0; changes--) {
            bytes = changed(bytes);
        }
        return bytes.length > lengthMax ? Arrays.copyOf(bytes, lengthMax) : bytes;
    }

    private byte[] any() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] changed(byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(9)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> bytes[at] = (byte) EDGES[random.nextInt(EDGES.length)];
            case 3 -> bytes[at] += (byte) (random.nextBoolean() ? 1 : -1);
            case 4 -> Arrays.fill(bytes, at, stretchEnd(bytes, at), (byte) EDGES[random.nextInt(EDGES.length)]);
            case 5 -> {
                return joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, stretchEnd(bytes, at), bytes.length));
            }
            case 6 -> {
                return joined(Arrays.copyOf(bytes, stretchEnd(bytes, at)), Arrays.copyOfRange(bytes, at, bytes.length));
            }
            case 7 -> {
                byte[] other = any();
                int from = Math.min(at, other.length);
                return joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(other, from, other.length));
            }
            default -> {
                return Arrays.copyOf(bytes, at);
            }
        }
        return bytes;
    }

    private int stretchEnd(byte[] bytes, int from) {
        return Math.min(bytes.length, from + random.nextInt(1, STRETCH_MAX));
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
