// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.journal;

import it.socialies.engine.journal.batch.RecordHandler;
import it.socialies.engine.protocol.sbe.MessageHeaderDecoder;
import it.socialies.ops.data.DataFolder;
import java.io.PrintStream;
import java.util.UUID;
import org.agrona.DirectBuffer;

/** Prints a journal for people: a line for each record, an indented one for each of its events. */
public final class JournalPrinter {
    private static final UUID NO_KEY = new UUID(0, 0);

    private final PrintStream out;
    private final Vocabulary vocabulary = new Vocabulary();
    private final RecordView view = new RecordView();
    private long printed;

    public JournalPrinter(PrintStream out) {
        this.out = out;
    }

    /** Prints {@code limit} records from sequence {@code from} on; returns how many there were. */
    public long print(DataFolder folder, long from, long limit) {
        RecordHandler events = new EventReader(this::printEvent);
        JournalScan.of(folder).recordsUntilEnd((buffer, offset, length) -> {
            view.wrap(buffer, offset);
            if (view.sequence() >= from && printed < limit) {
                printed++;
                printRecord();
                events.onRecord(buffer, offset, length);
            }
        });
        out.flush();
        return printed;
    }

    private void printRecord() {
        String who = view.principalKind() + (view.principalId() == 0 ? "" : " " + view.principalId());
        String key = view.key().equals(NO_KEY) ? "" : " key " + view.key();
        String circuit = view.circuitId() == 0 ? "" : " circuit " + view.circuitId();
        out.println(view.sequence() + " " + view.time() + " " + vocabulary.command(view.commandTemplateId()) + " "
                + view.outcome() + " by " + who + circuit + key);
    }

    private void printEvent(RecordView record, MessageHeaderDecoder header, DirectBuffer buffer, int offset) {
        out.println("    " + vocabulary.event(header, buffer, offset));
    }
}
