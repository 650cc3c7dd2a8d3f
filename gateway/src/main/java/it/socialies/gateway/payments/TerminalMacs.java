// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payments;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import it.socialies.gateway.http.Headers;
import it.socialies.gateway.security.Principal;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import it.socialies.gateway.security.TerminalSessions;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Checks that a terminal's request comes from the terminal and not from who found its token: a MAC over method, path, key and body. */
final class TerminalMacs {
    private static final int MAC_TEXT_LENGTH = 43;

    private final TerminalSessions sessions;

    TerminalMacs(TerminalSessions sessions) {
        this.sessions = sessions;
    }

    /**
     * @throws Refusal session_unknown, mac_invalid
     */
    void require(RoutingContext ctx, Principal terminal) {
        String text = ctx.request().getHeader(Headers.TERMINAL_MAC);
        if (text == null || text.length() != MAC_TEXT_LENGTH) {
            throw new Refusal(RefusalCode.MAC_INVALID);
        }
        byte[] mac;
        try {
            mac = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new Refusal(RefusalCode.MAC_INVALID);
        }
        String key = ctx.request().getHeader(Headers.IDEMPOTENCY_KEY);
        String head =
                ctx.request().method().name() + '\n' + ctx.request().path() + '\n' + (key == null ? "" : key) + '\n';
        Buffer body = ctx.body().buffer();
        sessions.requireMac(
                terminal, mac, head.getBytes(StandardCharsets.UTF_8), body == null ? new byte[0] : body.getBytes());
    }
}
