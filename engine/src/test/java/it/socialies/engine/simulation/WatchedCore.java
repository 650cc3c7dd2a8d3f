// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.core.CoreOutput;
import it.socialies.engine.core.CoreService;
import it.socialies.engine.core.collections.StateReader;
import it.socialies.engine.model.ForwardingCore;
import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.ResultCode;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A core whose records, answers and hashes the world outside notes, and compares when they come back in a replay. */
final class WatchedCore extends ForwardingCore {
    private final RecordBook book;
    private final Decisions decisions;
    private final Watch watch = new Watch();

    WatchedCore(CoreService core, RecordBook book, Decisions decisions) {
        super(core);
        this.book = book;
        this.decisions = decisions;
    }

    @Override
    public void onCommand(
            long timestampMs, int epochDay, DirectBuffer buffer, int offset, int length, CoreOutput output) {
        int gatewayId = buffer.getShort(offset + CommandFrameDescriptor.GATEWAY_ID_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
        long correlationId = buffer.getLong(offset + CommandFrameDescriptor.CORRELATION_ID_OFFSET, LITTLE_ENDIAN);
        watch.begin(output);
        core.onCommand(timestampMs, epochDay, buffer, offset, length, watch);
        decisions.put(gatewayId, correlationId, watch.decision());
    }

    @Override
    public boolean onTick(long timestampMs, int epochDay, CoreOutput output) {
        watch.begin(output);
        return core.onTick(timestampMs, epochDay, watch);
    }

    @Override
    public void onClockSuspected(long fromMs, long toMs, int epochDay, CoreOutput output) {
        watch.begin(output);
        core.onClockSuspected(fromMs, toMs, epochDay, watch);
    }

    @Override
    public void onRecord(DirectBuffer buffer, int offset, int length) {
        long sequence = buffer.getLong(offset + RecordDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN);
        book.replayed(sequence, buffer, offset, length);
        core.onRecord(buffer, offset, length);
        book.requireHashes("a replayed core", sequence, core.coreHash(), core.ledgerHash());
    }

    @Override
    public void restoreFrom(StateReader reader) {
        core.restoreFrom(reader);
        book.requireHashes("a restored core", core.lastSequence(), core.coreHash(), core.ledgerHash());
    }

    private final class Watch implements CoreOutput {
        private CoreOutput output;
        private Expected decision;

        @SuppressWarnings("NullAway") // set by begin, before every use
        private Watch() {}

        @SuppressWarnings("NullAway") // a decision is set by exactly one call
        private void begin(CoreOutput to) {
            output = to;
            decision = null;
        }

        private Expected decision() {
            return decision;
        }

        @Override
        public void onRecord(long sequence, ResultCode outcome, DirectBuffer buffer, int offset, int length) {
            // The core has applied what it gives out, so these are the hashes behind it.
            book.made(sequence, buffer, offset, length, core.coreHash(), core.ledgerHash());
            decision = new Expected.Recorded(sequence);
            output.onRecord(sequence, outcome, buffer, offset, length);
        }

        @Override
        public void onAnswer(long sequence, ResultCode code, DirectBuffer buffer, int offset, int length) {
            byte[] body = new byte[length];
            buffer.getBytes(offset, body);
            decision = new Expected.Answer(sequence, code, new UnsafeBuffer(body));
            output.onAnswer(sequence, code, buffer, offset, length);
        }

        @Override
        public void onDuplicate(long sequence) {
            decision = new Expected.Duplicate(sequence);
            output.onDuplicate(sequence);
        }
    }
}
