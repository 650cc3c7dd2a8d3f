// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payees;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Idempotency;
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
    private final Payees resource;

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

    /**
     * Proposes the account that an approved shop named, in the name of the operator who sends the request; sent again with the same key it is proposed once.
     *
     * @param account with {@code iban}, {@code account_holder}, {@code bic}
     */
    public Future<CoreReply> propose(
            Api api, ApiRequest request, long merchantId, JsonObject account, Idempotency key) {
        return resource.propose(api, request, merchantId, BankAccount.of(account), key);
    }

    public Resource resource() {
        return resource;
    }
}
