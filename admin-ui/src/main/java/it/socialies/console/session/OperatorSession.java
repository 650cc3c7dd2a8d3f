// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.session;

import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinSession;
import java.time.Duration;
import java.util.Optional;

/** The operator of a session of the browser, kept on the server until the token ends. Used with the session locked, as Vaadin does. */
public final class OperatorSession {
    private final Operator operator;
    private final long endsNs;

    private OperatorSession(Operator operator) {
        this.operator = operator;
        endsNs = System.nanoTime()
                + Duration.ofSeconds(operator.token().expiresInS()).toNanos();
    }

    /** Makes an operator the one of this session, under a new session id: what an attacker may have planted before is worth nothing. */
    public static void begin(Operator operator) {
        VaadinService.reinitializeSession(VaadinRequest.getCurrent());
        VaadinSession.getCurrent().setAttribute(OperatorSession.class, new OperatorSession(operator));
    }

    /** Who is logged in; empty also once the token has ended. */
    public static Optional<Operator> operator() {
        return operator(VaadinSession.getCurrent());
    }

    /** The same for a session at hand. */
    public static Optional<Operator> operator(VaadinSession session) {
        OperatorSession current = session.getAttribute(OperatorSession.class);
        return current == null || System.nanoTime() - current.endsNs >= 0
                ? Optional.empty()
                : Optional.of(current.operator);
    }

    /** Whether somebody was logged in whose token has ended. */
    public static boolean isExpired() {
        return VaadinSession.getCurrent().getAttribute(OperatorSession.class) != null
                && operator().isEmpty();
    }

    /**
     * Who is logged in, where nobody else can come.
     *
     * @throws NotLoggedIn otherwise
     */
    public static Operator required() {
        return operator().orElseThrow(NotLoggedIn::new);
    }

    /** Nobody is logged in any more, on no page of this session. */
    public static void forget() {
        VaadinSession.getCurrent().setAttribute(OperatorSession.class, null);
    }
}
