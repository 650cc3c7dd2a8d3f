// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.client;

import it.socialies.engine.protocol.sbe.ResultCode;
import org.agrona.DirectBuffer;

/**
 * What becomes of one submitted frame: exactly one of the two methods is called, once.
 *
 * <p>Threading: called on the egress thread of the client, which every other reply of the gateway waits for; copy what is needed (the buffer is
 * the ring's) and hand over. An exception is counted and reported, and concerns no other reply.
 */
public interface ReplyHandler {

    /**
     * The answer. Everything up to {@code sequence} is durable.
     *
     * @param kind one of the kinds in {@code ReplyFrameDescriptor}
     * @param body RECORD and RECORD_HIT: the record; ANSWER: zero or more messages
     */
    void onReply(int kind, ResultCode code, long sequence, DirectBuffer body, int offset, int length);

    /** No answer in time, or the client was closed: the outcome is unknown. Ask again with the same key. */
    void onTimeout();
}
