// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.ranking;

import java.time.LocalDateTime;
import java.util.Comparator;

/** Published rules for applications with the same score: who comes first. */
public enum TieBreaker {
    MORE_MINORS,
    MORE_DISABLED,
    LARGER_HOUSEHOLD,
    EARLIER_APPLICATION;

    Comparator<Application> order() {
        return switch (this) {
            case MORE_MINORS -> Comparator.comparingInt(Application::minors).reversed();
            case MORE_DISABLED -> Comparator.comparingInt(Application::disabled).reversed();
            case LARGER_HOUSEHOLD ->
                Comparator.comparingInt(Application::householdSize).reversed();
            case EARLIER_APPLICATION ->
                Comparator.comparing(
                        Application::submitted, Comparator.nullsLast(Comparator.<LocalDateTime>naturalOrder()));
        };
    }
}
