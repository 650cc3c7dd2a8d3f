// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import it.socialies.engine.protocol.RecordDescriptor;

/**
 * Layout of what the core thread hands to the log thread. In memory only, little-endian.
 *
 * <pre>
 *  0  8    correlationId, 0 for a tick
 *  8  8+8  key of the command
 * 24  8+8  fingerprint of the command
 * 40  8    sequence: RECORD its own, ANSWER the one it holds at, DUPLICATE the one that answers
 * 48  2    gatewayId, 0xFFFF for a tick
 * 50  2    code
 * 52  4    reserved
 * 56  …    RECORD: the record; ANSWER: messages; DUPLICATE: nothing
 * </pre>
 */
final class OutputFrameDescriptor {
    /** Message types of the output ring. */
    static final int RECORD = 1;

    static final int ANSWER = 2;
    static final int DUPLICATE = 3;

    static final int CORRELATION_ID_OFFSET = 0;
    static final int KEY_HI_OFFSET = 8;
    static final int KEY_LO_OFFSET = 16;
    static final int FINGERPRINT_HI_OFFSET = 24;
    static final int FINGERPRINT_LO_OFFSET = 32;
    static final int SEQUENCE_OFFSET = 40;
    static final int GATEWAY_ID_OFFSET = 48;
    static final int CODE_OFFSET = 50;
    static final int BODY_OFFSET = 56;

    /** Nobody waits for an answer. */
    static final int NO_GATEWAY = 0xFFFF;

    /** No output frame is longer. */
    static final int MAX_LENGTH = BODY_OFFSET + RecordDescriptor.MAX_RECORD_LENGTH;

    private OutputFrameDescriptor() {}
}
