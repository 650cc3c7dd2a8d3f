// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 35, 36, 100, Integer.MAX_VALUE, Long.MAX_VALUE})
    void shouldReadWhatItWrote(long number) {
        assertThat(Ids.CARD.read(Ids.CARD.format(number))).isEqualTo(number);
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
        assertThat(Ids.CARD.read(text)).isEqualTo(Ids.INVALID);
    }

    @Test
    void shouldWriteInBase36() {
        assertThat(Ids.CARD.format(100)).isEqualTo("crd_2s");
    }
}
