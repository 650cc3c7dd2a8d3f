// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.tills;

import io.vertx.core.Future;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.security.InstallationClock;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Documents that come with their sale. A sale needs no Postgres, so it does not wait for long: what could not be kept is told again later. Threading: any event loop. */
public final class DocumentsOfSales {
    private static final Logger LOG = LogManager.getLogger(DocumentsOfSales.class);
    private static final long WAIT_MAX_MS = 500;

    private final OfficeDatabase office;
    private final InstallationClock clock;

    public DocumentsOfSales(OfficeDatabase office, InstallationClock clock) {
        this.office = office;
        this.clock = clock;
    }

    /**
     * A document is not of tomorrow.
     *
     * @throws it.socialies.gateway.api.ProblemException invalid_field
     */
    public void requireBegun(FiscalDocument document) {
        TillDay.begun("/fiscal_document/date", document.date().toString(), clock.nowMs());
    }

    /** Whether it is kept; fails never. */
    public Future<Boolean> keep(
            int circuitId,
            long outletId,
            long paymentId,
            FiscalDocument document,
            long terminalId,
            long soldMs,
            final long sequence) {
        return office.inTransaction(connection -> DayStore.lock(connection, outletId)
                        .compose(locked -> FiscalDocuments.requireOpen(connection, outletId, soldMs, sequence))
                        .compose(open -> DayStore.tell(
                                connection, circuitId, outletId, paymentId, document, terminalId, clock.nowMs())))
                .map(true)
                .timeout(WAIT_MAX_MS, TimeUnit.MILLISECONDS)
                .otherwise(failure -> {
                    LOG.warn("the document of a sale is not kept: {}", failure.getMessage());
                    return false;
                });
    }
}
