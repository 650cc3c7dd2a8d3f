// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.node.TestNode.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A circuit with two operators, a shop with a till, and one card, made over HTTP. */
final class TestTown {
    static final String PIN = "48213";
    private static final String[] TAX_CODES = {"RSSMRA80A01H501U", "RSSMRA80A41H501Y"};
    private static int towns;

    final TestNode node;
    final String circuitId;
    String social;
    String treasurer;
    final String programmeId;
    final String merchantId;
    final String outletId;
    final TestTill till;
    final JsonObject card;
    final Map<String, String> operatorIds = new HashMap<>();
    private final int number;
    private String first;
    private final String second;

    /** What else happens while the set-up of a circuit is open, so that roles work at once. */
    @FunctionalInterface
    interface SetUp {
        void during(TestTown town) throws Exception;
    }

    private TestTown(TestNode node, SetUp setUp) throws Exception {
        this.node = node;
        number = ++towns;
        first = bootstrapToken(1);
        second = bootstrapToken(2);
        circuitId = node.post("/circuits", first, new JsonObject().put("name", "Comune di Prova " + number))
                .expect(201)
                .getString("id");
        social = appoint("anna.sociali", TAX_CODES[0], "social", "admin", "treasurer");
        treasurer = appoint("bruno.conti", TAX_CODES[1], "treasurer", "social", "admin");
        setUp.during(this);
        node.post("/card-faces", social, cardFace()).expect(201);
        programmeId = programme();
        merchantId = newMerchant();
        outletId = newOutlet(merchantId);
        till = TestTill.enrol(node, outletId, social);
        card = newCard();
        topUp(card.getString("wallet_id"), 10_000);
    }

    static TestTown create(TestNode node) throws Exception {
        return new TestTown(node, town -> {});
    }

    static TestTown create(TestNode node, SetUp setUp) throws Exception {
        return new TestTown(node, setUp);
    }

    /** Token of a bootstrap operator of the installation. */
    String installation() {
        return first;
    }

    String newMerchant() {
        return node.post(
                        "/merchants",
                        social,
                        new JsonObject().put("name", "Panificio Prova").put("category", "bakery"))
                .expect(201)
                .getString("id");
    }

    String newOutlet(String ofMerchantId) {
        return node.post("/merchants/" + ofMerchantId + "/outlets", social, new JsonObject().put("name", "Via Roma 1"))
                .expect(201)
                .getString("id");
    }

    private String bootstrapToken(int number) {
        JsonObject operator = node.bootstrap(number);
        return node.operatorToken(operator.getString("username"), operator.getString("password"));
    }

    /** Appoints an operator by two others, lets it choose its password and log in; works while the set-up is open. */
    String appoint(String name, String taxCode, String... roles) {
        String username = username(name);
        JsonObject proposed = node.post(
                        "/operators?circuit_id=" + circuitId,
                        first,
                        new JsonObject()
                                .put("username", username)
                                .put(
                                        "person",
                                        new JsonObject()
                                                .put("given_name", "Anna")
                                                .put("family_name", "Prova")
                                                .put("tax_code", taxCode))
                                .put("roles", new JsonArray(List.of(roles))))
                .expect(202);
        JsonObject approved = node.post(
                        "/operators/" + proposed.getString("proposal_id") + "/approvals?circuit_id=" + circuitId,
                        second,
                        new JsonObject())
                .expect(201);
        operatorIds.put(name, approved.getString("id"));
        node.post(
                        "/operators/" + approved.getString("id") + "/activations",
                        null,
                        new JsonObject()
                                .put("username", username)
                                .put("first_part", proposed.getString("activation_code_part"))
                                .put("second_part", approved.getString("activation_code_part"))
                                .put("password", password(username)))
                .expect(201);
        return logIn(name);
    }

    /** Logs an operator of this town in again. */
    String logIn(String name) {
        return node.operatorToken(username(name), password(username(name)));
    }

    String username(String name) {
        return name + number;
    }

    static String password(String username) {
        return "un gatto verde sul tetto " + username;
    }

