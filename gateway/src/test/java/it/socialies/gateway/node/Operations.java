// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.http.Contract;
import it.socialies.gateway.node.OperationForms.Filled;
import it.socialies.gateway.node.OperationForms.Form;
import it.socialies.gateway.node.OperationForms.Option;
import it.socialies.gateway.node.OperationForms.Things;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * How each operation of the contract is asked for rightly. Every call names things that are there and in the state that the operation needs, fresh ones where
 * it changes them: so whether it succeeds depends on who sends it and on nothing else.
 */
final class Operations {
    /**
     * A request, but for who sends it.
     *
     * @param path with identifiers and query
     * @param card whose holder is meant by "the holder"
     */
    record Call(String operationId, String method, String path, String body, JsonObject card) {}

    private record Route(String method, String template, boolean namesCircuit) {}

    private final TestTown town;
    private final Map<String, Route> routes = new TreeMap<>();
    private final Map<String, Form> forms = new TreeMap<>();
    private final List<Option> options = new ArrayList<>();

    /** @param otherCard an active card of the same town */
    Operations(TestTown town, JsonObject otherCard) {
        this.town = town;
        readContract();
        Things things = new Things(town, otherCard);
        for (OperationForms theme : List.of(
                new InstallationForms(things),
                new ProgrammeForms(things),
                new ShopForms(things),
                new CardForms(things),
                new AwardForms(things),
                new SettlementForms(things),
                new PaymentForms(things),
                new PeopleForms(things))) {
            forms.putAll(theme.forms);
            options.addAll(theme.options);
        }
    }

    /** Every operation of the contract. */
    Set<String> ids() {
        return routes.keySet();
    }

    /** Those that this class knows how to ask for. */
    Set<String> known() {
        return forms.keySet();
    }

    /** A fresh call of every operation, and those with the fields and parameters that may be left out. */
    List<Call> all() throws Exception {
        List<Call> calls = new ArrayList<>();
        for (String operationId : routes.keySet()) {
            calls.add(call(operationId));
        }
        for (Option option : options) {
            calls.add(call(option.operationId(), option.form()));
        }
        return calls;
    }

    /** A fresh call. */
    Call call(String operationId) throws Exception {
        return call(operationId, Objects.requireNonNull(forms.get(operationId), operationId));
    }

    private Call call(String operationId, Form form) throws Exception {
        Route route = Objects.requireNonNull(routes.get(operationId), operationId);
        Filled filled = form.fill();
        String path = filled.id() == null
                ? route.template()
                : route.template()
                        .replaceAll("\\{([a-z]+_id|number)}", filled.second())
                        .replaceAll("\\{[a-z]+}", filled.id());
        String query = filled.query();
        if (route.namesCircuit()) {
            query = "?circuit_id=" + town.circuitId;
        }
        return new Call(
                operationId,
                route.method(),
                path + query,
                filled.body() == null ? filled.text() : filled.body().encode(),
                filled.card() == null ? town.card : filled.card());
    }

    private void readContract() {
        JsonObject paths = new Contract().json().getJsonObject("paths");
        for (String template : paths.fieldNames()) {
            JsonObject operations = paths.getJsonObject(template);
            for (String method : operations.fieldNames()) {
                JsonObject operation = operations.getJsonObject(method);
                boolean namesCircuit = operation.getJsonArray("parameters").stream()
                        .anyMatch(parameter ->
                                ((JsonObject) parameter).getString("$ref", "").endsWith("/CircuitOfInstallation"));
                routes.put(
                        operation.getString("operationId"),
                        new Route(method.toUpperCase(Locale.ROOT), template, namesCircuit));
            }
        }
    }

    /** Enters an act of a town. */
    static String act(TestTown of, JsonObject act) {
        return of.node.post("/acts", of.social, act).expect(201).getString("id");
    }

    /** A sample of one payment that was made a moment ago. */
    static String auditSample(TestTown of) throws Exception {
        long sequence = of.pay(of.card, 10).expect(201).getLong("sequence");
        return of.node
                .post(
                        "/audit/samples",
                        of.social,
                        new JsonObject()
                                .put("seed", "operations")
                                .put("size", 1)
                                .put("sequence", sequence))
                .expect(201)
                .getString("id");
    }

    static JsonObject webhook() {
        return new JsonObject().put("url", "https://notices.invalid/ies");
    }

    static String noticeRun(TestTown of) {
        return of.node
                .post("/notices/letters", of.social, new JsonObject())
                .expect(201)
                .getString("id");
    }

    /** An endpoint whose name no server has (RFC 6761). */
    static String webhookEndpoint(TestTown of) {
        return of.node
                .post("/webhook-endpoints", of.social, webhook())
                .expect(201)
                .getString("id");
    }

    static JsonObject ies(long minorUnits) {
        return new JsonObject().put("amount", minorUnits).put("currency", "IES");
    }
}
