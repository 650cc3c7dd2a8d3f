// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.login;

import com.vaadin.flow.component.Component;
import it.socialies.console.gateway.GatewayProblem;

/** What it means when the gateway refuses a password or a code, in the operator's language. */
public final class RefusalWords {
    private RefusalWords() {}

    /** For the field that was refused. */
    public static String of(Component page, GatewayProblem problem) {
        return switch (problem.code()) {
            case "invalid_credentials" -> page.getTranslation("login.refusal.password");
            case "second_factor_wrong", "malformed" -> page.getTranslation("login.refusal.code");
            case "second_factor_not_prepared" -> page.getTranslation("login.refusal.not-prepared");
            case "second_factor_unreadable" -> page.getTranslation("login.refusal.unreadable");
            case "password_too_short", "password_too_long", "password_too_weak" ->
                page.getTranslation("login.refusal.weak");
            case "too_many_attempts", "rate_limited" -> throttled(page, problem);
            default -> String.valueOf(problem.getMessage());
        };
    }

    /** How long to wait. */
    static String throttled(Component page, GatewayProblem problem) {
        return page.getTranslation("login.throttled.message", Math.ceilDiv(problem.retryAfterS(), 60L));
    }
}
