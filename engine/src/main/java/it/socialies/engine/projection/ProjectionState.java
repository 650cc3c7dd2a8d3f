// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

/** What the projector is doing. Payments go on in every state. */
public enum ProjectionState {
    /** Connected, and following the journal. */
    RUNNING,
    /** Not connected (yet): tries again by itself. */
    WAITING_FOR_POSTGRES,
    /** Stopped for a reason that trying again does not cure; an operator reads it, cures it and calls {@link Projector#retry}. */
    REFUSED
}
