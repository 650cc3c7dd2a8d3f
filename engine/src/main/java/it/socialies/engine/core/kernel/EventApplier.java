// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.kernel;

import org.agrona.DirectBuffer;

/**
 * Changes the state by one event, in the live run and in replay alike. An applier computes no price, eligibility or rounding: the event
 * carries the result.
 */
public interface EventApplier {

    /**
     * Applies one event.
     *
     * @param templateId template of the message
     * @param offset offset of the message body, behind its SBE header
     * @param blockLength length of the root block, from the SBE header
     * @param version schema version the event was written with
     */
    void apply(int templateId, DirectBuffer buffer, int offset, int blockLength, int version, RecordContext record);
}
