// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.protocol.sbe.ResultCode;
import org.agrona.DirectBuffer;

/** Where the core puts what came of a command: exactly one call each. Implementations copy; the buffers are the core's. */
public interface CoreOutput {

    /** A record: it must become durable before anybody hears of it. Layout: {@code RecordDescriptor}. */
    void onRecord(long sequence, ResultCode outcome, DirectBuffer buffer, int offset, int length);

    /** An answer that changes nothing (a view, a dry run, a refusal); it may leave once {@code sequence} is durable. */
    void onAnswer(long sequence, ResultCode code, DirectBuffer buffer, int offset, int length);

    /** The key is known: the answer is the record of this sequence, re-read off the core thread. */
    void onDuplicate(long sequence);
}
