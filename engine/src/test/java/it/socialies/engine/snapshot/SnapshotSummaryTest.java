// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotSummaryTest {
    private static final SnapshotSummary SUMMARY = new SnapshotSummary(
            48_192,
            1_772_442_904_120L,
            "ab".repeat(32),
            0x151bb71eebecb95fL,
            0xac7f5e24ff850816L,
            List.of(
                    new SnapshotSummary.Circuit(
                            1,
                            500_000,
                            700_000,
                            List.of(
                                    new SnapshotSummary.Unit("EUR", 3_800_000, 3_800_000, 120, 120),
                                    new SnapshotSummary.Unit("IES", 500_000, 500_000, 0, 0))),
                    new SnapshotSummary.Circuit(2, 0, 0, List.of())));

    @Test
    void shouldReadBackWhatItWrote() throws IOException {
        assertThat(SnapshotSummary.parse(SUMMARY.toJson())).isEqualTo(SUMMARY);
        assertThat(SUMMARY.chainAtSequence().toString()).isEqualTo("48192:" + "ab".repeat(32));
    }

    @Test
    void shouldPassOverMembersOfALaterRelease() throws IOException {
        String text = new String(SUMMARY.toJson(), UTF_8)
                .replace("{\"unit\":\"EUR\",", "{\"new\":{\"a\":[1,2]},\"unit\":\"EUR\",")
                .replace("\"circuits\"", "\"more\":[{\"x\":1}],\"circuits\"");
        assertThat(SnapshotSummary.parse(text.getBytes(UTF_8))).isEqualTo(SUMMARY);
    }

    @Test
    void shouldRefuseWhatIsCutShort() {
        byte[] whole = SUMMARY.toJson();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> SnapshotSummary.parse(cut))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(IOException.class);
        }
    }
}
