// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import org.jspecify.annotations.Nullable;

/** What is known of the cards that a list names. Asked by one thread. */
@FunctionalInterface
public interface CardBook {
    /** The card whose code this is; null when it is the code of none: it was mistyped. */
    @Nullable
    NamedCard find(String typed);
}
