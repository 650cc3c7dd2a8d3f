// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.gateway.security.Digest256;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopUpBatchTest {

    @Test
    void shouldChainTheRowsInOrder() {
        TopUp first = new TopUp(7, 30_000);
        TopUp second = new TopUp(8, 40_050);
        byte[] once = digest(new byte[32], first);
        TopUpBatch batch = TopUpBatch.of(3, 2, List.of(first, second));
        assertThat(batch.digest()).isEqualTo(Digest256.of(digest(once, second)));
        assertThat(batch.total()).isEqualTo(70_050);
        assertThat(batch.rowCount()).isEqualTo(2);
        assertThat(TopUpBatch.of(3, 2, List.of(second, first)).digest()).isNotEqualTo(batch.digest());
    }

    @Test
    void shouldNotOverflowSilently() {
        assertThatThrownBy(() -> TopUpBatch.of(3, 2, List.of(new TopUp(1, Long.MAX_VALUE), new TopUp(2, 1))))
                .isInstanceOf(ArithmeticException.class);
    }

    private static byte[] digest(byte[] previous, TopUp row) {
        return Digest256.newSha256()
                .digest(ByteBuffer.allocate(48)
                        .put(previous)
                        .putLong(row.walletId())
                        .putLong(row.amount())
                        .array());
    }
}
