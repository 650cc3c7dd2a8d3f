// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalIdTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 35, 36, 100, Integer.MAX_VALUE, Long.MAX_VALUE})
    void shouldReadWhatItWrote(long number) {
        assertThat(ExternalId.parse("crd", ExternalId.of("crd", number))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "crd",
                "crd_",
                "crd-1",
                "trm_1",
                "crd_A",
                "crd_-1",
                "crd_+1",
                "crd_01",
                "crd_1 ",
                "CRD_1",
                "crd_1_",
                "crd_1y2p0ij32e8e8",
                "crd_zzzzzzzzzzzzz",
                "crd_11111111111111"
            })
    void shouldRefuseAnyOtherSpelling(String text) {
        assertThat(ExternalId.parse("crd", text)).isEqualTo(ExternalId.INVALID);
    }

    @Test
    void shouldWriteInBase36() {
        assertThat(ExternalId.of(ExternalId.CARD, 100)).isEqualTo("crd_2s");
    }
}
