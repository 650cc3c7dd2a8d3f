// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.tills;

import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import java.util.List;

/** What shops see of their sales, wired top to bottom. */
public final class TillOffice {
    private final List<Resource> resources;

    /** @param desk once per key */
    public TillOffice(
            final Projection projection, final DayStore store, final OfficeDesk desk, final InstallationClock clock) {
        Sales sales = new Sales(projection);
        resources = List.of(
                new Days(projection, store, sales, clock),
                new DayCloses(projection, store, sales, desk, clock),
                new FiscalDocuments(projection, desk, clock),
                new Statistics(projection, clock),
                new TillPayments(projection, store, sales, clock));
    }

    public List<Resource> resources() {
        return resources;
    }
}
