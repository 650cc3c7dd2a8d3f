// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

/** A snapshot is damaged, cut short, of a later release, or does not give the state it claims. Whoever reads it goes on without it. */
public final class SnapshotUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SnapshotUnusable(String message) {
        super(message);
    }

    public SnapshotUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}
