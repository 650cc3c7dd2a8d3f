// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.engine.journal.batch.BatchHandler;
import it.socialies.engine.journal.batch.BatchRecords;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.fixture.Installation;
import it.socialies.engine.journal.fixture.OtherProcess;
import it.socialies.engine.journal.fixture.Records;
import it.socialies.engine.protocol.RecordDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers beside a running engine. */
class JournalReadersTest {
    @TempDir
    Path root;

    private final MutableDirectBuffer record = new UnsafeBuffer(new byte[RecordDescriptor.MAX_RECORD_LENGTH]);

    @Test
    void shouldReadAnyRecordOverAllDays() throws IOException {
        try (Installation engine = new Installation(root).start();
                RecordReader reader = RecordReader.open(engine.folder)) {
            assertThat(reader.read(1, record)).isZero();
            for (int i = 0; i < 8; i++) {
                engine.log(40).forceAndRelease();
                List<Long> sequences = new ArrayList<>(
                        LongStream.rangeClosed(1, engine.lastSequence()).boxed().toList());
                Collections.shuffle(sequences, new Random(i));
                for (long sequence : sequences.subList(0, 80)) {
                    int length = reader.read(sequence, record);
                    assertThat(length).as("record %s", sequence).isPositive();
                    assertThat(new UnsafeBuffer(record, 0, length))
                            .isEqualTo(new UnsafeBuffer(Records.record(sequence)));
                }
                assertThat(reader.read(engine.lastSequence() + 1, record)).isZero();
                assertThat(reader.read(0, record)).isZero();
            }
        }
    }

    @Test
    void shouldFollowTheEngineOverRolls() throws IOException {
        try (Installation engine = new Installation(root).start();
                JournalTailer tailer = JournalTailer.openForAudit(engine.folder)) {
            List<Long> followed = new ArrayList<>();
            BatchHandler handler =
                    (b, o, l) -> BatchRecords.forEach(b, o, 0, (r, ro, rl) -> followed.add(r.getLong(ro + 8)));
            assertThat(tailer.poll(handler, 10)).isZero();
            for (int i = 0; i < 100; i++) {
                engine.log(2).journal();
                assertThat(tailer.poll(handler, 10)).isEqualTo(2);
                assertThat(tailer.chain()).isEqualTo(engine.state.log().chain());
                assertThat(tailer.endPosition()).isEqualTo(engine.state.log().position());
            }
            assertThat(followed).hasSize((int) engine.lastSequence());
        }
    }

    @Test
    void shouldContinueBehindAnyKnownBatch() throws IOException {
        try (Installation engine = new Installation(root).start();
                JournalTailer tailer = JournalTailer.open(engine.folder);
                RecordReader reader = RecordReader.open(engine.folder)) {
            List<Chain> chains = new ArrayList<>(List.of(new Chain()));
            for (int i = 0; i < 60; i++) {
                engine.log(1).journal();
                chains.add(engine.state.log().chain().copy());
            }
            Chain found = new Chain();
            for (int i = 0; i < chains.size(); i++) {
                tailer.moveAfter(chains.get(i));
                assertThat(tailer.poll((b, o, l) -> {}, 1000))
                        .as("behind %s", chains.get(i))
                        .isEqualTo(60 - i);
                assertThat(tailer.chain()).isEqualTo(chains.get(60));
                assertThat(reader.chainAt(chains.get(i).sequence(), found)).isTrue();
                assertThat(found).isEqualTo(chains.get(i));
            }
            assertThat(reader.chainAt(2, found)).isFalse();
            Chain other = new Chain(chains.get(30).sequence(), new byte[32]);
            assertThatThrownBy(() -> tailer.moveAfter(other))
                    .isInstanceOf(JournalDamaged.class)
                    .hasMessageContaining("another history");
        }
    }

    @Test
    void shouldRefuseToAppendWhatDoesNotFollow() throws IOException {
        try (Installation engine = new Installation(root).start().log(2)) {
            UnsafeBuffer second = engine.waiting.get(1);
            assertThatThrownBy(() -> engine.state.queue().append(second, 0, second.capacity()))
                    .isInstanceOf(JournalFailure.class)
                    .hasMessageContaining("does not follow");
        }
    }

    @Test
    void shouldBeReadByAnotherProcessWhileTheEngineRuns() throws Exception {
        try (Installation engine = new Installation(root).start().log(40).journal()) {
            assertThat(OtherProcess.run(ReadAll.class, engine.folder.root().toString()))
                    .isEqualTo(engine.state.log().chain().toString());
            engine.log(40).journal();
            assertThat(OtherProcess.run(ReadAll.class, engine.folder.root().toString()))
                    .isEqualTo(engine.state.log().chain().toString());
        }
    }

    /** Prints the chain at the journal's end. */
    static final class ReadAll {
        public static void main(String[] args) {
            try (JournalTailer tailer = JournalTailer.open(DataFolder.at(Path.of(args[0])))) {
                while (tailer.poll((b, o, l) -> {}, 7) > 0) {
                    // Until the end.
                }
                System.out.print(tailer.chain());
            }
        }
    }
}
