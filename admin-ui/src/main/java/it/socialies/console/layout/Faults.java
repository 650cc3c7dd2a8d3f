// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.layout;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ErrorHandler;
import it.socialies.console.gateway.GatewayAway;
import it.socialies.console.gateway.GatewayProblem;
import it.socialies.console.login.LoginView;
import it.socialies.console.projection.ProjectionAway;
import it.socialies.console.session.NotLoggedIn;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** What happens when an action on a page that is already open fails: words for the operator, the details in the log, the page stays. */
public final class Faults implements ErrorHandler {
    private static final Logger LOG = LogManager.getLogger(Faults.class);
    private static final int SHOWN_MS = 8_000;

    @Override
    public void error(ErrorEvent event) {
        UI ui = UI.getCurrent();
        Throwable cause = root(event.getThrowable());
        if (cause instanceof NotLoggedIn) {
            if (ui != null) {
                ui.getPage().setLocation(LoginView.ADDRESS_AFTER_EXPIRY);
            }
            return;
        }
        String key = key(cause);
        if (key.equals("fault.internal.message")) {
            LOG.error("not foreseen", event.getThrowable());
        } else {
            LOG.warn("{}", cause.toString());
        }
        if (ui != null) {
            show(ui, key);
        }
    }

    /** The words for a failure. */
    static String key(Throwable failure) {
        return switch (failure) {
            case ProjectionAway away -> away.isTimeout() ? "fault.slow.message" : "fault.projection.message";
            case GatewayAway away -> "fault.gateway.message";
            case GatewayProblem problem -> "fault.gateway.message";
            default -> "fault.internal.message";
        };
    }

    /** The one of our failures that another wraps, or the failure itself. */
    static Throwable root(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof ProjectionAway
                    || each instanceof GatewayAway
                    || each instanceof GatewayProblem
                    || each instanceof NotLoggedIn) {
                return each;
            }
        }
        return failure;
    }

    private static void show(UI ui, String key) {
        Notification notification =
                Notification.show(ui.getTranslation(key), SHOWN_MS, Notification.Position.TOP_CENTER);
        notification.addThemeVariants(NotificationVariant.ERROR);
        notification.setAssertive(true);
    }
}
