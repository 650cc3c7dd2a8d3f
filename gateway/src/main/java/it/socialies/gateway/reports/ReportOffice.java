// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import io.vertx.core.Vertx;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.KeyedHash;

/** Reports, wired top to bottom. */
public final class ReportOffice {
    private static final int PENDING_MAX = 4;

    private final ReportJob job;
    private final Resource resource;

    /** @param codes makes the codes of publication lists */
    public ReportOffice(
            Vertx vertx,
            OfficeDatabase office,
            OfficeDesk desk,
            Projection projection,
            KeyedHash codes,
            InstallationClock clock) {
        ReportStore store = new ReportStore(office);
        BoundedWorker worker = new BoundedWorker(vertx, "ies-reports", 1, PENDING_MAX);
        job = new ReportJob(vertx, store, new ReportMaker(office, projection, new PublicationCode(codes), worker));
        resource = new Reports(store, job, new Records(projection), desk, clock);
    }

    /** Begins to make what was asked for. */
    public void start() {
        job.start();
    }

    public Resource resource() {
        return resource;
    }
}
