// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.reconciliations;

import io.vertx.core.Vertx;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeRequests;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.settlement.orders.OrderedPayments;
import it.socialies.gateway.settlement.outcomes.Noting;
import java.nio.file.Path;
import java.util.List;

/** Reconciliation, wired top to bottom. */
public final class Reconciling {
    private static final int FILES_PENDING_MAX = 8;

    private final Vertx vertx;
    private final ReconcilingJob job;
    private final OutcomeFiles files;
    private final List<Resource> resources;

    /**
     * @param folder where files are while they are read
     * @param keys makes the idempotency keys of commands
     */
    public Reconciling(
            Vertx vertx,
            OfficeDatabase office,
            OfficeRequests requests,
            Projection projection,
            OrderedPayments payments,
            Noting noting,
            Path folder,
            KeyedHash keys,
            InstallationClock clock) {
        this.vertx = vertx;
        ReconciliationStore store = new ReconciliationStore(office);
        job = new ReconcilingJob(vertx, store, payments, noting, keys);
        files = new OutcomeFiles(
                store,
                requests,
                job,
                new BoundedWorker(vertx, "ies-outcome-files", 1, FILES_PENDING_MAX),
                folder,
                clock);
        resources = List.of(files, new Reconciliations(store), new SettlementSums(projection, office));
    }

    /** Begins to note what files told; what is away is waited for. */
    public void start() {
        files.start(vertx).onComplete(ready -> job.start());
    }

    public List<Resource> resources() {
        return resources;
    }
}
