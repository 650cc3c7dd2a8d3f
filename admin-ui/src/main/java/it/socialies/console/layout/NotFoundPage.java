// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.layout;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import it.socialies.console.login.LoginView;
import it.socialies.console.session.OperatorSession;
import jakarta.servlet.http.HttpServletResponse;

/** Nothing at this address; also the answer to what the operator may not see, so that nobody learns what exists. Who is not logged in is asked to, whatever the address. */
@AnonymousAllowed
@ParentLayout(MainLayout.class)
public final class NotFoundPage extends FaultPage implements HasErrorParameter<NotFoundException> {
    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
        if (OperatorSession.operator().isEmpty()) {
            event.forwardTo(LoginView.class);
            return HttpServletResponse.SC_UNAUTHORIZED;
        }
        say("fault.not-found.title", "fault.not-found.message");
        return HttpServletResponse.SC_NOT_FOUND;
    }
}
