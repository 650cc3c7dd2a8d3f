// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import static it.socialies.gateway.security.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.gateway.security.RefusalCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaxCodeTest {

    @Test
    void shouldTakeAnyCaseAndShowNothing() {
        TaxCode code = TaxCode.parse(" rssmra80a01h501u ");
        assertThat(code).isEqualTo(TaxCode.parse("RSSMRA80A01H501U")).isNotEqualTo(TaxCode.parse("RSSMRA80A41H501Y"));
        assertThat(code.toString()).doesNotContain("RSS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "X",
                "RSSMRA80A01H501A",
                "RSSMRA80A01H50MU",
                "RSSMRA80B31H501A",
                "12345678901",
                "RSSMRA80A01H501UX"
            })
    void shouldRefuse(String text) {
        assertThat(refusal(() -> TaxCode.parse(text))).isEqualTo(RefusalCode.TAX_CODE_INVALID);
    }
}
