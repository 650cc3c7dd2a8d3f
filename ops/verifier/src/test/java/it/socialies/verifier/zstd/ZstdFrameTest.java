// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.zstd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The decompressor against the library that the archiver compresses with. */
class ZstdFrameTest {
    private static final int[] LEVELS = {1, 3, 5, 9, 15, 19};

    @Test
    void shouldGiveBackWhatWasCompressed() throws Exception {
        Random random = new Random(20_260_101);
        for (int round = 0; round < 36; round++) {
            byte[] content = content(random, round % 6, round < 6 ? round : random.nextInt(300_000));
            for (int level : LEVELS) {
                byte[] frame = Zstd.compress(content, level);
                assertThat(ZstdFrame.decompress(frame, content.length))
                        .as("round %d, level %d, %d bytes", round, level, content.length)
                        .isEqualTo(content);
            }
        }
    }

    @Test
    void shouldNeverGiveAnythingElseThanAnErrorForBytesThatAreNoFrame() {
        Random random = new Random(7);
        byte[] content = content(random, 2, 40_000);
        byte[] frame = Zstd.compress(content, 5);
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] altered = frame.clone();
            altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(ZstdFrame.decompress(altered, content.length)).hasSize(content.length);
            } catch (ZstdMalformed e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
        assertThatThrownBy(() -> ZstdFrame.decompress(Arrays.copyOf(frame, 100), content.length))
                .isInstanceOf(ZstdMalformed.class);
        assertThatThrownBy(() -> ZstdFrame.decompress(frame, content.length + 1))
                .isInstanceOf(ZstdMalformed.class);
        assertThatThrownBy(() -> ZstdFrame.decompress(new byte[0], 0)).isInstanceOf(ZstdMalformed.class);
    }

    private static byte[] content(Random random, int kind, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = new byte[length];
        switch (kind) {
            case 0 -> random.nextBytes(bytes);
            case 1 -> Arrays.fill(bytes, (byte) 7);
            case 2 -> {
                // As records are: counters, small numbers, zeros, hashes.
                ByteBuffer record = ByteBuffer.allocate(120);
                byte[] hash = new byte[16];
                for (long i = 0; out.size() < length; i++) {
                    random.nextBytes(hash);
                    record.clear()
                            .putLong(i)
                            .putLong(1_700_000_000_000L + i * 13)
                            .putInt(random.nextInt(50))
                            .put(hash);
                    out.writeBytes(record.array());
                }
                bytes = Arrays.copyOf(out.toByteArray(), length);
            }
            case 3 -> {
                for (int i = 0; i < length; i++) {
                    bytes[i] = (byte) (random.nextGaussian() * 12);
                }
            }
            case 4 -> {
                String[] words = {"pagamento", "buono", "tessera", "esercente", " ", "residuo", ", "};
                while (out.size() < length) {
                    out.writeBytes(words[random.nextInt(words.length)].getBytes(StandardCharsets.UTF_8));
                }
                bytes = Arrays.copyOf(out.toByteArray(), length);
            }
            default -> {
                for (int i = 0; i < length; i++) {
                    bytes[i] = i > 500 && random.nextInt(30) > 0 ? bytes[i - 500] : (byte) random.nextInt(256);
                }
            }
        }
        return bytes;
    }
}