    private String programme() {
        Instant now = Instant.now();
        String id = node.post(
                        "/programmes",
                        social,
                        new JsonObject()
                                .put("name", "Buoni di prova")
                                .put("categories", new JsonArray().add("bakery").add("grocery"))
                                .put("valid_from", now.minusSeconds(3_600).toString())
                                .put("valid_until", now.plusSeconds(30 * 86_400).toString()))
                .expect(201)
                .getString("id");
        approve(node.post("/programmes/" + id + "/publications", social).expect(202));
        approve(node.post(
                        "/programmes/" + id + "/fund-movements",
                        social,
                        new JsonObject().put("amount", euro(1_000_000)))
                .expect(202));
        approve(node.post(
                        "/programmes/" + id + "/commitments",
                        social,
                        new JsonObject().put("amount", euro(1_000_000)).put("act_reference", 7))
                .expect(202));
        return id;
    }

    /** The other operator approves what it sees. */
    JsonObject approve(JsonObject proposal) {
        return node.post("/proposals/" + proposal.getString("proposal_id") + "/approvals", treasurer, seen(proposal))
                .expect(201);
    }

    /** What an approver repeats of a proposal. */
    static JsonObject seen(JsonObject proposal) {
        JsonObject seen = new JsonObject();
        for (String field : new String[] {"amount", "row_count", "digest", "valid_until"}) {
            if (proposal.containsKey(field)) {
                seen.put(field, proposal.getValue(field));
            }
        }
        return seen;
    }

    /** A card that was not handed over. */
    JsonObject issueCard() {
        return node.post("/cards", social, new JsonObject().put("count", 1))
                .expect(201)
                .getJsonArray("items")
                .getJsonObject(0);
    }

    /** Everybody has one wallet, so each card is somebody else's. */
    static String holderOf(JsonObject card) {
        return card.getString("id").replace("crd_", "hld_");
    }

    /** An active card with its PIN. */
    JsonObject newCard() {
        JsonObject issued = issueCard();
        String path = "/cards/" + issued.getString("id");
        node.post(
                        path + "/assignments",
                        social,
                        new JsonObject().put("holder_id", holderOf(issued)).put("household_size", 3))
                .expect(201);
        JsonObject active = node.post(path + "/activations", social, new JsonObject().put("new_pin", PIN))
                .expect(201);
        return issued.put("block_code", active.getString("block_code"));
    }

    static JsonObject cardFace() {
        return new JsonObject()
                .put("municipality", "Comune di Prova")
                .put("office", "Servizi sociali")
                .put("contact", "Via Roma 1, 0917 123 456")
                .put("block_page", "carte.prova.example")
                .put("block_phone", "800 123 456");
    }

    /** A batch of cards that are all made, and can be printed. */
    JsonObject cardBatch(int count) {
        String id = node.post("/card-batches", social, new JsonObject().put("count", count))
                .expect(201)
                .getString("id");
        return node.post("/card-batches/" + id + "/executions", social).expect(201);
    }

    /** The same, many at once. */
    List<JsonObject> newCards(int count) {
        List<JsonObject> cards = new ArrayList<>();
        for (int done = 0; done < count; done += 80) {
            JsonArray items = node.post("/cards", social, new JsonObject().put("count", Math.min(80, count - done)))
                    .expect(201)
                    .getJsonArray("items");
            for (Object each : items) {
                JsonObject issued = (JsonObject) each;
                node.post(
                                "/cards/" + issued.getString("id") + "/activations",
                                social,
                                new JsonObject().put("new_pin", PIN))
                        .expect(201);
                cards.add(issued);
            }
        }
        return cards;
    }

