// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.http.Contract;
import it.socialies.gateway.node.Operations.Call;
import it.socialies.gateway.node.TestNode.Answer;
import it.socialies.gateway.qr.CardPayload;
import it.socialies.gateway.security.CardToken;
import it.socialies.gateway.security.Secrets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every identifier in every path, query and body: one that belongs to somebody else is answered word for word like one that does not exist. The requests are
 * those of {@link Operations}, sent by whoever the role matrix lets do it; each identifier in them is replaced in turn.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObjectAccessTest {
    private static final Pattern ID = Pattern.compile(
            "\\b(cir|opr|prg|mer|out|trm|crd|wal|pay|prp|hld|fam|cas|dsr|cbt|iss|emg|dsp|act|rst|stl|sln|ord|rec|rpt|pye|smp|whk|nlr|app|agr)_(?!reference\\b)[0-9a-z]+\\b|\\bIES1[0-9A-Z]{53}\\b");

    /** What differs from answer to answer of the same refusal. */
    private static final List<String> OF_EACH_ANSWER =
            List.of("trace_id", "sequence", "as_of_sequence", "payment_id", "idempotency_key");

    /** A card is handed to whatever number it is told: payments do not need the people vault, so nobody asks it. */
    private static final Set<String> NO_OBJECT = Set.of("HolderId");

    @FunctionalInterface
    private interface Sender {
        Answer send(String method, String path, String body) throws Exception;
    }

    @TempDir
    private static Path data;

    private final RoleMatrix table = RoleMatrix.read();
    private final Map<String, Sender> senders = new HashMap<>();
    private final Map<String, String> elsewhereIds = new HashMap<>();
    private final Map<String, String> unknownIds = new HashMap<>();
    private TestNode node;
    private TestTown town;
    private TestTown elsewhere;
    private JsonObject otherCard;
    private Operations operations;

    @BeforeAll
    void twoTowns() throws Exception {
        node = TestNode.create(data);
        town = TestTown.create(node);
        elsewhere = TestTown.create(node);
        otherCard = town.newCard();
        operations = new Operations(town, otherCard);
        senders.put("admin", operator(town.social));
        senders.put("social", operator(town.social));
        senders.put("treasurer", operator(town.social));
        senders.put("till", this::till);
        Ids.known(elsewhere, elsewhereIds);
        for (String prefix : elsewhereIds.keySet()) {
            unknownIds.put(prefix, prefix + "_zzzz");
        }
        elsewhereIds.put("IES1", elsewhere.card.getString("card_token"));
        unknownIds.put(
                "IES1",
                new CardPayload(Secrets.open(data.resolve("secrets/keys")).ring(Secrets.Purpose.QR_MAC))
                        .of(Integer.parseInt(town.circuitId.substring(4), 36), CardToken.random(new SecureRandom())));
    }

    @AfterAll
    void stop() throws Exception {
        node.close();
    }

    /** Things of a town by the prefix of their identifiers. */
    private static final class Ids {
        static void known(TestTown of, Map<String, String> ids) throws Exception {
            ids.put("cir", of.circuitId);
            ids.put("opr", of.operatorIds.get("anna.sociali"));
            ids.put("prg", of.programmeId);
            ids.put("mer", of.merchantId);
            ids.put("out", of.outletId);
            ids.put("trm", of.till.id);
            ids.put("crd", of.card.getString("id"));
            ids.put("cbt", of.cardBatch(1).getString("id"));
            ids.put("act", Operations.act(of, TestTown.act("1/2026")));
            ids.put("wal", of.card.getString("wallet_id"));
            ids.put(
                    "rst",
                    it.socialies.gateway.api.Ids.PIN_RESET.format(of.node
                            .post(
                                    "/cards/" + of.newCard().getString("id") + "/pin-resets",
                                    of.social,
                                    new JsonObject().put("new_pin", "90417"))
                            .expect(201)
                            .getLong("sequence")));
            SettlementTown settling = new SettlementTown(of);
            ids.put("stl", settling.settled());
            ids.put("sln", settling.line());
            ids.put("ord", settling.order());
            ids.put("rec", settling.reconciliation());
            settling.changedShop();
            ids.put("pye", settling.changedPayee());
            ids.put("app", new ApplicationTown(of).received());
            ids.put("agr", new AgreementTown(of).published().getString("id"));
            ids.put("emg", new EmergencyTown(of).award(1).getString("id"));
            ids.put("smp", Operations.auditSample(of));
            ids.put("rpt", new ReportTown(of).spent());
            ids.put("dsp", new DisputeTown(of).dispute(1).getString("id"));
            ids.put("whk", Operations.webhookEndpoint(of));
            ids.put("nlr", Operations.noticeRun(of));
            ids.put("pay", of.pay(of.card, 10).expect(201).getString("id"));
            ids.put(
                    "prp",
                    of.node
                            .post("/reserve-movements", of.social, new JsonObject().put("amount", TestTown.euro(1)))
                            .expect(202)
                            .getString("proposal_id"));
            JsonObject inCase = new JsonObject().put("case_id", TestNode.OWN_CASE);
            JsonObject person = of.node
                    .post(
                            "/people",
                            of.social,
                            inCase.copy()
                                    .put(
                                            "person",
                                            new JsonObject()
                                                    .put("given_name", "Teodolinda")
                                                    .put("family_name", "Bevilacqua")
                                                    .put("birth_date", "1971-02-03")
                                                    .put("tax_code_absence", "stateless")))
                    .expect(201);
            ids.put("hld", person.getString("id"));
            ids.put("fam", person.getString("household_id"));
            ids.put(
                    "cas",
                    of.node
                            .post("/people/cases", of.social, new JsonObject().put("purpose", "legal_duty_or_defence"))
                            .expect(201)
                            .getString("id"));
            ids.put(
                    "iss",
                    of.node
                            .post(
                                    "/issuance-batches",
                                    of.social,
                                    new JsonObject()
                                            .put("programme_id", of.programmeId)
                                            .put("kind", "call")
                                            .put("act_reference", "DD 12/2026"))
                            .expect(201)
                            .getString("id"));
            ids.put(
                    "dsr",
                    of.node
                            .post(
                                    "/data-subject-requests",
                                    of.social,
                                    inCase.copy()
                                            .put("person_id", person.getString("id"))
                                            .put("kind", "access")
                                            .put("received_on", "2026-01-02"))
                            .expect(201)
                            .getString("id"));
        }
    }

    private Sender operator(String token) {
        return (method, path, body) ->
                method.equals("POST") ? node.post(path, token, TestNode.newKey(), body) : node.get(path, token);
    }

    private Answer till(String method, String path, String body) throws Exception {
        return town.till.send(method, path, method.equals("POST") ? TestNode.newKey() : "", body);
    }

    @Test
    void shouldAnswerForThingsOfAnotherCircuitAsForUnknownOnes() throws Exception {
        List<String> told = new ArrayList<>();
        int compared = 0;
        for (Call call : operations.all()) {
            for (Sender sender : sendersOf(call)) {
                Matcher ids = ID.matcher(call.path() + '\n' + call.body());
                Set<String> replaced = new TreeSet<>();
                while (ids.find()) {
                    boolean isHolderOfCard = call.operationId().equals("assignCard")
                            && ids.group().startsWith("hld_");
                    if (!isHolderOfCard && replaced.add(ids.group())) {
                        told.addAll(differences(call, sender, ids.group(), elsewhereIds));
                        compared++;
                    }
                }
            }
        }

        assertThat(told).isEmpty();
        assertThat(compared).isGreaterThan(70);
    }

    @Test
    void shouldAnswerAHolderForOthersWalletsAndCardsAsForUnknownOnes() throws Exception {
        Map<String, String> others = Map.of(
                "crd", otherCard.getString("id"),
                "wal", otherCard.getString("wallet_id"),
                "pay", town.pay(paid(otherCard), 10).expect(201).getString("id"));
        List<String> told = new ArrayList<>();
        for (Call call : operations.all()) {
            if (!RoleMatrix.isRefusal(table.rows().get(call.operationId()).get("holder"))
                    && table.rows().get(call.operationId()).get("nobody") == 401) {
                Sender holder = operator(town.holderToken(call.card()));
                Matcher ids = ID.matcher(call.path() + '\n' + call.body());
                while (ids.find()) {
                    // Anybody may be paid.
                    if (others.containsKey(kindOf(ids.group()))
                            && !call.body().contains("\"to_wallet_id\":\"" + ids.group())) {
                        told.addAll(differences(call, holder, ids.group(), others));
                    }
                }
            }
        }

        assertThat(told).isEmpty();
    }

    @Test
    void shouldAnswerATillForPaymentsOfOtherShopsAsForUnknownOnes() throws Exception {
        TestTill otherTill = TestTill.enrol(node, town.newOutlet(town.newMerchant()), town.social);
        String othersPayment = otherTill
                .send(
                        "POST",
                        "/payments",
                        TestNode.newKey(),
                        town.payment(town.card, 10).encode())
                .expect(201)
                .getString("id");
        List<String> told = new ArrayList<>();
        for (String operationId : new String[] {"getPayment", "capturePayment", "voidPayment", "refundPayment"}) {
            Call call = operations.call(operationId);
            Matcher ids = ID.matcher(call.path());
            assertThat(ids.find()).isTrue();
            told.addAll(differences(call, this::till, ids.group(), Map.of("pay", othersPayment)));
        }

        assertThat(told).isEmpty();
        assertThat(node.get("/payments?terminal_id=" + otherTill.id, town.till.token())
                        .expect(200)
                        .getJsonArray("items"))
                .isEmpty();
    }

    /** What is told apart when an identifier is replaced. */
    private List<String> differences(Call call, Sender sender, String id, Map<String, String> foreign)
            throws Exception {
        String kind = kindOf(id);
        Answer theirs = send(call, sender, id, foreign.get(kind));
        Answer unknown = send(call, sender, id, unknownIds.get(kind));
        List<String> told = new ArrayList<>();
        String what = call.operationId() + " with " + foreign.get(kind) + " for " + id + ": ";
        if (theirs.status() != unknown.status() || !same(theirs).equals(same(unknown))) {
            told.add(what + theirs.status() + " " + theirs.response().body() + " but unknown " + unknown.status() + " "
                    + unknown.response().body());
        }
        if (theirs.status() < 300 && !isEmptyList(theirs)) {
            told.add(what + theirs.status());
        }
        return told;
    }

    private static Answer send(Call call, Sender sender, String id, String instead) throws Exception {
        String body =
                call.body().replace(id, instead).replaceAll("(\"idempotency_key\":\")[^\"]+", "$1" + TestNode.newKey());
        return sender.send(call.method(), call.path().replace(id, instead), body);
    }

    private static JsonObject same(Answer answer) {
        JsonObject body = answer.json();
        forget(body);
        return body;
    }

    private static void forget(JsonObject json) {
        OF_EACH_ANSWER.forEach(json::remove);
        for (String field : json.fieldNames()) {
            if (json.getValue(field) instanceof JsonArray array) {
                array.stream().filter(JsonObject.class::isInstance).forEach(item -> forget((JsonObject) item));
            } else if (json.getValue(field) instanceof JsonObject nested) {
                forget(nested);
            }
        }
    }

    /** Lists hold nothing of others; the items of a batch of payments are refused one by one. */
    private static boolean isEmptyList(Answer answer) {
        JsonArray items = answer.json().getJsonArray("items");
        return items != null && items.stream().allMatch(item -> ((JsonObject) item).getInteger("status", 200) >= 400);
    }

    private static String kindOf(String id) {
        return id.startsWith("IES1") ? "IES1" : id.substring(0, 3);
    }

    /** In whose name an operation is tried: the callers of one circuit that get past its check, each kind once. */
    private List<Sender> sendersOf(Call call) throws Exception {
        Map<String, Integer> row = table.rows().get(call.operationId());
        List<Sender> found = new ArrayList<>();
        if (row.get("nobody") != 401) {
            // Public, or it asks for a proof of its own.
            return found;
        }
        for (List<String> kind : List.of(List.of("admin", "social", "treasurer"), List.of("till"))) {
            kind.stream()
                    .filter(caller -> !RoleMatrix.isRefusal(row.get(caller)))
                    .findFirst()
                    .ifPresent(caller -> found.add(Objects.requireNonNull(senders.get(caller))));
        }
        if (!RoleMatrix.isRefusal(row.get("holder"))) {
            found.add(operator(town.holderToken(call.card())));
        }
        return found;
    }

    private JsonObject paid(JsonObject card) {
        town.topUp(card.getString("wallet_id"), 100);
        return card;
    }

    @Test
    void shouldCoverEveryIdentifierOfTheContract() throws Exception {
        Set<String> covered = new TreeSet<>();
        for (Call call : operations.all()) {
            Matcher path = Pattern.compile(
                            "/((cir|opr|prg|mer|out|trm|crd|wal|pay|prp|hld|fam|cas|dsr|cbt|iss|emg|dsp|act|rst|stl|sln|ord|rec|rpt|pye|smp|whk|nlr|app|agr)_[0-9a-z]+)")
                    .matcher(call.path());
            for (String name : pathNames(call.operationId())) {
                if (path.find()) {
                    covered.add(call.operationId() + " " + name);
                }
            }
            Matcher query = Pattern.compile("[?&]([a-z_]+)=").matcher(call.path());
            while (query.find()) {
                covered.add(call.operationId() + " " + query.group(1));
            }
            Matcher body = Pattern.compile("\"([a-z_]+)\":\"(?:" + ID.pattern() + ")\"")
                    .matcher(call.body());
            while (body.find()) {
                covered.add(call.operationId() + " " + body.group(1));
            }
        }

        assertThat(covered).containsAll(identifiersOfTheContract());
    }

    /** The parameters in the path of an operation, in their order. */
    private static List<String> pathNames(String operationId) {
        JsonObject paths = new Contract().json().getJsonObject("paths");
        return paths.fieldNames().stream()
                .filter(path -> paths.getJsonObject(path).stream()
                        .anyMatch(method ->
                                operationId.equals(((JsonObject) method.getValue()).getString("operationId"))))
                .flatMap(path -> Pattern.compile("\\{([a-z_]+)}").matcher(path).results())
                .map(result -> result.group(1))
                .toList();
    }

    private static Set<String> identifiersOfTheContract() {
        JsonObject contract = new Contract().json();
        Set<String> found = new TreeSet<>();
        JsonObject paths = contract.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            for (Map.Entry<String, Object> method : paths.getJsonObject(path)) {
                JsonObject operation = (JsonObject) method.getValue();
                String operationId = operation.getString("operationId");
                for (Object each : operation.getJsonArray("parameters")) {
                    JsonObject parameter = resolve(contract, (JsonObject) each);
                    if (isId(parameter.getJsonObject("schema"))) {
                        found.add(operationId + " " + parameter.getString("name"));
                    }
                }
                JsonObject body = operation.getJsonObject("requestBody");
                // A file names nothing of ours.
                if (body != null && body.getJsonObject("content").containsKey("application/json")) {
                    JsonObject schema = body.getJsonObject("content")
                            .getJsonObject("application/json")
                            .getJsonObject("schema");
                    fields(contract, schema, operationId, found);
                }
            }
        }
        return found;
    }

    private static void fields(JsonObject contract, JsonObject schema, String operationId, Set<String> found) {
        JsonObject resolved = resolve(contract, schema);
        JsonObject properties = resolved.getJsonObject("properties", new JsonObject());
        for (String name : properties.fieldNames()) {
            JsonObject property = properties.getJsonObject(name);
            if (isId(property)) {
                found.add(operationId + " " + name);
            } else {
                fields(contract, property, operationId, found);
            }
        }
        if (resolved.getJsonObject("items") != null) {
            fields(contract, resolved.getJsonObject("items"), operationId, found);
        }
        for (Object one : resolved.getJsonArray("oneOf", new JsonArray())) {
            fields(contract, (JsonObject) one, operationId, found);
        }
    }

    private static boolean isId(JsonObject schema) {
        String name = schema.getString("$ref", "").replaceAll(".*/", "");
        return (name.endsWith("Id") && !NO_OBJECT.contains(name)) || name.equals("CardToken");
    }

    private static JsonObject resolve(JsonObject contract, JsonObject schema) {
        String reference = schema.getString("$ref");
        if (reference == null) {
            return schema;
        }
        JsonObject at = contract;
        for (String step : reference.substring(2).split("/")) {
            at = at.getJsonObject(step);
        }
        return at;
    }

    @Test
    void shouldGiveTheAnswerOfAKeyToNobodyElse() throws Exception {
        String key = TestNode.newKey();
        String batch = "{\"count\":1}";
        JsonObject issued = node.post("/cards", town.social, key, batch).expect(201);
        String token = issued.getJsonArray("items").getJsonObject(0).getString("card_token");
        for (String other : new String[] {town.treasurer, elsewhere.social}) {
            Answer answer = node.post("/cards", other, key, batch);
            assertThat(answer.expect(422).getString("code")).isEqualTo("idempotency_key_reused");
            assertThat(answer.response().body()).doesNotContain(token);
        }

        String paymentKey = TestNode.newKey();
        String payment = town.payment(town.card, 10).encode();
        String id = town.till("/payments", paymentKey, payment).expect(201).getString("id");
        TestTill neighbour = TestTill.enrol(node, town.outletId, town.social);
        for (TestTill other : new TestTill[] {neighbour, elsewhere.till}) {
            Answer answer = other.send("POST", "/payments", paymentKey, payment);
            assertThat(answer.expect(422).getString("code")).isEqualTo("idempotency_key_reused");
            assertThat(answer.response().body()).doesNotContain(id + "\"");
        }
    }

    /** Who holds a key of 74 random bits has seen the request; beyond that it was carried out, nothing is told. */
    @Test
    void shouldTellOfAnothersKeyNoMoreThanThatItWasUsed() throws Exception {
        String key = TestNode.newKey();
        town.till("/payments", key, town.payment(town.card, 10).encode()).expect(201);

        JsonObject resolution = node.post("/payment-resolutions", elsewhere.social, new JsonObject().put("key", key))
                .expect(201);

        assertThat(resolution.fieldNames())
                .containsExactlyInAnyOrder("key", "outcome", "sequence", "resolved_sequence");
    }

    @Test
    void shouldStayInTheOwnCircuitWithTheCursorOfAnother() {
        for (String list :
                new String[] {"/cards", "/merchants", "/programmes", "/operators", "/payments", "/proposals"}) {
            String cursor =
                    node.get(list + "?limit=1", elsewhere.social).expect(200).getString("next_cursor", "1");
            JsonArray items = node.get(list + "?cursor=" + cursor, town.social)
                    .expect(200)
                    .getJsonArray("items");
            assertThat(items.stream().map(item -> ((JsonObject) item).getString("circuit_id", town.circuitId)))
                    .as(list)
                    .containsOnly(items.isEmpty() ? new String[0] : new String[] {town.circuitId});
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "zzzzzzzzzzzzzzz", "%27%20OR%201=1", "%00", "1;DROP", "%D9%A1"})
    void shouldTakeNoCursorForAnythingButAPlace(String cursor) {
        for (String list :
                new String[] {"/cards", "/payments", "/wallets/" + town.card.getString("wallet_id") + "/entries"}) {
            Answer answer = node.get(list + "?cursor=" + cursor, town.social);
            assertThat(answer.status()).as(list).isIn(200, 400, 422);
            assertThat(answer.response().body()).doesNotContain("SQL").doesNotContain("xception");
        }
    }

    @Test
    void shouldListToEverybodyOnlyWhatIsTheirs() throws Exception {
        JsonObject mine = town.pay(town.card, 10).expect(201);
        town.pay(paid(otherCard), 10).expect(201);
        elsewhere.pay(elsewhere.card, 10).expect(201);
        String since = "?limit=200&min_sequence=" + mine.getLong("sequence");

        JsonArray ofHolder = node.get("/payments" + since, town.holderToken(town.card))
                .expect(200)
                .getJsonArray("items");
        JsonArray ofTill = node.get("/payments" + since, elsewhere.till.token())
                .expect(200)
                .getJsonArray("items");
        JsonArray ofHolderElsewhere = node.get(
                        "/payments" + since + "&wallet_id=" + town.card.getString("wallet_id"),
                        elsewhere.holderToken(elsewhere.card))
                .expect(200)
                .getJsonArray("items");

        assertThat(ids(ofHolder)).contains(mine.getString("id"));
        for (String id : ids(ofHolder)) {
            assertThat(node.get("/payments/" + id, town.holderToken(town.card)).status())
                    .isEqualTo(200);
        }
        assertThat(ofTill.stream().map(item -> ((JsonObject) item).getString("merchant_id")))
                .containsOnly(elsewhere.merchantId);
        assertThat(ofHolderElsewhere).isEmpty();
    }

    private static List<String> ids(JsonArray items) {
        return items.stream().map(item -> ((JsonObject) item).getString("id")).toList();
    }
}
