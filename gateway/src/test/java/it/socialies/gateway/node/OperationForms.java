// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How operations of one theme are asked for rightly, by their ids; of an {@link Operations}. */
abstract class OperationForms {
    @FunctionalInterface
    interface Form {
        Filled fill() throws Exception;
    }

    /** What a form fills in. */
    record Filled(
            @Nullable String id,
            @Nullable JsonObject body,
            @Nullable JsonObject card,
            String query,
            String text,
            String second) {
        Filled(@Nullable String id, @Nullable JsonObject body, @Nullable JsonObject card, String query, String text) {
            this(id, body, card, query, text, "");
        }

        Filled(@Nullable String id, @Nullable JsonObject body, @Nullable JsonObject card, String query) {
            this(id, body, card, query, "");
        }

        /** Of a path with two identifiers. */
        static Filled ids(String id, String second) {
            return new Filled(id, null, null, "", "", second);
        }

        static Filled nothing() {
            return new Filled(null, null, null, "");
        }

        static Filled id(String id) {
            return new Filled(id, null, null, "");
        }

        static Filled body(JsonObject body) {
            return new Filled(null, body, null, "");
        }

        static Filled card(JsonObject card) {
            return new Filled(card.getString("id"), null, card, "");
        }

        static Filled query(String query) {
            return new Filled(null, null, null, query);
        }

        Filled with(JsonObject otherBody) {
            return new Filled(id, otherBody, card, query, text, second);
        }
    }

    record Option(String operationId, Form form) {}

    /** Things of a town that more than one theme has to do with. */
    static final class Things {
        final TestTown town;
        final JsonObject otherCard;
        private @Nullable EmergencyTown emergency;
        private @Nullable SettlementTown settling;
        private int last;

        Things(TestTown town, JsonObject otherCard) {
            this.town = town;
            this.otherCard = otherCard;
        }

        /** For names that nothing else has. */
        int next() {
            return ++last;
        }

        EmergencyTown emergency() {
            if (emergency == null) {
                emergency = new EmergencyTown(town);
            }
            return emergency;
        }

        SettlementTown settling() {
            if (settling == null) {
                settling = new SettlementTown(town);
            }
            return settling;
        }
    }

    final Things things;
    final TestTown town;
    final TestNode node;
    final Map<String, Form> forms = new TreeMap<>();
    final List<Option> options = new ArrayList<>();

    OperationForms(Things things) {
        this.things = things;
        town = things.town;
        node = town.node;
    }

    EmergencyTown emergencyTown() {
        return things.emergency();
    }

    SettlementTown settlingTown() {
        return things.settling();
    }

    JsonObject newAct() {
        return TestTown.act("N" + things.next() + "/2026");
    }

    String payment(String capture) throws Exception {
        return pay(capture).getString("id");
    }

    JsonObject pay(String capture) throws Exception {
        return town.till(
                        "/payments",
                        TestNode.newKey(),
                        town.payment(town.card, 1).put("capture", capture).encode())
                .expect(201);
    }

    static JsonObject because(String reason) {
        return new JsonObject().put("reason", reason).put("act_reference", 10);
    }

    static JsonObject inCase() {
        return new JsonObject().put("case_id", TestNode.OWN_CASE);
    }

    static Filled inCase(String id) {
        return new Filled(id, null, null, "?case_id=" + TestNode.OWN_CASE);
    }

    static JsonObject personData() {
        return new JsonObject()
                .put("given_name", "Ermenegilda")
                .put("family_name", "Cinquegrana")
                .put("birth_date", "1980-01-01")
                .put("tax_code_absence", "foreigner_awaiting")
                .put(
                        "contacts",
                        new JsonObject()
                                .put("phone", "+39 320 5550199")
                                .put("email", "ermenegilda@example.org")
                                .put(
                                        "postal_address",
                                        new JsonObject()
                                                .put("street", "Via Libertà 12")
                                                .put("municipality", "Balestrate")));
    }

    JsonObject newPerson() {
        return node.post("/people", town.social, inCase().put("person", personData()))
                .expect(201);
    }

    String proposed(String path, JsonObject body) {
        return node.post(path, town.social, body).expect(202).getString("proposal_id");
    }

    Filled toApprove(String path, JsonObject body) {
        JsonObject proposal = node.post(path, town.social, body).expect(202);
        return Filled.id(proposal.getString("proposal_id")).with(TestTown.seen(proposal));
    }
}
