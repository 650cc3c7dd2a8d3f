// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Shops that ask to take part in a town. */
final class ApplicationTown {
    static final String TAX_CODE = "RSSMRA80A01H501U";

    private final TestTown town;
    private final TestNode node;

    ApplicationTown(TestTown town) {
        this.town = town;
        node = town.node;
    }

    JsonObject request() {
        return new JsonObject()
                .put("circuit_id", town.circuitId)
                .put("name", "Panificio Lo Cascio")
                .put("legal_form", "sole_trader")
                .put("vat_number", "00743110157")
                .put("tax_code", TAX_CODE)
                .put("category", "bakery")
                .put("ateco", "47.24.1")
                .put("iban", SettlementTown.IBAN)
                .put("account_holder", "Rosalia Lo Cascio")
                .put(
                        "outlets",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("name", "Via Roma 1")
                                        .put("address", "Via Roma 1, Balestrate"))
                                .add(new JsonObject().put("name", "Marina")))
                .put("contact", new JsonObject().put("phone", "091 123456"))
                .put("declared_by", "Rosalia Lo Cascio");
    }

    String received() {
        return node.post("/merchant-applications", null, request()).expect(201).getString("id");
    }

    static JsonObject findings(String outcome) {
        return new JsonObject()
                .put(
                        "findings",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("kind", "business_register")
                                        .put("outcome", outcome)
                                        .put("reference", "REA PA-123456")));
    }

    /** One that the treasurer's office has verified. */
    String verified() {
        String id = received();
        node.post("/merchant-applications/" + id + "/verifications", town.treasurer, findings("clear"))
                .expect(201);
        return id;
    }
}
