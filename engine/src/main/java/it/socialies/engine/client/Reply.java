// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.client;

import it.socialies.engine.protocol.sbe.ResultCode;
import org.agrona.DirectBuffer;

/**
 * A reply copied off its ring, for callers that wait.
 *
 * @param kind one of the kinds in {@code ReplyFrameDescriptor}
 * @param sequence everything up to it is durable
 * @param body RECORD and RECORD_HIT: the record; ANSWER: zero or more messages
 */
public record Reply(int kind, ResultCode code, long sequence, DirectBuffer body) {}
