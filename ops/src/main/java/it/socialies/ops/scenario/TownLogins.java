// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.OperatorSession;
import java.util.List;

/** Who may do what in a town of the sandbox: its operators with their passwords, its tills with their keys, its cards with their PINs. Invented people, real secrets. */
final class TownLogins {
    private TownLogins() {}

    static JsonObject of(TownCircuit circuit) {
        JsonArray operators = new JsonArray();
        addOperators(operators, "admin", circuit.staff().admins());
        addOperators(operators, "social", circuit.staff().socials());
        addOperators(operators, "treasurer", circuit.staff().treasurers());
        JsonArray terminals = new JsonArray();
        circuit.tills()
                .forEach(till -> terminals.add(
                        till.session().toJson().put("shop", till.shop().name()).put("merchant_id", till.merchantId())));
        JsonArray cards = new JsonArray();
        circuit.holders()
                .forEach(holder -> cards.add(new JsonObject()
                        .put("holder", holder.beneficiary().person().fullName())
                        .put("card_id", holder.cardId())
                        .put("wallet_id", holder.walletId())
                        .put("card_token", holder.cardToken())
                        .put("pin", holder.beneficiary().pin())));
        return new JsonObject()
                .put("circuit_id", circuit.circuitId())
                .put("operators", operators)
                .put("terminals", terminals)
                .put("cards", cards);
    }

    private static void addOperators(JsonArray operators, String role, List<OperatorSession> sessions) {
        sessions.forEach(session -> operators.add(new JsonObject()
                .put("role", role)
                .put("username", session.username())
                .put("password", session.password())));
    }
}
