// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.settlement.jobs.Background;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Makes the reports that were asked for, one after the other; what is away is waited for. Threading: any event loop. */
final class ReportJob {
    private static final Logger LOG = LogManager.getLogger(ReportJob.class);

    private final ReportStore store;
    private final ReportMaker maker;
    private final Background background;

    ReportJob(Vertx vertx, ReportStore store, ReportMaker maker) {
        this.store = store;
        this.maker = maker;
        background = new Background(vertx, "reports", this::next);
    }

    void start() {
        background.start();
    }

    void wake() {
        background.wake();
    }

    private Future<Boolean> next() {
        return store.due()
                .compose(due -> due.isEmpty()
                        ? Future.succeededFuture(false)
                        : make(due.get()).map(true));
    }

    private Future<Void> make(StoredReport report) {
        return maker.make(report.scope(), report.format())
                .compose(made -> store.made(report.reportId(), made))
                .recover(failure -> {
                    if (failure instanceof ProblemException) {
                        return Future.failedFuture(failure);
                    }
                    LOG.error("report {} cannot be made", report.reportId(), failure);
                    return store.stopped(report.reportId());
                });
    }
}