    void topUp(String walletId, long cents) {
        approve(node.post(
                        "/top-ups",
                        social,
                        new JsonObject()
                                .put("programme_id", programmeId)
                                .put(
                                        "rows",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("wallet_id", walletId)
                                                        .put("amount", euro(cents)))))
                .expect(202));
    }

    /** A payment of this card. */
    JsonObject payment(JsonObject payer, long cents) {
        return new JsonObject()
                .put("card_token", payer.getString("card_token"))
                .put("pin", PIN)
                .put("bill_total", euro(cents))
                .put("eligible_amount", euro(cents));
    }

    /** Sends as the till does, with its token and its MAC. */
    Answer till(String path, String key, String body) throws Exception {
        return till.send("POST", path, key, body);
    }

    Answer pay(JsonObject payer, long cents) throws Exception {
        return till("/payments", TestNode.newKey(), payment(payer, cents).encode());
    }

    /** Everybody logs in again, as after a restart of the gateway. */
    TestTown afterRestart() {
        first = bootstrapToken(1);
        social = logIn("anna.sociali");
        treasurer = logIn("bruno.conti");
        return newTill();
    }

    /** The till forgets its session. */
    TestTown newTill() {
        till.forgetSession();
        return this;
    }

    String terminalToken() throws Exception {
        return till.token();
    }

    /** The token of a card's holder. */
    String holderToken(JsonObject payer) {
        return node.post(
                        "/tokens",
                        null,
                        null,
                        new JsonObject()
                                .put("grant_type", "card")
                                .put("card_token", payer.getString("card_token"))
                                .put("pin", PIN)
                                .encode())
                .expect(201)
                .getString("access_token");
    }

    long available(JsonObject payer) {
        return node.get("/wallets/" + payer.getString("wallet_id") + "/balances", social)
                .expect(200)
                .getJsonArray("items")
                .getJsonObject(0)
                .getJsonObject("available")
                .getLong("amount");
    }

    /**
     * What somebody asks of the data about them.
     *
     * @param kind {@code erasure}, {@code restriction} …
     * @return its number
     */
    String requestOf(String personId, String kind) {
        return node.post(
                        "/data-subject-requests",
                        social,
                        new JsonObject()
                                .put("case_id", TestNode.OWN_CASE)
                                .put("person_id", personId)
                                .put("kind", kind)
                                .put("received_on", "2026-01-02"))
                .expect(201)
                .getString("id");
    }

    /** Grants such a request. */
    void grant(String requestId) {
        node.post(
                        "/data-subject-requests/" + requestId + "/decisions",
                        social,
                        new JsonObject()
                                .put("case_id", TestNode.OWN_CASE)
                                .put("decision", "granted")
                                .put("reasons", new JsonArray().add("well_founded"))
                                .put("text", "Fondata"))
                .expect(201);
    }

    static JsonObject act(String number) {
        return new JsonObject()
                .put("kind", "determination")
                .put("number", number)
                .put("date", "2026-03-02")
                .put("title", "Impegno di spesa per i buoni");
    }

    /** What a programme says of itself. */
    static JsonObject description(String state) {
        JsonObject allowed = lines("Alimenti", "Food");
        return new JsonObject()
                .put("state", state)
                .put(
                        "official_name",
                        new JsonObject()
                                .put("it", "Misura regionale contro la povertà")
                                .put("en", "Regional measure"))
                .put(
                        "funders",
                        new JsonArray()
                                .add(new JsonObject().put("code", "r_sicili").put("name", "Regione Siciliana")))
                .put("goods", new JsonObject().put("allowed", allowed).put("excluded", lines("Alcolici", "Alcohol")))
                .put("shops", lines("Elenco sul sito del Comune", "List on the municipality's site"));
    }

    static JsonObject lines(String italian, String english) {
        return new JsonObject().put("it", new JsonArray().add(italian)).put("en", new JsonArray().add(english));
    }

    /** A logo of a few pixels. */
    static JsonObject logo(int position) {
        return new JsonObject()
                .put("position", position)
                .put("name", "Regione Siciliana")
                .put(
                        "content",
                        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    }

    /** Publishes a description with a logo. */
    void describe() {
        node.post("/programmes/" + programmeId + "/descriptions", social, description("published"))
                .expect(201);
        node.post("/programmes/" + programmeId + "/logos", social, logo(1)).expect(201);
    }

    static JsonObject euro(long cents) {
        return new JsonObject().put("amount", cents).put("currency", "EUR");
    }
}
