// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.ZoneId;

/** Operations of the people vault. */
final class PeopleForms extends OperationForms {
    PeopleForms(Things things) {
        super(things);
        people();
    }

    private void people() {
        forms.put("openCase", () -> Filled.body(new JsonObject().put("purpose", "legal_duty_or_defence")));
        forms.put("registerPerson", () -> {
            JsonObject relative = newPerson();
            return Filled.body(inCase().put(
                            "person",
                            personData()
                                    .put(
                                            "household",
                                            new JsonObject()
                                                    .put("id", relative.getString("household_id"))
                                                    .put(
                                                            "members",
                                                            new JsonArray()
                                                                    .add(new JsonObject()
                                                                            .put("kinship", "child")
                                                                            .put("minor", true)
                                                                            .put(
                                                                                    "person_id",
                                                                                    relative.getString("id")))))));
        });
        forms.put("searchPeople", () -> Filled.body(inCase().put("tax_code", "RSSMRA80A41H501Y")));
        forms.put("getPerson", () -> inCase(newPerson().getString("id")));
        forms.put("exportPerson", () -> inCase(newPerson().getString("id")));
        forms.put("listReads", Filled::nothing);
        forms.put("rectifyPerson", () -> {
            JsonObject person = newPerson();
            return Filled.id(person.getString("id"))
                    .with(inCase().put("version", 1)
                            .put(
                                    "person",
                                    new JsonObject()
                                            .put("given_name", "Guglielmina")
                                            .put(
                                                    "household",
                                                    new JsonObject()
                                                            .put("id", person.getString("household_id"))
                                                            .put(
                                                                    "members",
                                                                    new JsonArray()
                                                                            .add(new JsonObject()
                                                                                    .put("kinship", "sibling")
                                                                                    .put("minor", false)
                                                                                    .put(
                                                                                            "person_id",
                                                                                            person.getString(
                                                                                                    "id")))))));
        });
        forms.put(
                "addEligibility",
                () -> Filled.id(newPerson().getString("id"))
                        .with(inCase().put(
                                        "eligibility",
                                        new JsonObject()
                                                .put("programme_id", town.programmeId)
                                                .put("outcome", "admitted")
                                                .put("act_reference", "DD 12/2026")
                                                .put("valid_until", "2026-12-31"))));
        forms.put("openDataSubjectRequest", () -> Filled.body(newRequest("access")));
        forms.put("listDataSubjectRequests", Filled::nothing);
        forms.put("getDataSubjectRequest", () -> Filled.id(opened("access")));
        forms.put("getDataSubjectLetter", () -> inCase(opened("access")));
        forms.put(
                "extendDataSubjectRequest",
                () -> Filled.id(opened("access"))
                        .with(inCase().put("reason", "complexity").put("text", "Archivio cartaceo da consultare")));
        forms.put(
                "decideDataSubjectRequest",
                () -> Filled.id(opened("erasure"))
                        .with(inCase().put("decision", "granted")
                                .put("reasons", new JsonArray().add("well_founded"))
                                .put("text", "Nessun buono mai ricevuto")));
        options.add(new Option(
                "listReads", () -> Filled.query("?person_id=" + newPerson().getString("id"))));
    }

    private JsonObject newRequest(String kind) {
        return inCase().put("person_id", newPerson().getString("id"))
                .put("kind", kind)
                .put(
                        "received_on",
                        LocalDate.now(ZoneId.of("Europe/Rome")).minusDays(3).toString())
                .put("text", "Vorrei sapere chi ha letto la mia pratica");
    }

    private String opened(String kind) {
        return node.post("/data-subject-requests", town.social, newRequest(kind))
                .expect(201)
                .getString("id");
    }
}
