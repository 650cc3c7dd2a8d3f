// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.client;

import java.io.IOException;

/** The gateway no longer answers: what was sent last may or may not have happened. */
public final class NodeGone extends RuntimeException {
    NodeGone(String gateway, IOException cause) {
        super("The gateway at " + gateway + " does not answer", cause);
    }
}
