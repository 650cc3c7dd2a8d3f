// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Output frames that wait for the sync of their batch, in the order of the core. Bounded, reused, allocates nothing.
 *
 * <p>Layout: length (4), message type (4), frame, aligned to 8; repeated. Threading: the log thread.
 */
final class HeldReplies {
    private static final int HEADER_LENGTH = 8;

    private final UnsafeBuffer buffer;
    private int end;

    HeldReplies(int capacityBytes) {
        if (capacityBytes < spaceOf(OutputFrameDescriptor.MAX_LENGTH)) {
            throw new IllegalArgumentException("too small for one output frame: " + capacityBytes);
        }
        buffer = new UnsafeBuffer(new byte[capacityBytes]);
    }

    boolean hasRoomFor(int frameLength) {
        return end + spaceOf(frameLength) <= buffer.capacity();
    }

    /** Bytes held now. */
    int bytes() {
        return end;
    }

    void hold(int type, DirectBuffer frame, int offset, int length) {
        buffer.putInt(end, length);
        buffer.putInt(end + 4, type);
        buffer.putBytes(end + HEADER_LENGTH, frame, offset, length);
        end += spaceOf(length);
    }

    /** Hands over everything held, in order, and forgets it. */
    void release(FrameHandler handler) {
        for (int at = 0; at < end; ) {
            int length = buffer.getInt(at);
            handler.onFrame(buffer.getInt(at + 4), buffer, at + HEADER_LENGTH, length);
            at += spaceOf(length);
        }
        end = 0;
    }

    private static int spaceOf(int length) {
        return BitUtil.align(HEADER_LENGTH + length, 8);
    }

    /** Takes one output frame; the buffer is valid during the call. */
    @FunctionalInterface
    interface FrameHandler {
        void onFrame(int type, DirectBuffer buffer, int offset, int length);
    }
}
