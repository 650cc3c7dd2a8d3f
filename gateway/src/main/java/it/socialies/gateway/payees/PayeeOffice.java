// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payees;

import io.vertx.core.Vertx;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.CardFaces;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.KeyRing;
import it.socialies.gateway.security.Secrets;

/** Payees, wired top to bottom. */
public final class PayeeOffice {
    private static final int LETTERS_PENDING_MAX = 16;

    private final PayeeAccounts accounts;
    private final Resource resource;

    public PayeeOffice(
            Vertx vertx, OfficeDatabase office, Projection projection, Secrets secrets, InstallationClock clock) {
        KeyRing ring = secrets.ring(Secrets.Purpose.PAYEES);
        accounts = new PayeeAccounts(office, ring, secrets.random());
        Descriptions descriptions = new Descriptions(office);
        resource = new Payees(
                projection,
                accounts,
                new ConfirmationCode(ring),
                new ChangeLetters(
                        projection,
                        accounts,
                        descriptions,
                        new CardFaces(office, clock),
                        new BoundedWorker(vertx, "ies-payee-letters", 1, LETTERS_PENDING_MAX)),
                descriptions,
                clock);
    }

    /** Opens accounts, for who pays. */
    public PayeeAccounts accounts() {
        return accounts;
    }

    public Resource resource() {
        return resource;
    }
}
