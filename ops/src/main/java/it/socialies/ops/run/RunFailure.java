// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.run;

/** Something the person at the terminal can cure: its message is the one line to print, with the remedy. */
public final class RunFailure extends RuntimeException {
    public RunFailure(String italian, String english) {
        super(italian + " | " + english);
    }

    public RunFailure(String italian, String english, Throwable cause) {
        super(italian + " | " + english, cause);
    }
}
