// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.agreements;

import io.vertx.core.Vertx;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import java.util.List;

/** Agreements with shops, wired top to bottom. */
public final class AgreementDesk {
    private final AgreementGate gate;
    private final List<Resource> resources;

    public AgreementDesk(
            Vertx vertx, OfficeDatabase office, Projection projection, OfficeDesk desk, InstallationClock clock) {
        AgreementStore store = new AgreementStore(office);
        gate = new AgreementGate(vertx, store, projection, clock);
        resources = List.of(
                new Publishing(store, gate, projection, desk, clock),
                new Accepting(store, gate, projection, desk, clock));
    }

    /** Begins to look at who has accepted; the office database is there. */
    public void start() {
        gate.start();
    }

    /** Which tills may not be paid at. */
    public AgreementGate gate() {
        return gate;
    }

    public List<Resource> resources() {
        return resources;
    }
}
