// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestartPauseTest {
    private final RestartPause pause = new RestartPause(2, Duration.ofSeconds(5));

    @Test
    void shouldWaitLongerEachTimeForWhatCannotLiveAndNeverMoreThanAMinute() {
        assertThat(IntStream.range(0, 8).mapToLong(i -> pause.afterS(Duration.ofSeconds(1))))
                .containsExactly(2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void shouldBeginAnewForWhatHadWorked() {
        pause.afterS(Duration.ZERO);
        pause.afterS(Duration.ZERO);
        assertThat(pause.afterS(Duration.ofSeconds(5))).isEqualTo(2);
        assertThat(pause.afterS(Duration.ZERO)).isEqualTo(4);
    }
}
