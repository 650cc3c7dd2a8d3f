// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import java.io.PrintStream;

/** A step that was done is one line; one that went otherwise ends the run. */
final class Told {
    private final PrintStream out;

    Told(PrintStream out) {
        this.out = out;
    }

    void done(String italian, String english) {
        out.println(italian + " | " + english);
    }

    /** @throws ScenarioFailed unless {@code expected} is what is there */
    static void require(Object actual, Object expected, String what) {
        if (!expected.equals(actual)) {
            throw new ScenarioFailed(what + ": atteso | expected " + expected + ", trovato | found " + actual);
        }
    }
}
