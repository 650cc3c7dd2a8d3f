// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.audit;

import java.io.IOException;

/** A file that should hold a checkpoint, or the keys for it, holds none: nothing was proven, in either direction. */
public final class CheckpointUnusable extends IOException {
    private static final long serialVersionUID = 1L;

    CheckpointUnusable(String message) {
        super(message);
    }

    CheckpointUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}
