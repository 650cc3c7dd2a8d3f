// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.journal.batch.BatchRecords;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.reader.JournalTailer;
import it.socialies.engine.snapshot.TownHistory;
import it.socialies.verifier.history.Entry;
import it.socialies.verifier.history.NotAsWritten;
import it.socialies.verifier.history.Place;
import it.socialies.verifier.money.Books;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verifier's books, held against a town that somebody wrote anew with one amount changed, and everything behind it made to fit: the very record is named. */
class EditedAmountTest {
    /** Amounts by template and offset behind the message header, as {@code ops/docs/format.md} lists them. */
    private static final Map<Integer, List<Integer>> AMOUNTS = Map.ofEntries(
            Map.entry(131, List.of(16)),
            Map.entry(132, List.of(32)),
            Map.entry(133, List.of(32)),
            Map.entry(134, List.of(24, 32)),
            Map.entry(135, List.of(24)),
            Map.entry(136, List.of(24)),
            Map.entry(152, List.of(24)),
            Map.entry(153, List.of(24)),
            Map.entry(170, List.of(64)),
            Map.entry(171, List.of(16, 24)),
            Map.entry(180, List.of(24, 32)),
            Map.entry(181, List.of(8, 16)),
            Map.entry(182, List.of(8, 16)),
            Map.entry(183, List.of(0, 8)),
            Map.entry(184, List.of(8, 16)));

    private static final int RECORD_HEADER = 80;
    private static final int EVENT_HEADER = 8;

    @TempDir
    private Path temp;

    private final List<byte[]> records = new ArrayList<>();

    @BeforeEach
    void liveOn() throws IOException {
        TownHistory town = new TownHistory(temp.resolve("data")).happen(2).write();
        try (JournalTailer tailer = JournalTailer.open(DataFolder.at(town.folder.root()))) {
            int batches;
            do {
                batches = tailer.poll(
                        (buffer, offset, length) -> BatchRecords.forEach(buffer, offset, 0, (record, at, bytes) -> {
                            byte[] copy = new byte[bytes];
                            record.getBytes(at, copy);
                            records.add(copy);
                        }),
                        64);
            } while (batches > 0);
        }
    }

    @Test
    void shouldNameTheRecordOfEveryAmountThatWasEdited() {
        assertThat(firstWrong()).isNull();
        Set<Integer> edited = new TreeSet<>();
        for (int i = 0; i < records.size(); i++) {
            byte[] record = records.get(i);
            ByteBuffer view = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = RECORD_HEADER; at < record.length; at += EVENT_HEADER + view.getShort(at)) {
                int template = view.getShort(at + 2);
                for (int field : AMOUNTS.getOrDefault(template, List.of())) {
                    edited.add(template);
                    int place = at + EVENT_HEADER + field;
                    long amount = view.getLong(place);
                    for (long other : new long[] {amount + 1, amount - 1, amount + 100_000}) {
                        view.putLong(place, other);
                        assertThat(firstWrong())
                                .as("record %d, event %d, field %d: %d for %d", i + 1, template, field, other, amount)
                                .isEqualTo(i + 1L);
                    }
                    view.putLong(place, amount);
                }
            }
        }
        assertThat(firstWrong()).isNull();
        assertThat(edited).as("events of the town").contains(131, 132, 133, 136, 152, 170, 171, 184);
    }

    /** The record that the books stop at; null when they balance. */
    private @Nullable Long firstWrong() {
        Books books = new Books();
        try {
            for (byte[] record : records) {
                Entry entry = Entry.at(record, 0, record.length);
                assertThat(entry).isNotNull();
                books.onRecord(entry, new Place("memory", 0));
            }
            return null;
        } catch (NotAsWritten wrong) {
            return wrong.firstSequence();
        }
    }
}
