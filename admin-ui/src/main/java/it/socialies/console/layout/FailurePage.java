// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.layout;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import it.socialies.console.gateway.GatewayAway;
import it.socialies.console.login.LoginView;
import it.socialies.console.projection.ProjectionAway;
import it.socialies.console.session.NotLoggedIn;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** A page could not be opened: because something it reads is away, or for a reason that only the log tells. */
@AnonymousAllowed
@ParentLayout(MainLayout.class)
public final class FailurePage extends FaultPage implements HasErrorParameter<Exception> {
    private static final Logger LOG = LogManager.getLogger(FailurePage.class);

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
        Throwable cause = Faults.root(parameter.getException());
        if (cause instanceof NotLoggedIn) {
            event.forwardTo(LoginView.class);
            return HttpServletResponse.SC_UNAUTHORIZED;
        }
        if (cause instanceof ProjectionAway || cause instanceof GatewayAway) {
            LOG.warn("{}", cause.toString());
            say("fault.away.title", Faults.key(cause));
            return HttpServletResponse.SC_SERVICE_UNAVAILABLE;
        }
        LOG.error("not foreseen", parameter.getException());
        say("fault.internal.title", "fault.internal.message");
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }
}
