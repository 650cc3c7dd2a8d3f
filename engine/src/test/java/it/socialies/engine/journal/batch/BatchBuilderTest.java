// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.engine.journal.fixture.Records;
import it.socialies.engine.protocol.BatchDescriptor;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;

class BatchBuilderTest {
    private final BatchBuilder batch = new BatchBuilder(40 * 1024);

    @Test
    void shouldBeFullBeforeItsBound() {
        batch.reset(new Chain());
        MutableDirectBuffer large = Records.record(1, 32 * 1024);
        assertThat(batch.tryAppend(large, 0, large.capacity())).isTrue();
        MutableDirectBuffer next = Records.record(2, 8 * 1024);
        assertThat(batch.tryAppend(next, 0, next.capacity())).isFalse();
        assertThat(batch.count()).isEqualTo(1);
        assertThat(batch.batchLength()).isEqualTo(BatchDescriptor.HEADER_LENGTH + 32 * 1024);
    }

    @Test
    void shouldRefuseAGap() {
        batch.reset(new Chain(4, new byte[32]));
        MutableDirectBuffer record = Records.record(6);
        assertThatThrownBy(() -> batch.tryAppend(record, 0, record.capacity()))
                .isInstanceOf(JournalFailure.class)
                .hasMessageContaining("6 does not follow 4");
    }

    @Test
    void shouldRefuseAMarkThatIsNotDurableYet() {
        Records.fill(batch, new Chain(), 2);
        assertThatThrownBy(() -> batch.seal(1, 4096, 0)).isInstanceOf(JournalFailure.class);
    }

    @Test
    void shouldChainAsTheFormatSays() throws Exception {
        Chain before = new Chain(9, MessageDigest.getInstance("SHA-256").digest(new byte[] {1}));
        Records.fill(batch, before, 3);
        batch.seal(9, 8192, 0);
        byte[] root = new byte[32];
        batch.buffer().getBytes(BatchDescriptor.MERKLE_ROOT_OFFSET, root);
        ByteBuffer link =
                ByteBuffer.allocate(76).put(before.hash()).put(root).putLong(10).putInt(3);
        assertThat(batch.chain())
                .isEqualTo(new Chain(12, MessageDigest.getInstance("SHA-256").digest(link.array())));
        assertThat(batch.previousChain()).isEqualTo(before);
        assertThat(batch.blocks().remaining()).isEqualTo(4096);
        assertThat(batch.endPosition()).isEqualTo(12288);
    }

    @Test
    void shouldLeaveTheChainBehindABareMark() {
        Chain before = new Chain(9, new byte[32]);
        batch.reset(before);
        batch.seal(9, 4096, BatchDescriptor.CLEAN_STOP_FLAG);
        assertThat(batch.chain()).isEqualTo(before);
        assertThat(BatchView.count(batch.buffer(), 0)).isZero();
        assertThat(BatchView.mark(batch.buffer(), 0)).isEqualTo(9);
    }
}
