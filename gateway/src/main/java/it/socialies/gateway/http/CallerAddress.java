// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from. Who connects is believed; what it says of others only when it is a proxy of our own, and then no further back than the first that is
 * none. The console is one: it logs operators in for browsers elsewhere, and without this they all would be one caller. Immutable.
 */
final class CallerAddress {
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

    private final Set<String> trustedProxies;

    /** @param trustedProxies numeric addresses */
    CallerAddress(List<String> trustedProxies) {
        this.trustedProxies = Set.copyOf(trustedProxies);
    }

    /** The numeric address of a request. */
    String of(HttpServerRequest request) {
        return of(request.remoteAddress().hostAddress(), request.headers().getAll(FORWARDED_FOR));
    }

    /** Whether it came over TLS: to us, or to a proxy of ours that says so. */
    boolean isSecure(HttpServerRequest request) {
        return request.isSSL()
                || (trustedProxies.contains(request.remoteAddress().hostAddress())
                        && "https".equalsIgnoreCase(request.getHeader(FORWARDED_PROTO)));
    }

    String of(String peer, List<String> forwardedFor) {
        String caller = peer;
        String[] hops = String.join(",", forwardedFor).split(",");
        for (int i = hops.length - 1; i >= 0 && trustedProxies.contains(caller); i--) {
            String hop = numeric(hops[i].strip());
            if (hop == null) {
                return caller;
            }
            caller = hop;
        }
        return caller;
    }

    private static @Nullable String numeric(String text) {
        return NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text) ? text : null;
    }
}
