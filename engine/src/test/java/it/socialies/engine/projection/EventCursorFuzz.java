// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import static it.socialies.fuzzing.Judgement.require;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.MessageHeaderDecoder;
import it.socialies.fuzzing.FuzzTarget;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Any bytes where a record's events should be: the cursor ends, stays inside the record, and gives all of it or refuses. */
public final class EventCursorFuzz implements FuzzTarget {
    private final EventCursor cursor = new EventCursor();

    @Override
    public void test(byte[] input) {
        // Exactly as long as the record, so that a step beyond it cannot go unseen.
        UnsafeBuffer record = new UnsafeBuffer(new byte[RecordDescriptor.HEADER_LENGTH + input.length]);
        record.putInt(RecordDescriptor.LENGTH_OFFSET, record.capacity(), LITTLE_ENDIAN);
        record.putBytes(RecordDescriptor.HEADER_LENGTH, input);
        cursor.wrap(record, 0, record.capacity());
        int end = RecordDescriptor.HEADER_LENGTH;
        int events = 0;
        try {
            while (cursor.next()) {
                require(
                        cursor.offset() == end + MessageHeaderDecoder.ENCODED_LENGTH,
                        "events lie one behind the other");
                require(cursor.index() == events++, "events are counted");
                end = cursor.offset() + cursor.blockLength();
                require(end <= record.capacity(), "an event ends in its record");
                require(cursor.templateId() >= 0 && cursor.version() >= 0, "fields are unsigned");
            }
            require(end == record.capacity(), "nothing is left over");
        } catch (ProjectionRefused e) {
            require(end < record.capacity(), "there is something to refuse");
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int[] blocks : new int[][] {{0}, {33}, {33, 8}, {8, 0, 89}, {65_535}}) {
            int length = 0;
            for (int block : blocks) {
                length += MessageHeaderDecoder.ENCODED_LENGTH + Math.min(block, 100);
            }
            UnsafeBuffer events = new UnsafeBuffer(new byte[length]);
            int at = 0;
            for (int block : blocks) {
                events.putShort(at, (short) block, LITTLE_ENDIAN);
                events.putShort(at + 2, (short) 131, LITTLE_ENDIAN);
                events.putShort(at + 4, (short) 4915, LITTLE_ENDIAN);
                at += MessageHeaderDecoder.ENCODED_LENGTH + Math.min(block, 100);
            }
            seeds.add(events.byteArray());
        }
        return seeds;
    }
}
