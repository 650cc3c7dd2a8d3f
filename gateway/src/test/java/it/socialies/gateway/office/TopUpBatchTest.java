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
    void shouldChainTheRowsFromTheLastToTheFirst() {
        TopUp first = new TopUp(7, 30_000);
        TopUp second = new TopUp(8, 40_050);
        byte[] rest = digest(new byte[32], second);
        TopUpBatch batch = TopUpBatch.of(3, 2, List.of(first, second));
        assertThat(batch.digest()).isEqualTo(Digest256.of(digest(rest, first)));
        assertThat(batch.total()).isEqualTo(70_050);
        assertThat(batch.rowCount()).isEqualTo(2);
        assertThat(TopUpBatch.of(3, 2, List.of(second, first)).digest()).isNotEqualTo(batch.digest());
    }

    @Test
    void shouldBindWhatFollowsAChunk() {
        List<TopUp> rows = List.of(new TopUp(7, 300), new TopUp(8, 400), new TopUp(9, 500));
        RowChain whole = RowChain.of(0, rows);
        RowChain rest = RowChain.of(1, rows.subList(1, 3));
        assertThat(whole.digestFrom(1)).isEqualTo(rest.digestFrom(1));
        assertThat(whole.digestFrom(3)).isEqualTo(new Digest256(0, 0, 0, 0));
        assertThat(whole.rows(1, 64)).isEqualTo(rows.subList(1, 3));
        assertThat(whole.rows(0, 2)).isEqualTo(rows.subList(0, 2));
        assertThat(rest.rows(0, 64)).isEmpty();
        assertThat(rest.rows(3, 64)).isEmpty();
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
