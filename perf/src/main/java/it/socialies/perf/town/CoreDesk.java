// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.town;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.core.CoreOutput;
import it.socialies.engine.core.CoreService;
import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The core alone, without host, journal or clock: time is what the caller makes it. One thread.
 */
public final class CoreDesk implements Desk, CoreOutput {
    private final CoreService core;
    private final Keys keys = new Keys(1);
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[CommandFrameDescriptor.MAX_FRAME_LENGTH]);
    private long nowMs;
    private @Nullable ResultCode outcome;
    private @Nullable Events record;
    private boolean wantsRecord;

    /** @param startMs milliseconds since the epoch */
    public CoreDesk(CoreService core, long startMs) {
        this.core = core;
        this.nowMs = startMs;
    }

    @Override
    public void submit(Principal who, Message message, Consumer<Events> onRecord) {
        int length = writeFrame(frame, 0, who, keys.next(nowMs), message);
        outcome = null;
        record = null;
        wantsRecord = true;
        core.onCommand(nowMs, epochDay(), frame, 0, length, this);
        wantsRecord = false;
        if (outcome != ResultCode.OK || record == null) {
            throw new IllegalStateException("refused: " + outcome);
        }
        onRecord.accept(record);
    }

    /** Writes a command frame as the pipeline hands it to the core; returns its length in bytes. */
    public static int writeFrame(UnsafeBuffer to, int offset, Principal who, Keys key, Message message) {
        to.setMemory(offset, CommandFrameDescriptor.MESSAGE_OFFSET, (byte) 0);
        to.putByte(offset + CommandFrameDescriptor.PRINCIPAL_KIND_OFFSET, (byte)
                who.kind().value());
        to.putLong(offset + CommandFrameDescriptor.PRINCIPAL_ID_OFFSET, who.id(), LITTLE_ENDIAN);
        to.putInt(offset + CommandFrameDescriptor.CIRCUIT_ID_OFFSET, who.circuitId(), LITTLE_ENDIAN);
        writeKey(to, offset, key);
        return CommandFrameDescriptor.MESSAGE_OFFSET
                + message.write(to, offset + CommandFrameDescriptor.MESSAGE_OFFSET);
    }

    /** Gives a frame another key. */
    public static void writeKey(UnsafeBuffer frame, int offset, Keys key) {
        frame.putLong(offset + CommandFrameDescriptor.KEY_HI_OFFSET, key.hi(), LITTLE_ENDIAN);
        frame.putLong(offset + CommandFrameDescriptor.KEY_LO_OFFSET, key.lo(), LITTLE_ENDIAN);
    }

    /** Lets time pass, and the core do all that has become due. */
    public void pass(long ms) {
        nowMs += ms;
        while (core.onTick(nowMs, epochDay(), this)) {
            // until nothing is due
        }
    }

    @Override
    public void await() {
        // Every command was answered when submit returned.
    }

    @Override
    public long nowMs() {
        return nowMs;
    }

    /** Days since the epoch; which calendar makes no difference to what is measured. */
    public int epochDay() {
        return (int) TimeUnit.MILLISECONDS.toDays(nowMs);
    }

    @Override
    public void onRecord(long sequence, ResultCode code, DirectBuffer buffer, int offset, int length) {
        outcome = code;
        if (wantsRecord) {
            record = new Events(buffer, offset, length);
        }
    }

    @Override
    public void onAnswer(long sequence, ResultCode code, DirectBuffer buffer, int offset, int length) {
        outcome = code;
    }

    @Override
    public void onDuplicate(long sequence) {
        throw new IllegalStateException("a new key is known since sequence " + sequence);
    }
}
