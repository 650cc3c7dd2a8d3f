// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.ledger;

import java.util.Locale;

/** A word that the projection writes as a number of the protocol. */
public interface Coded {
    int code();

    String name();

    /** End of the message keys for this word: the name in lower case. */
    default String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The word for a number.
     *
     * @throws IllegalArgumentException when there is none: the projection is newer than this console
     */
    static <E extends Enum<E> & Coded> E of(Class<E> type, int code) {
        for (E each : type.getEnumConstants()) {
            if (each.code() == code) {
                return each;
            }
        }
        throw new IllegalArgumentException(type.getSimpleName() + " " + code);
    }
}
