// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import it.socialies.engine.core.ClearingCore;
import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.core.CoreService;
import it.socialies.engine.model.AuditedCore;
import it.socialies.engine.model.AuditedTown;
import it.socialies.engine.model.InputHistory;
import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.ReplyFrameDescriptor;
import it.socialies.engine.protocol.sbe.MessageHeaderEncoder;
import it.socialies.engine.workload.CommandMix;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/** The people of a town, what they ask for, and the core that serves them, which a naive model audits. One thread. */
final class Town {
    /** A gateway sends nothing shorter: a frame has a message, which has a header. */
    private static final int LENGTH_MIN = CommandFrameDescriptor.MESSAGE_OFFSET + MessageHeaderEncoder.ENCODED_LENGTH;

    private final CommandMix mix;
    private final CoreLimits limits;
    private final InputHistory history = new InputHistory();
    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer(CommandFrameDescriptor.MAX_FRAME_LENGTH);
    private @Nullable AuditedCore core;

    Town(SplittableRandom random) {
        limits = AuditedTown.limits(random);
        mix = new CommandMix(random);
    }

    /** A core for a process that serves: whatever it gives out, or replays, is what the model says. */
    CoreService newAuditedCore(long layoutSeed) {
        AuditedCore audited = new AuditedCore(newCore(layoutSeed), limits, history);
        core = audited;
        return audited;
    }

    /** A core for whoever only replays what was audited. */
    CoreService newCore(long layoutSeed) {
        return new ClearingCore(limits, layoutSeed);
    }

    /** What was made behind this record is gone. */
    void recovered(long sequence) {
        history.truncateAfter(sequence);
    }

    /**
     * The next command of somebody.
     *
     * @param wallMs the sender's clock; the offset of a sandbox comes on top, since clients ask the node for the time
     */
    Call next(long wallMs) {
        AuditedCore served = core;
        long timeMs = wallMs + (served == null ? 0 : served.clockOffsetMs());
        int length = mix.next(timeMs, 0, buffer, 0);
        while (length < LENGTH_MIN) {
            length = mix.next(timeMs, 0, buffer, 0);
        }
        return Call.of(buffer, 0, length);
    }

    /** Somebody hears what came of a command. */
    void learn(int kind, DirectBuffer body, int offset, int length) {
        if (kind == ReplyFrameDescriptor.KIND_RECORD || kind == ReplyFrameDescriptor.KIND_RECORD_HIT) {
            mix.learn(body, offset, length);
        }
    }

    /** Holds the books of the model against the totals of the core. */
    void compareTotals() {
        AuditedCore served = core;
        if (served != null) {
            served.compareTotals();
        }
    }
}
