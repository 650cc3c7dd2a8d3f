// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.journal;

import it.socialies.engine.journal.batch.RecordHandler;
import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.MessageHeaderDecoder;
import it.socialies.ops.journal.JournalScan.EventHandler;
import org.agrona.DirectBuffer;

/** Takes the events out of records. Events have no groups, so each ends after its fixed fields. */
final class EventReader implements RecordHandler {
    private final EventHandler handler;
    private final RecordView record = new RecordView();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    EventReader(EventHandler handler) {
        this.handler = handler;
    }

    @Override
    public void onRecord(DirectBuffer buffer, int offset, int length) {
        record.wrap(buffer, offset);
        int position = offset + RecordDescriptor.HEADER_LENGTH;
        int end = offset + length;
        while (position < end) {
            header.wrap(buffer, position);
            int body = position + MessageHeaderDecoder.ENCODED_LENGTH;
            handler.onEvent(record, header, buffer, body);
            position = body + header.blockLength();
        }
    }
}
