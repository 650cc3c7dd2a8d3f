// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.List;

/** What must come out of a core for one input, as plain values. */
public sealed interface Outcome {

    /** Nothing: a tick with nothing to do. */
    record Nothing() implements Outcome {}

    /** A record with its header and its events, in order. */
    record Recorded(
            long sequence,
            long stampMs,
            int epochDay,
            ResultCode outcome,
            Frame.Key key,
            long fingerprintHi,
            long fingerprintLo,
            int principalKind,
            long principalId,
            int circuitId,
            int templateId,
            List<Message> events)
            implements Outcome {}

    /** A view, a dry run or a refusal that nobody journals; it holds at {@code sequence}. */
    record Answered(long sequence, ResultCode code, List<Message> views) implements Outcome {}

    /** The key is known as the record of this sequence. */
    record Duplicate(long sequence) implements Outcome {}
}
