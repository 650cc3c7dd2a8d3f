// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.town;

import java.util.Set;

/** A programme to be set up: who pays, which trades it admits, how long its vouchers last. */
public record ProgrammePlan(Funder funder, String name, Set<String> categories, int validDays) {
    /** Who gives the money. */
    public enum Funder {
        REGION,
        MUNICIPALITY
    }

    public boolean admits(Shop shop) {
        return categories.contains(shop.category());
    }
}
