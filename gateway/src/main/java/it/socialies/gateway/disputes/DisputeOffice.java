// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.disputes;

import io.vertx.core.Vertx;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.CardFaces;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.people.PeopleVault;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.SecretBox;
import it.socialies.gateway.security.Secrets;
import java.util.List;

/** Disputes, wired top to bottom. */
public final class DisputeOffice {
    private static final int LETTERS_PENDING_MAX = 16;

    private final List<Resource> resources;

    /** @param desk once per key */
    public DisputeOffice(
            Vertx vertx,
            final OfficeDatabase office,
            final OfficeDesk desk,
            final PeopleVault people,
            final Projection projection,
            final Secrets secrets,
            final InstallationClock clock) {
        CaseFiles files = new CaseFiles(office);
        Texts texts =
                new Texts(people.register(), new SecretBox(secrets.ring(Secrets.Purpose.DISPUTES), secrets.random()));
        CaseDesk cases = new CaseDesk(projection, files, texts, desk, clock);
        resources = List.of(
                new OpenedDisputes(cases),
                new Statements(cases),
                new Decisions(cases),
                new Disputes(
                        projection,
                        new DisputeDetails(projection, files, texts),
                        new DisputeLetters(
                                projection,
                                files,
                                texts,
                                people.names(),
                                new Descriptions(office),
                                new CardFaces(office, clock),
                                new BoundedWorker(vertx, "ies-dispute-letters", 1, LETTERS_PENDING_MAX))));
    }

    public List<Resource> resources() {
        return resources;
    }
}
