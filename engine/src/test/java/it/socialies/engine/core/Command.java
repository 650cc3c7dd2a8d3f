// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import org.agrona.MutableDirectBuffer;

/** A command or query as it stands in a frame: header and message. */
@FunctionalInterface
public interface Command {
    /** Writes the message and gives its length in bytes. */
    int write(MutableDirectBuffer buffer, int offset);
}
