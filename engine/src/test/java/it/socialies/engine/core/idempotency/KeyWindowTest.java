// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.engine.core.MemorySnapshot;
import it.socialies.engine.core.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyWindowTest {
    private static final long WEEK_MS = 7L * 24 * 3600 * 1000;
    private static final long START_MS = 1_800_000_000_000L;

    private record Key(long hi, long lo) {
        long timeMs() {
            return hi >>> 16;
        }
    }

    @Test
    void shouldAgreeWithAPlainMapUnderRandomUse() {
        Seeds.forEach(60, KeyWindowTest::playAgainstAMap);
    }

    private static void playAgainstAMap(final SplittableRandom random) {
        final int maxKeys = random.nextInt(1, 600);
        KeyWindow window = new KeyWindow(random.nextInt(0, 20), maxKeys, random.nextLong());
        final Map<Key, Long> model = new LinkedHashMap<>();
        final List<Key> everSeen = new ArrayList<>();
        long nowMs = START_MS;
        long watermarkMs = 0;
        for (int step = 0; step < 4000; step++) {
            if (random.nextInt(300) == 0) {
                window = restored(window, new KeyWindow(random.nextInt(0, 20), maxKeys, random.nextLong()));
            }
            nowMs += random.nextInt(200) == 0 ? random.nextLong(8 * WEEK_MS) : random.nextLong(40);
            final int choice = random.nextInt(100);
            if (choice < 70) {
                final Key key = key(random, nowMs - random.nextLong(500));
                if (!window.isFull() && key.timeMs() > watermarkMs && !model.containsKey(key)) {
                    window.put(key.hi, key.lo, step);
                    model.put(key, (long) step);
                    everSeen.add(key);
                }
            } else if (choice < 90) {
                final Key key = everSeen.isEmpty() || random.nextBoolean()
                        ? key(random, nowMs)
                        : everSeen.get(random.nextInt(everSeen.size()));
                assertThat(window.sequenceOf(key.hi, key.lo)).isEqualTo(model.getOrDefault(key, KeyWindow.UNKNOWN));
            } else {
                final int limit = random.nextInt(1, 80);
                final long wantedMs = nowMs - random.nextLong(1000);
                final long allowedMs = window.watermarkAllowing(wantedMs, limit);
                assertThat(allowedMs).isEqualTo(expectedWatermark(model, watermarkMs, wantedMs, limit));
                // Half of the time a watermark that cuts a bucket, as a foreign record might ask for.
                final long targetMs = random.nextBoolean() ? allowedMs : Math.max(watermarkMs, wantedMs);
                final int before = model.size();
                model.keySet().removeIf(key -> key.timeMs() <= targetMs);
                assertThat(window.raiseWatermark(targetMs)).isEqualTo(before - model.size());
                watermarkMs = targetMs;
            }
            assertThat(window.size()).isEqualTo(model.size());
            assertThat(window.isFull()).isEqualTo(model.size() == maxKeys);
            assertThat(window.watermarkMs()).isEqualTo(watermarkMs);
        }
        for (final Map.Entry<Key, Long> entry : model.entrySet()) {
            assertThat(window.sequenceOf(entry.getKey().hi, entry.getKey().lo)).isEqualTo(entry.getValue());
        }
        assertThat(window.hash()).isEqualTo(rebuilt(model, watermarkMs).hash());
    }

    /** A window takes over what another, whose seed differs, held. */
    private static KeyWindow restored(final KeyWindow from, final KeyWindow into) {
        MemorySnapshot.carry(from::visit, into::visit);
        into.rebuild();
        assertThat(into.hash()).isEqualTo(from.hash());
        return into;
    }

    /** The definition, told by counting: end of the last whole 64 ms that may leave. */
    private static long expectedWatermark(
            final Map<Key, Long> model, final long watermarkMs, final long wantedMs, final int limit) {
        final TreeMap<Long, Integer> countByBucket = new TreeMap<>();
        model.keySet().forEach(key -> countByBucket.merge(key.timeMs() / 64, 1, Integer::sum));
        final long lastWholeBucket = (wantedMs + 1) / 64 - 1;
        int leaving = 0;
        for (final var bucket : countByBucket.headMap(lastWholeBucket, true).entrySet()) {
            if (leaving > 0 && leaving + bucket.getValue() > limit) {
                return Math.max(watermarkMs, bucket.getKey() * 64 - 1);
            }
            leaving += bucket.getValue();
        }
        return Math.max(watermarkMs, lastWholeBucket * 64 + 63);
    }

    /** The same content reached on another way: other layout, other order. */
    private static KeyWindow rebuilt(final Map<Key, Long> model, final long watermarkMs) {
        final KeyWindow other = new KeyWindow(1, 1000, 77);
        final List<Key> keys = new ArrayList<>(model.keySet());
        for (final Key key : keys.reversed()) {
            other.put(key.hi, key.lo, model.get(key));
        }
        other.raiseWatermark(watermarkMs);
        return other;
    }

    @ParameterizedTest(name = "wanted {0}, at most {1} -> {2}")
    @CsvSource({
        // keys: 3 in the bucket 640..703, 2 in 704..767, 1 in 1280..1343; watermark 100
        "50, 10, 100",
        "639, 10, 639",
        "640, 10, 639",
        "702, 10, 639",
        "703, 10, 703",
        "703, 1, 703",
        "900, 4, 703",
        "900, 5, 895",
        "1343, 5, 1279",
        "1343, 6, 1343",
        "100000, 6, 99967",
    })
    void shouldBoundAStepOfTheWatermark(final long wantedMs, final int maxKeys, final long expectedMs) {
        final KeyWindow window = new KeyWindow(4, 100, 0);
        window.raiseWatermark(100);
        long sequence = 1;
        for (final long timeMs : new long[] {640, 650, 703, 704, 767, 1290}) {
            window.put(timeMs << 16, 5, sequence++);
        }

        assertThat(window.watermarkAllowing(wantedMs, maxKeys)).isEqualTo(expectedMs);
        assertThat(window.watermarkAllowing(wantedMs, maxKeys))
                .as("asking changes nothing")
                .isEqualTo(expectedMs);
        assertThat(window.size()).isEqualTo(6);
    }

    @Test
    void shouldKeepAKeyThatIsOneMillisecondYoungerThanTheWatermark() {
        final KeyWindow window = new KeyWindow();
        window.put(1000L << 16, 1, 10);
        window.put(1001L << 16, 1, 11);

        assertThat(window.raiseWatermark(1000)).isEqualTo(1);

        assertThat(window.sequenceOf(1000L << 16, 1)).isEqualTo(KeyWindow.UNKNOWN);
        assertThat(window.sequenceOf(1001L << 16, 1)).isEqualTo(11);
    }

    @Test
    void shouldTellKeysApartThatShareAHalf() {
        final KeyWindow window = new KeyWindow();
        window.put(1000L << 16, 1, 10);
        window.put(1000L << 16, 2, 11);
        window.put(1000L << 16 | 1, 1, 12);

        assertThat(window.sequenceOf(1000L << 16, 1)).isEqualTo(10);
        assertThat(window.sequenceOf(1000L << 16, 2)).isEqualTo(11);
        assertThat(window.sequenceOf(1000L << 16 | 1, 1)).isEqualTo(12);
        assertThat(window.sequenceOf(1000L << 16 | 1, 2)).isEqualTo(KeyWindow.UNKNOWN);
    }

    @Test
    void shouldStopAtItsMaximumAndTakeKeysAgainOnceSomeLeft() {
        final KeyWindow window = new KeyWindow(1, 3, 0);
        for (int i = 1; i <= 3; i++) {
            window.put((long) i << 16, i, i);
        }
        assertThat(window.isFull()).isTrue();
        assertThatThrownBy(() -> window.put(9L << 16, 9, 9)).isInstanceOf(IllegalStateException.class);

        window.raiseWatermark(1);

        assertThat(window.isFull()).isFalse();
        window.put(9L << 16, 9, 9);
        assertThat(window.sequenceOf(9L << 16, 9)).isEqualTo(9);
    }

    @Test
    void shouldRefuseWhatTheCallerShouldHaveAskedFirst() {
        final KeyWindow window = new KeyWindow();
        window.put(1000L << 16, 1, 10);
        window.raiseWatermark(500);

        assertThatThrownBy(() -> window.put(1000L << 16, 1, 11)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> window.put(500L << 16, 1, 11)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> window.raiseWatermark(499)).isInstanceOf(IllegalArgumentException.class);
        assertThat(window.sequenceOf(1000L << 16, 1)).isEqualTo(10);
        assertThat(window.size()).isEqualTo(1);
    }

    @Test
    void shouldHashTheWatermarkToo() {
        final KeyWindow window = new KeyWindow();
        final long before = window.hash();

        window.raiseWatermark(1);

        assertThat(window.hash()).isNotEqualTo(before);
    }

    private static Key key(final SplittableRandom random, final long timeMs) {
        // Few distinct random bits, so that keys repeat and collide.
        return new Key(timeMs << 16 | 0x7000 | random.nextInt(2), random.nextInt(3));
    }
}
