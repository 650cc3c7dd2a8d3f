// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.TestTown.euro;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** An emergency fund of a town, and people with cards who may need it. */
final class EmergencyTown {
    static final long MONTH_MAX = 150_00;
    static final int REVIEW_DAYS = 1;
    private static int people;

    final TestTown town;
    final TestNode node;
    final String programmeId;

    EmergencyTown(TestTown town) {
        this.town = town;
        node = town.node;
        programmeId = newProgramme();
        town.approve(fund(programmeId, MONTH_MAX));
    }

    /** A programme with money and an act, out of which nothing was awarded yet. */
    String newProgramme() {
        Instant now = Instant.now();
        String id = node.post(
                        "/programmes",
                        town.social,
                        new JsonObject()
                                .put("name", "Fondo di emergenza")
                                .put("categories", new JsonArray().add("bakery"))
                                .put("valid_from", now.minusSeconds(3_600).toString())
                                .put(
                                        "valid_until",
                                        now.plusSeconds(300 * 86_400L).toString()))
                .expect(201)
                .getString("id");
        String path = "/programmes/" + id;
        town.approve(node.post(path + "/publications", town.social).expect(202));
        JsonObject money = new JsonObject().put("amount", euro(100_000));
        town.approve(node.post(path + "/fund-movements", town.social, money).expect(202));
        town.approve(node.post(path + "/commitments", town.social, money.put("act_reference", 8))
                .expect(202));
        return id;
    }

    /** Proposes the terms of a fund. */
    JsonObject fund(String ofProgrammeId, long monthMax) {
        return node.post("/programmes/" + ofProgrammeId + "/emergency-fund-changes", town.social, terms(monthMax))
                .expect(202);
    }

    static JsonObject terms(long monthMax) {
        return new JsonObject()
                .put("month_max", euro(monthMax))
                .put("review_days", REVIEW_DAYS)
                .put("act_reference", 301);
    }

    /** Somebody who is in the vault, of a household or of one of its own. */
    JsonObject person(String householdId) {
        JsonObject person = new JsonObject()
                .put("given_name", "Teodolinda")
                .put(
                        "family_name",
                        "Bisogno" + "abcdefghij".charAt(people / 10 % 10) + "abcdefghij".charAt(people++ % 10))
                .put("birth_date", "1971-02-03")
                .put("tax_code_absence", "stateless");
        if (householdId != null) {
            person.put("household", new JsonObject().put("id", householdId));
        }
        return node.post(
                        "/people",
                        town.social,
                        new JsonObject().put("case_id", TestNode.OWN_CASE).put("person", person))
                .expect(201);
    }

    /** A card that was handed to a person, and that readers of the projection know. */
    JsonObject card(JsonObject person) {
        JsonObject card = town.issueCard();
        JsonObject assigned = node.post(
                        "/cards/" + card.getString("id") + "/assignments",
                        town.social,
                        new JsonObject()
                                .put("holder_id", person.getString("id"))
                                .put("household_size", 3))
                .expect(201);
        node.get("/cards?limit=1&min_sequence=" + assigned.getLong("sequence"), town.social)
                .expect(200);
        return card;
    }

    /** A person with a card. */
    JsonObject holder() {
        JsonObject person = person(null);
        card(person);
        return person;
    }

    JsonObject request(JsonObject person, long cents) {
        return new JsonObject()
                .put("case_id", TestNode.OWN_CASE)
                .put("person_id", person.getString("id"))
                .put("programme_id", programmeId)
                .put("amount", euro(cents))
                .put("act_reference", 417);
    }

    /** An award to somebody new. */
    JsonObject award(long cents) {
        JsonObject given = node.post("/emergency-awards", town.social, request(holder(), cents))
                .expect(201);
        node.get("/emergency-awards?limit=1&min_sequence=" + given.getLong("sequence"), town.social)
                .expect(200);
        return given;
    }
}
