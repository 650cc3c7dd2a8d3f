// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import it.socialies.engine.protocol.sbe.ResultCode;
import org.agrona.DirectBuffer;

/** What the core decided for one call: the reply must say this and nothing else. */
sealed interface Expected {
    /** The record of this sequence. */
    record Recorded(long sequence) implements Expected {}

    /** An answer that changed nothing. */
    record Answer(long sequence, ResultCode code, DirectBuffer body) implements Expected {}

    /** The key was known: the record of this sequence again, or a refusal when it was another command's. */
    record Duplicate(long sequence) implements Expected {}
}
