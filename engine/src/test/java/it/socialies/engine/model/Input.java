// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import java.util.HexFormat;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Something that entered a core, copied, so that the model can live through it again. */
public sealed interface Input {
    /** Lets the model live through it. */
    Outcome enter(NaiveCore model);

    /**
     * A command frame with the stamp it was given.
     *
     * @param bytes the frame in hexadecimal digits when it holds no message, for whoever wants to know why; empty otherwise
     */
    record Command(long stampMs, int epochDay, Frame frame, String bytes) implements Input {
        static Command copyOf(long stampMs, int epochDay, DirectBuffer buffer, int offset, int length) {
            byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            Frame frame = Frame.read(new UnsafeBuffer(bytes), 0, length);
            return new Command(
                    stampMs,
                    epochDay,
                    frame,
                    frame.command() == null ? HexFormat.of().formatHex(bytes) : "");
        }

        @Override
        public Outcome enter(NaiveCore model) {
            return model.onCommand(stampMs, epochDay, frame);
        }
    }

    /** A tick. */
    record Tick(long stampMs, int epochDay) implements Input {
        @Override
        public Outcome enter(NaiveCore model) {
            return model.onTick(stampMs, epochDay);
        }
    }

    /** The host's doubt about the clock. */
    record ClockSuspicion(long fromMs, long toMs, int epochDay) implements Input {
        @Override
        public Outcome enter(NaiveCore model) {
            return model.onClockSuspected(fromMs, toMs, epochDay);
        }
    }
}
