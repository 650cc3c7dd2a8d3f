// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import org.jspecify.annotations.Nullable;

/** What is known of the cards that a list names. Asked by one thread. */
@FunctionalInterface
public interface CardBook {
    /** The card whose number this is; null when it is not written like the number of a card. */
    @Nullable
    NamedCard find(String typed);
}
