// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement;

import io.vertx.core.Vertx;
import it.socialies.gateway.acts.Acts;
import it.socialies.gateway.engineclient.CoreClient;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.KeyedHash;
import java.util.List;

/** Settlements, wired top to bottom. */
public final class Settling {
    private final DrawingJob job;
    private final List<Resource> resources;

    /** @param keys makes the idempotency keys of commands */
    public Settling(
            Vertx vertx, OfficeDatabase office, Projection projection, CoreClient core, Acts acts, KeyedHash keys) {
        Drawings drawings = new Drawings(office);
        job = new DrawingJob(vertx, drawings, new Planner(projection), new LineDrawing(core, projection, keys));
        resources = List.of(new SettlementBatches(projection, drawings, job, acts));
    }

    /** Begins to draw what was ordered; what is away is waited for. */
    public void start() {
        job.start();
    }

    public List<Resource> resources() {
        return resources;
    }
}
