// SPDX-License-Identifier: EUPL-1.2
package it.socialies.fuzzing;

/** How a target says that what must hold does not. Stateless. */
public final class Judgement {
    private Judgement() {}

    /** @throws AssertionError naming what does not hold */
    public static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("not so: " + what);
        }
    }
}
