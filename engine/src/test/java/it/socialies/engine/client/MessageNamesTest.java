// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.client;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.ExecuteTopUpsDecoder;
import it.socialies.engine.protocol.sbe.PayDecoder;
import it.socialies.engine.protocol.sbe.QueryStatusDecoder;
import org.junit.jupiter.api.Test;

class MessageNamesTest {
    @Test
    void shouldNameMessagesAsTheSchemaDoes() {
        MessageNames names = new MessageNames();

        assertThat(names.of(PayDecoder.TEMPLATE_ID)).isEqualTo("pay");
        assertThat(names.of(ExecuteTopUpsDecoder.TEMPLATE_ID)).isEqualTo("execute_top_ups");
        assertThat(names.of(QueryStatusDecoder.TEMPLATE_ID)).isEqualTo("query_status");
        assertThat(names.of(9_999)).isEqualTo("unknown");
    }
}
