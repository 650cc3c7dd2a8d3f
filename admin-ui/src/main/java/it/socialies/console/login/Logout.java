// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.login;

import com.vaadin.flow.component.UI;
import it.socialies.console.session.OperatorSession;

/** The way out. */
public final class Logout {
    private Logout() {}

    /** Sends the browser to the login page, then ends the session: nothing of it is left on the server. */
    public static void now() {
        UI.getCurrent().getPage().setLocation(LoginView.ADDRESS_AFTER_LOGOUT);
        OperatorSession.end();
    }
}
