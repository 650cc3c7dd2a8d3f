// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.payments;

import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.streams.DownloadEvent;
import com.vaadin.flow.server.streams.DownloadHandler;
import it.socialies.console.names.CircuitNames;
import it.socialies.console.projection.CircuitReader;
import it.socialies.console.projection.ProjectionAway;
import it.socialies.console.session.OperatorSession;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;

/** The file of a search. It is read when it is asked for, in one go, before the first byte leaves: a slow browser keeps no transaction open. */
final class PaymentDownload implements DownloadHandler {
    private static final String CSV = "text/csv; charset=utf-8";

    private final CircuitReader circuit;
    private final PaymentFilter filter;
    private final CircuitNames names;
    private final Locale locale;

    PaymentDownload(CircuitReader circuit, PaymentFilter filter, CircuitNames names, Locale locale) {
        this.circuit = circuit;
        this.filter = filter;
        this.names = names;
        this.locale = locale;
    }

    @Override
    public void handleDownloadRequest(DownloadEvent event) throws IOException {
        if (!isLoggedIn(event.getSession())) {
            event.getResponse().sendError(HttpServletResponse.SC_UNAUTHORIZED, "");
            return;
        }
        byte[] csv;
        try {
            csv = circuit.read(view -> {
                event.setFileName("payments-%d.csv".formatted(view.position().sequence()));
                return PaymentCsv.write(view, PaymentSearch.open(view, filter), names, locale);
            });
        } catch (ProjectionAway e) {
            event.getResponse().sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "");
            return;
        }
        event.setContentType(CSV);
        event.setContentLength(csv.length);
        event.getOutputStream().write(csv);
    }

    private static boolean isLoggedIn(VaadinSession session) {
        session.lock();
        try {
            return OperatorSession.operator(session).isPresent();
        } finally {
            session.unlock();
        }
    }
}
