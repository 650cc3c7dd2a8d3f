// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.util.EnumSet;
import java.util.Set;

/** A list that names cards and sums and nobody: which files are one. Stateless. */
final class CardList {
    private static final Set<Column> COLUMNS =
            EnumSet.of(Column.POSITION, Column.APPLICATION, Column.CARD, Column.AMOUNT);

    private CardList() {}

    /** Whether a file with these columns says who it is about by their cards alone. */
    static boolean isIn(Set<Column> columns) {
        return columns.contains(Column.CARD) && COLUMNS.containsAll(columns);
    }
}
