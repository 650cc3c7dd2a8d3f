// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every code is explained in both languages, and what the explanations name has its place in both. */
class FaultWordsTest {
    @ParameterizedTest
    @EnumSource
    void shouldExplainEveryCode(FaultCode code) {
        Fault fault = new Fault(1, "Colonna", code, "", List.of("first", "second"));

        String italian = FaultWords.ITALIAN.explanation(fault);
        String english = FaultWords.ENGLISH.explanation(fault);

        assertThat(italian).isNotBlank().isNotEqualTo(english).doesNotContain("{", "}", "''");
        assertThat(english).isNotBlank().doesNotContain("{", "}", "''");
        assertThat(italian.contains("first")).isEqualTo(english.contains("first"));
        assertThat(italian.contains("second")).isEqualTo(english.contains("second"));
    }
}
