// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the HTTP server.
 *
 * @param host address to listen on
 * @param port 0 = any free one
 * @param eventLoops server instances, one event loop each
 * @param bodyLimitBytes longest body of an ordinary request
 * @param batchBodyLimitBytes longest body of top-ups and payment batches
 * @param idleTimeoutSeconds a connection that is silent for so long is closed
 * @param headTimeoutSeconds a new connection sends its first request within so long
 * @param bodyTimeoutSeconds a request's body comes within so long
 * @param addressRequestsMax requests without a good token that one address may send in {@code rateWindowSeconds}
 * @param principalRequestsMax requests that one principal may send in {@code rateWindowSeconds}
 * @param blockRequestsMax blocks of cards that one principal may send in {@code rateWindowSeconds}, beside the others
 * @param rateWindowSeconds in which an empty allowance fills again, evenly
 * @param tls HTTPS beside it; null = none
 * @param trustedProxies numeric addresses of proxies that say whom they pass on
 * @param metricsPublic whether metrics are answered to others than this machine
 */
public record HttpConfig(
        String host,
        int port,
        int eventLoops,
        int bodyLimitBytes,
        int batchBodyLimitBytes,
        int idleTimeoutSeconds,
        int headTimeoutSeconds,
        int bodyTimeoutSeconds,
        int addressRequestsMax,
        int principalRequestsMax,
        int blockRequestsMax,
        int rateWindowSeconds,
        @Nullable TlsConfig tls,
        List<String> trustedProxies,
        boolean metricsPublic) {}
