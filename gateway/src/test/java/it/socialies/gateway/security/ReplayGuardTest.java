// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import static it.socialies.gateway.security.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplayGuardTest {
    private final ReplayGuard guard = new ReplayGuard(3);

    @Test
    void shouldSayBusyRatherThanForget() {
        for (int i = 0; i < 3; i++) {
            assertThat(guard.isFirst("trm_1", "a" + i, 60_000, 10_000)).isTrue();
        }
        assertThat(refusal(() -> guard.isFirst("trm_1", "a3", 60_000, 10_000))).isEqualTo(RefusalCode.BUSY);
        assertThat(guard.isFirst("trm_1", "a3", 120_000, 60_000))
                .as("the others have expired")
                .isTrue();
        assertThat(guard.isFirst("trm_1", "a3", 120_000, 60_001)).isFalse();
        assertThat(guard.isFirst("trm_2", "a3", 120_000, 60_002)).isTrue();
    }
}
