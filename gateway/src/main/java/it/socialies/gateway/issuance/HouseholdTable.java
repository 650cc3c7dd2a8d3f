// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.util.List;

/**
 * An amount in cents for each size of a household; the last one holds for all that are larger.
 */
public record HouseholdTable(List<Long> centsBySize) {
    /** The maxima of Sicily's vouchers: 300, 400, 600, 700 and 800 € for one to five and more people. */
    public static final HouseholdTable SICILY =
            new HouseholdTable(List.of(300_00L, 400_00L, 600_00L, 700_00L, 800_00L));

    public HouseholdTable {
        centsBySize = List.copyOf(centsBySize);
        if (centsBySize.isEmpty() || centsBySize.stream().anyMatch(cents -> cents <= 0)) {
            throw new IllegalArgumentException("a table has at least one amount, all above zero");
        }
    }

    /** @param size 1 or more people */
    public long cents(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("a household has at least one member");
        }
        return centsBySize.get(Math.min(size, centsBySize.size()) - 1);
    }
}
