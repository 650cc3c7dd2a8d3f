// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.orders;

import io.vertx.core.Vertx;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.engineclient.CoreClient;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.payees.PayeeAccounts;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.settlement.desk.SettlementDesk;
import it.socialies.gateway.settlement.notes.ConfirmedShops;
import java.util.List;

/** Orders, wired top to bottom. */
public final class Ordering {
    private static final int FILES_PENDING_MAX = 8;

    private final OrderingJob job;
    private final List<Resource> resources;

    /** @param keys makes the idempotency keys of commands */
    public Ordering(
            Vertx vertx,
            OfficeDatabase office,
            OfficeDesk desk,
            Projection projection,
            CoreClient core,
            PayeeAccounts accounts,
            KeyedHash keys,
            InstallationClock clock) {
        OrderStore store = new OrderStore(office);
        job = new OrderingJob(vertx, store, core, keys, clock);
        BoundedWorker worker = new BoundedWorker(vertx, "ies-bank-files", 1, FILES_PENDING_MAX);
        ConfirmedShops notes = new ConfirmedShops(office);
        resources = List.of(
                new SepaFiles(store, notes, accounts, worker),
                new LiquidationLines(store, office, accounts, worker),
                new AccountingCommitments(projection, office, desk, clock),
                new PaymentChecks(office, desk, new Descriptions(office), clock),
                new Orders(new OpenLines(projection), notes, store, new SettlementDesk(projection), job, desk, clock));
    }

    /** Begins to order; what is away is waited for. */
    public void start() {
        job.start();
    }

    public List<Resource> resources() {
        return resources;
    }
}
