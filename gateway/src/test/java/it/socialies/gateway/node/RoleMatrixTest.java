// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.node.Operations.Call;
import it.socialies.gateway.node.TestNode.Answer;
import it.socialies.verifier.Verifier;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation of the contract, sent by everybody, to a real node: the answers are those of the table in {@code ops/docs/role-matrix.md}, and what is
 * refused leaves nothing in the journal. A new operation without a row fails here.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoleMatrixTest {
    private static final String PERSON = "RSSMRA82A01H501W";
    private static final String[] ROLES = {"admin", "social", "treasurer", "auditor"};

    /** Sends a call in its own name. */
    @FunctionalInterface
    private interface Caller {
        Answer send(Call call, String key) throws Exception;
    }

    @TempDir
    private static Path data;

    private final RoleMatrix table = RoleMatrix.read();
    private final Map<String, Caller> callers = new LinkedHashMap<>();
    private final Map<String, String> endedTokens = new LinkedHashMap<>();
    private TestNode node;
    private TestTown town;
    private Operations operations;

    @BeforeAll
    void cast() throws Exception {
        node = TestNode.create(data);
        JsonObject bootstrap = node.bootstrap(1);
        endedTokens.put(
                "of before a restart",
                node.operatorToken(bootstrap.getString("username"), bootstrap.getString("password")));
        signACheckpoint();
        Map<String, String> single = new LinkedHashMap<>();
        town = TestTown.create(node, circuit -> {
            for (String role : ROLES) {
                single.put(role, circuit.appoint(role, PERSON, role));
            }
            circuit.appoint("waiting", PERSON, "auditor");
            circuit.appoint("stripped", PERSON, "admin", "social");
        });
        String[] everything = new String[1];
        TestTown elsewhere = TestTown.create(node, circuit -> everything[0] = circuit.appoint("tutti", PERSON, ROLES));
        enableTransfers();
        JsonObject otherCard = town.newCard();
        operations = new Operations(town, otherCard);

        callers.put("nobody", bearer(null));
        callers.put("installation", bearer(town.installation()));
        single.forEach((role, token) -> callers.put(role, bearer(token)));
        callers.put("waiting", bearer(waiting()));
        TestTokens tokens = new TestTokens(data, node.config().tokenIssuer());
        callers.put("enrolling", bearer(tokens.enrolling(town.operatorIds.get("anna.sociali"), town.circuitId)));
        callers.put("operator elsewhere", bearer(everything[0]));
        callers.put("till", till(town.till));
        callers.put("other till", till(TestTill.enrol(node, town.newOutlet(town.newMerchant()), town.social)));
        callers.put("till elsewhere", till(elsewhere.till));
        callers.put("holder", (call, key) -> send(call, key, town.holderToken(call.card())));
        callers.put("other holder", bearer(town.holderToken(otherCard)));
        callers.put("holder elsewhere", bearer(elsewhere.holderToken(elsewhere.card)));
        endTokens(tokens);
    }

    /** What every operation left behind is a history that the standalone verifier believes, every cent of it. */
    @AfterAll
    void stop() throws Exception {
        node.close();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(answer, true, StandardCharsets.UTF_8);
        assertThat(Verifier.run(new String[] {"folder", data.toString()}, out, out))
                .as(answer.toString(StandardCharsets.UTF_8))
                .isZero();
    }

    private void signACheckpoint() throws Exception {
        var quiet = node.config().snapshots();
        node.restart(TestNode.OFTEN);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> node.get("/audit/checkpoints/latest", null).status() == 200);
        node.restart(quiet);
    }

    /** Otherwise 403 would mean that the circuit does not let anybody. */
    private void enableTransfers() {
        town.approve(node.post(
                        "/circuits/" + town.circuitId + "/configurations",
                        town.social,
                        new JsonObject()
                                .put("transfers_between_persons", true)
                                .put("redemption_by_persons", true)
                                .put("legal_basis", 1))
                .expect(202));
        town.approve(node.post("/reserve-movements", town.social, new JsonObject().put("amount", TestTown.euro(10_000)))
                .expect(202));
        town.approve(node.post(
                        "/issuances",
                        town.social,
                        new JsonObject()
                                .put("wallet_id", town.card.getString("wallet_id"))
                                .put("amount", Operations.ies(1_000)))
                .expect(202));
    }

    /** Has one role in force and the others granted, for tomorrow. */
    private String waiting() {
        changeRoles("waiting", ROLES);
        return town.logIn("waiting");
    }

    private void changeRoles(String name, String... roles) {
        JsonObject proposal = node.post(
                        "/operators",
                        town.social,
                        new JsonObject()
                                .put("operator_id", town.operatorIds.get(name))
                                .put("roles", new JsonArray(List.of(roles))))
                .expect(202);
        node.post("/operators/" + proposal.getString("proposal_id") + "/approvals", town.treasurer, new JsonObject())
                .expect(201);
    }

    /** Tokens that were good once. */
    private void endTokens(TestTokens tokens) throws Exception {
        endedTokens.put("of an operator whose roles were changed", town.logIn("stripped"));
        changeRoles("stripped", "auditor");
        TestTill revoked = TestTill.enrol(node, town.outletId, town.social);
        endedTokens.put("of a revoked till", revoked.token());
        node.post("/terminals/" + revoked.id + "/revocations", town.social).expect(201);
        JsonObject blocked = town.newCard();
        endedTokens.put("of the holder of a blocked card", town.holderToken(blocked));
        node.post("/cards/" + blocked.getString("id") + "/blocks", town.social).expect(201);
        JsonObject replaced = town.newCard();
        endedTokens.put("of the holder of a replaced card", town.holderToken(replaced));
        node.post("/cards/" + replaced.getString("id") + "/replacements", town.social)
                .expect(201);
        endedTokens.putAll(tokens.bad(town.operatorIds.get("anna.sociali"), town.circuitId));
    }

    @Test
    void shouldHaveARowForEveryOperationAndAColumnForEveryCaller() {
        assertThat(table.rows().keySet()).containsExactlyInAnyOrderElementsOf(operations.ids());
        assertThat(operations.known()).containsExactlyInAnyOrderElementsOf(operations.ids());
        assertThat(table.callers()).containsExactlyElementsOf(callers.keySet());
    }

    @Test
    void shouldAnswerEverybodyAsTheTableSays() throws Exception {
        List<String> expected = new ArrayList<>();
        List<String> found = new ArrayList<>();
        List<String> refusedKeys = new ArrayList<>();
        for (String operationId : operations.ids()) {
            Map<String, Integer> row = new LinkedHashMap<>();
            for (Map.Entry<String, Caller> caller : callers.entrySet()) {
                String key = TestNode.newKey();
                int status = caller.getValue()
                        .send(operations.call(operationId), key)
                        .status();
                row.put(caller.getKey(), status);
                if (RoleMatrix.isRefusal(status)) {
                    refusedKeys.add(key);
                }
            }
            found.add(RoleMatrix.line(operationId, row));
            expected.add(RoleMatrix.line(operationId, table.rows().getOrDefault(operationId, Map.of())));
        }

        assertThat(String.join("\n", found)).isEqualTo(String.join("\n", expected));
        assertThat(node.journaledOf(refusedKeys)).isEmpty();
    }

    @Test
    void shouldRefuseEveryTokenThatDoesNotHoldOnEveryRoute() throws Exception {
        List<String> admitted = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (String operationId : operations.ids()) {
            Call call = operations.call(operationId);
            for (Map.Entry<String, String> ended : endedTokens.entrySet()) {
                String key = TestNode.newKey();
                keys.add(key);
                Answer answer = send(call, key, ended.getValue());
                if (answer.status() != 401) {
                    admitted.add(operationId + " with a token " + ended.getKey() + ": " + answer.status());
                }
            }
        }

        assertThat(admitted).isEmpty();
        assertThat(node.journaledOf(keys)).isEmpty();
    }

    private Caller bearer(@Nullable String token) {
        return (call, key) -> send(call, key, token);
    }

    private static Caller till(TestTill till) {
        return (call, key) ->
                till.send(call.method(), call.path(), call.method().equals("POST") ? key : "", call.body());
    }

    private Answer send(Call call, String key, @Nullable String token) {
        return call.method().equals("POST")
                ? node.post(call.path(), token, key, call.body())
                : node.get(call.path(), token);
    }
}
