// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture;

import java.io.IOException;

/** One thing that is done to an installation. One thread. */
@FunctionalInterface
interface Misery {
    /**
     * Does it, for as long as it lasts, and takes its cause away again, whatever happens: when this returns, nothing hinders the installation any more. What
     * should have followed and did not is a complaint.
     *
     * @param strength from 0 up to 1, within what is usual for it
     */
    Outcome inflict(double strength) throws IOException, InterruptedException;

    /**
     * What was done.
     *
     * @param kills processes that were killed
     * @param done false when there was no occasion
     * @param complaint what the installation did wrong meanwhile, Italian and English; empty for nothing
     */
    record Outcome(int kills, boolean done, String complaint) {
        static Outcome kills(int kills) {
            return new Outcome(kills, kills > 0, "");
        }

        static Outcome done(String complaint) {
            return new Outcome(0, true, complaint);
        }

        static Outcome noOccasion() {
            return new Outcome(0, false, "");
        }
    }
}
