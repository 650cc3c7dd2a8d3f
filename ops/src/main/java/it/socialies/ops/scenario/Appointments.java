// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.town.Staff;
import java.security.SecureRandom;
import java.util.Base64;

/** Appoints operators: one person proposes, another approves, and the two halves of the activation code go to the new operator. */
public final class Appointments {
    private final ApiClient api;
    private final Bootstrap bootstrap;
    private final SecureRandom random = new SecureRandom();

    public Appointments(ApiClient api, Bootstrap bootstrap) {
        this.api = api;
        this.bootstrap = bootstrap;
    }

    /** Opens a circuit of its own for a run. */
    public String openCircuit(String name, long reference) {
        return api.post(
                        "/circuits",
                        bootstrap.first(),
                        new JsonObject().put("name", name).put("reference", reference))
                .orThrow("open circuit")
                .body()
                .getString("id");
    }

    /** An operator of the circuit, active, with a password that nobody chose. */
    public OperatorSession appoint(String circuitId, Staff staff) {
        String username = staff.usernameIn(circuitId);
        JsonObject proposed = api.post(
                        "/operators?circuit_id=" + circuitId,
                        bootstrap.first(),
                        new JsonObject()
                                .put("username", username)
                                .put(
                                        "person",
                                        new JsonObject()
                                                .put(
                                                        "given_name",
                                                        staff.person().givenName())
                                                .put(
                                                        "family_name",
                                                        staff.person().familyName())
                                                .put("tax_code", staff.person().taxCode()))
                                .put("roles", new JsonArray().add(staff.role())))
                .orThrow("propose operator " + username)
                .body();
        JsonObject approved = api.post(
                        "/operators/" + proposed.getString("proposal_id") + "/approvals?circuit_id=" + circuitId,
                        bootstrap.second(),
                        new JsonObject())
                .orThrow("approve operator " + username)
                .body();
        String password = newPassword();
        api.send(
                        "POST",
                        "/operators/" + approved.getString("id") + "/activations",
                        null,
                        api.newKey(),
                        new JsonObject()
                                .put("username", username)
                                .put("first_part", proposed.getString("activation_code_part"))
                                .put("second_part", approved.getString("activation_code_part"))
                                .put("password", password))
                .orThrow("activate operator " + username);
        return new OperatorSession(api, username, password);
    }

    private String newPassword() {
        byte[] bytes = new byte[18];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
