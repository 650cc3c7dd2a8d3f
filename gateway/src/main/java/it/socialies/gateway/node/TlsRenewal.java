// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import it.socialies.gateway.http.ApiServer;
import it.socialies.gateway.http.TlsCertificate;
import it.socialies.gateway.http.TlsConfig;
import it.socialies.gateway.security.SecretsUnusableException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Looks now and then whether the certificate of HTTPS was renewed, and hands a good one to the servers. A bad one is said once, and the one before goes on. */
final class TlsRenewal {
    private static final Logger LOG = LogManager.getLogger(TlsRenewal.class);

    private final Vertx vertx;
    private final TlsConfig config;
    private final List<ApiServer> servers;
    private volatile TlsCertificate current;
    private String lastComplaint = "";

    TlsRenewal(Vertx vertx, TlsConfig config, TlsCertificate current, List<ApiServer> servers) {
        this.vertx = vertx;
        this.config = config;
        this.current = current;
        this.servers = servers;
    }

    /** Begins to look. */
    void start() {
        vertx.setPeriodic(TimeUnit.SECONDS.toMillis(config.renewalSeconds()), timer -> look());
    }

    /** Seconds until the certificate in use ends. */
    double secondsLeft() {
        return (current.notAfterMs() - System.currentTimeMillis()) / 1e3;
    }

    private void look() {
        vertx.executeBlocking(() -> TlsCertificate.read(config), false)
                .compose(found -> found.isSameAs(current) ? Future.succeededFuture() : take(found))
                .onFailure(this::complain);
    }

    private Future<Void> take(TlsCertificate found) {
        // All servers of a port are one.
        return servers.getFirst().renew(found).map(taken -> {
            current = found;
            lastComplaint = "";
            LOG.info("HTTPS uses the renewed certificate {}", config.certificate());
            return null;
        });
    }

    private void complain(Throwable failure) {
        String complaint = failure instanceof SecretsUnusableException
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getName();
        if (!complaint.equals(lastComplaint)) {
            lastComplaint = complaint;
            LOG.warn("HTTPS stays with the certificate it has: {}", complaint);
        }
    }
}
