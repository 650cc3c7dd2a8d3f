// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.server;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET /health}: the console serves pages. It says nothing of Postgres and the gateway; the pages do, and the gateway's {@code /status}. */
final class Health extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().println("ok");
    }
}
