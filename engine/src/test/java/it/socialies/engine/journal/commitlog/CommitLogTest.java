// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.commitlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import it.socialies.engine.journal.batch.BatchBuilder;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.fixture.Records;
import it.socialies.engine.journal.fixture.SimulatedLogFile;
import it.socialies.engine.journal.recovery.CommitLogWalk;
import it.socialies.engine.protocol.BatchDescriptor;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commit log on a simulated file: what must be found again, what may be cut, what must be refused. */
class CommitLogTest {
    private static final int BLOCK = BatchDescriptor.BLOCK_LENGTH;
    private static final long CAPACITY = 16L * BLOCK;

    private final SimulatedLogFile file = new SimulatedLogFile();
    private final BatchBuilder batch = new BatchBuilder(64 * 1024);
    private CommitLog log;

    @BeforeEach
    void createLog() throws IOException {
        CommitLogFormat.create(file, CAPACITY);
        log = new CommitLog(file, CAPACITY, 0, new Chain());
    }

    private void append(int records) {
        Records.fill(batch, log, records);
        log.append(batch);
    }

    private static CommitLogWalk walkToTheEnd(SimulatedLogFile log) throws IOException {
        return walkToTheEnd(log, new Chain(), 0);
    }

    private static CommitLogWalk walkToTheEnd(SimulatedLogFile log, Chain from, long position) throws IOException {
        assertThat(CommitLogFormat.readCapacity(log)).isEqualTo(CAPACITY);
        CommitLogWalk walk = new CommitLogWalk(log, CAPACITY, CommitLogScan.of(log, CAPACITY), from, position);
        while (walk.next()) {
            assertThat(walk.batch().hasIntactHeader()).isTrue();
        }
        return walk;
    }

    @Test
    void shouldFindEveryAppendedBatchAfterAPowerCut() throws IOException {
        append(3);
        append(60);
        log.writeMark(false);
        append(1);
        file.losePower();
        CommitLogWalk walk = walkToTheEnd(file);
        assertThat(walk.chain()).isEqualTo(log.chain());
        assertThat(walk.position()).isEqualTo(log.position());
        assertThat(walk.tornTail()).isNull();
        assertThat(walk.cleanStop()).isFalse();
    }

    @Test
    void shouldTellACleanStop() throws IOException {
        append(3);
        log.writeMark(true);
        assertThat(walkToTheEnd(file).cleanStop()).isTrue();
    }

    @Test
    void shouldWrapWithoutOverwritingWhatIsNotReleased() throws IOException {
        Random random = new Random(7);
        Chain released = new Chain();
        long releasedPosition = 0;
        for (int i = 0; i < 500; i++) {
            int records = 1 + random.nextInt(90);
            Records.fill(batch, log.chain(), records);
            if (!log.hasRoomFor(batch.batchLength())) {
                releasedPosition = log.position();
                released.copyFrom(log.chain());
                log.releaseUpTo(releasedPosition);
            }
            assertThat(log.hasRoomFor(batch.batchLength())).isTrue();
            append(records);
            CommitLogWalk walk = walkToTheEnd(file, released, releasedPosition);
            assertThat(walk.chain()).as("batch %s", i).isEqualTo(log.chain());
            assertThat(walk.position()).isEqualTo(CommitLogFormat.firstPossible(log.position(), CAPACITY));
            assertThat(walk.tornTail()).isNull();
        }
    }

    @Test
    void shouldRefuseABatchWithoutRoom() {
        while (log.hasRoomFor(BLOCK)) {
            append(1);
        }
        assertThat(log.freeBytes()).isLessThanOrEqualTo(BLOCK);
        Records.fill(batch, log, 1);
        assertThatThrownBy(() -> log.append(batch)).isInstanceOf(JournalFailure.class);
        assertThat(log.writeMark(true)).isFalse();
    }

    @Test
    void shouldRefuseToGoOnAfterAFailedSync() {
        append(1);
        Records.fill(batch, log, 1);
        file.failSync = true;
        assertThatThrownBy(() -> log.append(batch))
                .isInstanceOf(JournalFailure.class)
                .hasRootCauseInstanceOf(IOException.class);
        file.failSync = false;
        assertThatThrownBy(() -> log.append(batch)).isInstanceOf(JournalFailure.class);
    }

    @Test
    void shouldRefuseToGoOnAfterAFailedWrite() {
        file.failWrite = true;
        Records.fill(batch, log, 1);
        assertThatThrownBy(() -> log.append(batch)).isInstanceOf(JournalFailure.class);
    }

    @Test
    void shouldLoseOnlyTheUnsyncedBatchWhereverItsWriteIsTorn() throws IOException {
        append(2);
        append(70);
        SimulatedLogFile before = file.copy();
        Chain durable = log.chain().copy();
        int at = (int) log.position();
        append(60);
        int length = batch.batchLength();
        Random random = new Random(11);
        for (int cut = 0; cut < length; cut++) {
            for (int kind = 0; kind < 2; kind++) {
                SimulatedLogFile torn = file.copy();
                byte[] bytes = torn.bytes();
                if (kind == 0) {
                    Arrays.fill(bytes, at + cut, at + length, (byte) 0);
                } else {
                    byte[] garbage = new byte[length - cut];
                    random.nextBytes(garbage);
                    System.arraycopy(garbage, 0, bytes, at + cut, garbage.length);
                }
                CommitLogWalk walk = walkToTheEnd(torn);
                // The last bytes of the body are the padding of its last record: zeroed, it is whole.
                if (Arrays.equals(bytes, file.bytes())) {
                    assertThat(walk.chain()).isEqualTo(log.chain());
                    continue;
                }
                assertThat(walk.chain()).as("cut at %s, kind %s", cut, kind).isEqualTo(durable);
                assertThat(walk.position()).isEqualTo(at);
                assertThat(walk.tornTail() != null).isEqualTo(!Arrays.equals(bytes, before.bytes()));
            }
        }
    }

