// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement;

import io.vertx.core.Vertx;
import it.socialies.gateway.acts.Acts;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.engineclient.CoreClient;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.CardFaces;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.office.OfficeRequests;
import it.socialies.gateway.payees.PayeeAccounts;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.settlement.notes.DebitNotes;
import it.socialies.gateway.settlement.notes.NotePapers;
import it.socialies.gateway.settlement.orders.OrderedPayments;
import it.socialies.gateway.settlement.orders.Ordering;
import it.socialies.gateway.settlement.outcomes.Noting;
import it.socialies.gateway.settlement.outcomes.Outcomes;
import it.socialies.gateway.settlement.reconciliations.Reconciling;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** Settlements, wired top to bottom. */
public final class Settling {
    private static final int PAPERS_PENDING_MAX = 32;

    private final DrawingJob job;
    private final ReturningJob returning;
    private final Ordering ordering;
    private final Reconciling reconciling;
    private final List<Resource> resources;

    /**
     * @param outcomeFiles folder where files that tell outcomes are while they are read
     * @param keys makes the idempotency keys of commands
     */
    public Settling(
            Vertx vertx,
            OfficeDatabase office,
            OfficeRequests requests,
            Projection projection,
            CoreClient core,
            PayeeAccounts accounts,
            Path outcomeFiles,
            KeyedHash keys,
            InstallationClock clock,
            SecureRandom random) {
        OfficeDesk desk = new OfficeDesk(requests);
        Drawings drawings = new Drawings(office);
        job = new DrawingJob(vertx, drawings, new Planner(projection), new LineDrawing(core, projection, keys));
        returning = new ReturningJob(vertx, projection, core, clock, random);
        ordering = new Ordering(vertx, office, desk, projection, core, accounts, keys, clock);
        DebitNotes notes = new DebitNotes(projection, office, desk, clock);
        resources = new ArrayList<>(List.of(
                new SettlementBatches(projection, drawings, job, returning, new Acts(office)),
                new SecondThoughts(projection, drawings, office),
                notes,
                new NotePapers(
                        notes,
                        projection,
                        new Descriptions(office),
                        new CardFaces(office, clock),
                        new BoundedWorker(vertx, "ies-debit-notes", 1, PAPERS_PENDING_MAX))));
        resources.addAll(ordering.resources());
        OrderedPayments payments = new OrderedPayments(office, clock);
        Noting noting = new Noting(payments, projection, core, keys);
        resources.add(new Outcomes(payments, noting, keys));
        reconciling = new Reconciling(vertx, office, requests, projection, payments, noting, outcomeFiles, keys, clock);
        resources.addAll(reconciling.resources());
    }

    /** Begins to draw, to order and to note what was asked for; what is away is waited for. */
    public void start() {
        job.start();
        returning.start();
        ordering.start();
        reconciling.start();
    }

    public List<Resource> resources() {
        return resources;
    }
}
