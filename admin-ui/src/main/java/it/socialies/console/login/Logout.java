// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.login;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.shared.communication.PushMode;
import it.socialies.console.session.OperatorSession;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way out, in two steps. First the operator is forgotten and the page lets go of its push connection; then the browser comes here and the session ends. In one step, the
 * connection that ends with the session would be sought again, under a session of its own, while the browser is on its way to the login page: which would lose its session.
 */
public final class Logout extends HttpServlet {
    public static final String PATH = "/logout";

    /** Why somebody is logged out; the login page says it. */
    public enum Reason {
        OUT,
        PASSWORD_CHANGED,
        SECOND_FACTOR;

        /** As in the address of the login page. */
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The reason that an address names; any other word is none of ours. */
        static Reason of(@Nullable String word) {
            return Stream.of(values())
                    .filter(reason -> reason.word().equals(word))
                    .findFirst()
                    .orElse(OUT);
        }
    }

    /** Forgets the operator of this page's session and sends the browser to the second step. */
    public static void begin(Reason reason) {
        OperatorSession.forget();
        UI ui = UI.getCurrent();
        ui.getPushConfiguration().setPushMode(PushMode.DISABLED);
        ui.getPage().setLocation(PATH + "?" + reason.word());
    }

    /** Ends the session with all its pages. Another site cannot ask for it: the cookie does not come along from there. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        response.setHeader("Cache-Control", "no-store");
        response.setHeader(
                "Location",
                LoginView.ADDRESS + Reason.of(request.getQueryString()).word());
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    }
}