    @Test
    void shouldNameTheRecordWhenAnyByteOfAnEarlierOneIsFlipped() throws IOException {
        append(2);
        int second = (int) log.position();
        append(5);
        int length = batch.batchLength();
        append(1);
        for (int i = 0; i < length; i++) {
            SimulatedLogFile flipped = file.copy();
            flipped.bytes()[second + i] ^= 0x10;
            JournalDamaged damage = catchThrowableOfType(JournalDamaged.class, () -> walkToTheEnd(flipped));
            assertThat(damage).as("byte %s", i).isNotNull();
            long named = i < BatchDescriptor.HEADER_LENGTH ? 3 : 3 + recordAt(i);
            assertThat(damage.sequence())
                    .as("byte %s: %s", i, damage.getMessage())
                    .isBetween(3L, 7L);
            if (i < BatchDescriptor.HEADER_LENGTH || !isPadding(i)) {
                assertThat(damage.sequence())
                        .as("byte %s: %s", i, damage.getMessage())
                        .isEqualTo(named);
            }
            assertThat(damage)
                    .hasMessageContaining("record " + damage.sequence())
                    .hasMessageContaining("log position " + second);
        }
    }

    private static int recordAt(int byteInBatch) {
        int end = BatchDescriptor.HEADER_LENGTH;
        for (int i = 0; i < 5; i++) {
            end += BatchDescriptor.alignedLength(Records.record(3 + i).capacity());
            if (byteInBatch < end) {
                return i;
            }
        }
        throw new AssertionError();
    }

    private static boolean isPadding(int byteInBatch) {
        int start = BatchDescriptor.HEADER_LENGTH;
        for (int i = 0; i < 5; i++) {
            int length = Records.record(3 + i).capacity();
            if (byteInBatch < start + BatchDescriptor.alignedLength(length)) {
                return byteInBatch >= start + length;
            }
            start += BatchDescriptor.alignedLength(length);
        }
        throw new AssertionError();
    }

    @Test
    void shouldRefuseADamagedLastBatchThatAMarkCallsDurable() throws IOException {
        append(2);
        int at = (int) log.position();
        append(2);
        log.writeMark(false);
        file.bytes()[at + 200] ^= 1;
        assertThatThrownBy(() -> walkToTheEnd(file))
                .isInstanceOf(JournalDamaged.class)
                .hasMessageContaining("record 3");
    }

    @Test
    void shouldRefuseAMissingBatchBelowTheMark() throws IOException {
        append(2);
        int at = (int) log.position();
        append(2);
        log.writeMark(false);
        Arrays.fill(file.bytes(), at, at + BLOCK, (byte) 0);
        assertThatThrownBy(() -> walkToTheEnd(file))
                .isInstanceOf(JournalDamaged.class)
                .hasMessageContaining("record 3");
    }

    @Test
    void shouldRefuseABatchOfAnotherHistory() throws IOException {
        append(2);
        Chain other = new Chain(2, new byte[32]);
        batch.reset(other);
        Records.fill(batch, other, 1);
        batch.seal(2, log.position(), 0);
        file.write(batch.blocks(), log.position());
        assertThatThrownBy(() -> walkToTheEnd(file))
                .isInstanceOf(JournalDamaged.class)
                .hasMessageContaining("chain hash");
    }

    @Test
    void shouldKeepFindingItsEndWhenTheTornWriteLiesOverAnOlderLap() throws IOException {
        for (int i = 0; i < 40; i++) {
            log.releaseUpTo(log.position());
            append(1 + i % 3 * 40);
        }
        log.releaseUpTo(log.position());
        Chain durable = log.chain().copy();
        long released = log.position();
        SimulatedLogFile before = file.copy();
        append(70);
        int at = (int) (BatchView.logPosition(batch.buffer(), 0) % CAPACITY);
        int blocks = batch.blocksLength();
        // Any subset of the blocks of the last write may have reached the disk.
        for (int subset = 0; subset < (1 << (blocks / BLOCK)) - 1; subset++) {
            SimulatedLogFile torn = before.copy();
            for (int block = 0; block < blocks / BLOCK; block++) {
                if (((subset >> block) & 1) != 0) {
                    System.arraycopy(file.bytes(), at + block * BLOCK, torn.bytes(), at + block * BLOCK, BLOCK);
                }
            }
            CommitLogWalk walk = walkToTheEnd(torn, durable, released);
            assertThat(walk.chain()).isEqualTo(durable);
            assertThat(walk.tornTail() != null).isEqualTo((subset & 1) != 0);
        }
    }
}
