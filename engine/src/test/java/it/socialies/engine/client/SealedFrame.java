// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.client;

import org.agrona.DirectBuffer;

/** Shows what a client put on the command ring. */
public final class SealedFrame {
    private SealedFrame() {}

    /** The frame as it was last submitted; valid until it is written again. */
    public static DirectBuffer of(CommandFrame submitted) {
        return submitted.buffer();
    }
}
