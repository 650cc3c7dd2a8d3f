// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

import java.util.ArrayList;
import java.util.List;

/** A payment that may still change: what the events say its totals are, and its holds. Minor units; one thread. */
final class Payment {
    final long drawn;
    long captured;
    long refunded;
    final List<Long> holds = new ArrayList<>(2);

    Payment(long drawn, long captured) {
        this.drawn = drawn;
        this.captured = captured;
    }
}
