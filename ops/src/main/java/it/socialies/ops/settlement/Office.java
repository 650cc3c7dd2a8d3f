// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.settlement;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.scenario.Appointments;
import it.socialies.ops.scenario.SecondPerson;
import it.socialies.ops.town.Staff;
import it.socialies.ops.town.Town;
import it.socialies.ops.town.TownGenerator;
import it.socialies.ops.town.TownSize;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Who works in the drill's town hall; two of each, so that one proposes and the other approves. */
record Office(
        ApiClient api,
        OperatorSession admin,
        OperatorSession social,
        OperatorSession secondSocial,
        OperatorSession treasurer,
        OperatorSession secondTreasurer) {

    /** In a circuit of its own. */
    static Office open(ApiClient api, Appointments appointments) {
        Town town = TownGenerator.generate(new TownSize(1, 1, 100), TownGenerator.DEFAULT_SEED);
        String circuitId = appointments.openCircuit("Provincia di prova", 1);
        List<OperatorSession> admins = new ArrayList<>();
        List<OperatorSession> socials = new ArrayList<>();
        List<OperatorSession> treasurers = new ArrayList<>();
        for (Staff member : town.staff()) {
            OperatorSession session = appointments.appoint(circuitId, member);
            switch (member.role()) {
                case "admin" -> admins.add(session);
                case "social" -> socials.add(session);
                default -> treasurers.add(session);
            }
        }
        return new Office(api, admins.get(0), socials.get(0), socials.get(1), treasurers.get(0), treasurers.get(1));
    }

    static JsonObject euro(long cents) {
        return new JsonObject().put("amount", cents).put("currency", "EUR");
    }

    /** Published, funded and committed by two persons each; for groceries. */
    String programme(long cents) {
        Instant from = api.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        String programmeId = api.post(
                        "/programmes",
                        social,
                        new JsonObject()
                                .put("name", "Buoni della prova")
                                .put("categories", new JsonArray().add("grocery"))
                                .put("valid_from", from.toString())
                                .put(
                                        "valid_until",
                                        from.plus(Duration.ofDays(90)).toString()))
                .orThrow("create programme")
                .body()
                .getString("id");
        String path = "/programmes/" + programmeId;
        SecondPerson.approve(
                api,
                secondSocial,
                api.post(path + "/publications", social, null)
                        .orThrow("publish")
                        .body());
        for (String step : List.of("/fund-movements", "/commitments")) {
            JsonObject body = new JsonObject().put("amount", euro(cents));
            if (step.equals("/commitments")) {
                body.put("act_reference", 1);
            }
            SecondPerson.approve(
                    api,
                    secondTreasurer,
                    api.post(path + step, treasurer, body).orThrow(step).body());
        }
        return programmeId;
    }
}
