// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.applications;

import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeRequests;
import it.socialies.gateway.payees.PayeeOffice;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.Secrets;
import java.util.List;

/** Applications of shops, wired top to bottom. */
public final class ApplicationDesk {
    private final List<Resource> resources;

    public ApplicationDesk(
            OfficeDatabase office,
            final Projection projection,
            final PayeeOffice payees,
            final Secrets secrets,
            final InstallationClock clock) {
        ApplicationStore store = new ApplicationStore(office, secrets.ring(Secrets.Purpose.PAYEES), secrets.random());
        Descriptions descriptions = new Descriptions(office);
        resources = List.of(
                new Applications(
                        projection,
                        store,
                        descriptions,
                        new OfficeRequests(office, secrets.hash(Secrets.Purpose.FINGERPRINT), clock),
                        clock),
                new Approvals(projection, store, descriptions, payees, secrets.hash(Secrets.Purpose.ISSUED), clock));
    }

    public List<Resource> resources() {
        return resources;
    }
}
