// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation.disk;

/** The simulated process ended in the middle of an operation of the disk. An error, so that no code of the product takes it for a fault it can cure. */
public final class ProcessDied extends Error {
    private static final long serialVersionUID = 1L;

    ProcessDied() {
        super("simulated: the process died here", null, false, false);
    }
}
