// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.ranking;

import java.time.LocalDateTime;
import java.util.Comparator;

/** Published rules for applications with the same score: who comes first. */
public enum TieBreaker {
    MORE_MINORS(Comparator.comparingInt(Application::minors).reversed()),
    MORE_DISABLED(Comparator.comparingInt(Application::disabled).reversed()),
    LARGER_HOUSEHOLD(Comparator.comparingInt(Application::householdSize).reversed()),
    EARLIER_APPLICATION(Comparator.comparing(
            Application::submitted, Comparator.nullsLast(Comparator.<LocalDateTime>naturalOrder())));

    private final Comparator<Application> order;

    TieBreaker(Comparator<Application> order) {
        this.order = order;
    }

    Comparator<Application> order() {
        return order;
    }
}
