// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.TestTown.euro;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.http.Contract;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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

    @FunctionalInterface
    private interface Form {
        Filled fill() throws Exception;
    }

    /** What a form fills in. */
    private record Filled(
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

    private record Route(String method, String template, boolean namesCircuit) {}

    private record Option(String operationId, Form form) {}

    private final TestTown town;
    private final TestNode node;
    private final Map<String, Route> routes = new TreeMap<>();
    private final Map<String, Form> forms = new TreeMap<>();
    private final List<Option> options = new ArrayList<>();
    private final Map<String, String> batches = new TreeMap<>();
    private final JsonObject otherCard;
    private @Nullable EmergencyTown emergency;
    private @Nullable SettlementTown settling;
    private int names;

    /** @param otherCard an active card of the same town */
    Operations(TestTown town, JsonObject otherCard) {
        this.town = town;
        this.otherCard = otherCard;
        node = town.node;
        readContract();
        common();
        installation();
        programmes();
        acts();
        merchants();
        cards();
        topUps();
        issuance();
        emergency();
        payees();
        settlements();
        wallets();
        payments();
        tills();
        disputes();
        reports();
        notices();
        circuit();
        proposals();
        people();
        options();
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

    private void common() {
        for (String each : new String[] {
            "getStatus",
            "getContract",
            "getJwks",
            "listCheckpoints",
            "getLatestCheckpoint",
            "listCircuits",
            "listOperators",
            "listProgrammes",
            "listMerchants",
            "listCards",
            "listPayments",
            "listProposals",
            "listIssuanceBatches",
            "listActs",
            "listPublicProgrammes",
            "listPublicMerchants",
            "getEligibleGoods",
            "getTariff",
            "getBacking"
        }) {
            forms.put(each, Filled::nothing);
        }
        forms.put(
                "getCheckpoint",
                () -> Filled.id(node.get("/audit/checkpoints/latest", null)
                        .json()
                        .getLong("sequence", 1L)
                        .toString()));
        forms.put(
                "createToken",
                () -> Filled.body(new JsonObject()
                        .put("grant_type", "card")
                        .put("card_token", town.card.getString("card_token"))
                        .put("pin", TestTown.PIN)));
    }

    private void installation() {
        forms.put("openCircuit", () -> Filled.body(new JsonObject().put("name", "Comune di Altrove")));
        forms.put("getCircuit", () -> Filled.id(town.circuitId));
        forms.put(
                "proposeConfiguration",
                () -> Filled.id(town.circuitId)
                        .with(new JsonObject()
                                .put("transfers_between_persons", true)
                                .put("redemption_by_persons", true)
                                .put("legal_basis", 1)));
        forms.put("proposeOperator", () -> Filled.body(newOperator(newName())));
        forms.put("getOperator", () -> Filled.id(town.operatorIds.get("anna.sociali")));
        forms.put(
                "approveOperator",
                () -> Filled.id(proposed("/operators", newOperator(newName()))).with(new JsonObject()));
        forms.put("rejectOperator", () -> Filled.id(proposed("/operators", newOperator(newName()))));
        forms.put("activateOperator", this::activation);
        forms.put(
                "grantRoles",
                () -> Filled.id(town.operatorIds.get("bruno.conti")).with(forATime()));
        forms.put("listRoles", () -> Filled.id(town.operatorIds.get("bruno.conti")));
        forms.put("endRoles", () -> {
            JsonObject approved = approvedOperator(newName());
            return Filled.id(approved.getString("id"))
                    .with(new JsonObject().put("appointment_id", approved.getString("proposal_id")));
        });
        forms.put("retireOperator", () -> Filled.id(approvedOperator(newName()).getString("id")));
        forms.put(
                "changePassword",
                () -> Filled.id(town.operatorIds.get("bruno.conti"))
                        .with(new JsonObject()
                                .put("old_password", TestTown.password(town.username("bruno.conti")))
                                .put("new_password", "un gatto giallo sul tetto rosso")));
        forms.put(
                "enrolSecondFactor",
                () -> Filled.id(town.operatorIds.get("bruno.conti"))
                        .with(new JsonObject().put("password", TestTown.password(town.username("bruno.conti")))));
        forms.put(
                "confirmSecondFactor",
                () -> Filled.id(town.operatorIds.get("bruno.conti")).with(new JsonObject().put("code", "492039")));
        forms.put(
                "renewRecoveryCodes",
                () -> Filled.id(town.operatorIds.get("bruno.conti"))
                        .with(new JsonObject()
                                .put("password", TestTown.password(town.username("bruno.conti")))
                                .put("code", "492039")));
        forms.put("stepClock", () -> Filled.body(new JsonObject().put("advance_ms", 1)));
        forms.put(
                "confirmClock",
                () -> Filled.body(
                        new JsonObject().put("wall_clock", Instant.now().toString())));
    }

    private String newName() {
        return "nuovo." + ++names;
    }

    private JsonObject newOperator(String name) {
        return new JsonObject()
                .put("username", town.username(name))
                .put(
                        "person",
                        new JsonObject()
                                .put("given_name", "Mario")
                                .put("family_name", "Rossi")
                                .put("tax_code", "RSSMRA91A01H501X"))
                .put("roles", new JsonArray().add("auditor"));
    }

    private static JsonObject forATime() {
        return new JsonObject().put("roles", new JsonArray().add("auditor")).put("act_reference", 45);
    }

    /** A substitute whose roles wait. */
    private JsonObject approvedOperator(String name) {
        JsonObject proposal = node.post(
                        "/operators", town.social, newOperator(name).mergeIn(forATime()))
                .expect(202);
        return node.post(
                        "/operators/" + proposal.getString("proposal_id") + "/approvals",
                        town.treasurer,
                        TestTown.seen(proposal))
                .expect(201);
    }

    private Filled activation() {
        String name = newName();
        JsonObject proposal =
                node.post("/operators", town.social, newOperator(name)).expect(202);
        JsonObject approved = node.post(
                        "/operators/" + proposal.getString("proposal_id") + "/approvals",
                        town.treasurer,
                        new JsonObject())
                .expect(201);
        return Filled.id(approved.getString("id"))
                .with(new JsonObject()
                        .put("username", town.username(name))
                        .put("first_part", proposal.getString("activation_code_part"))
                        .put("second_part", approved.getString("activation_code_part"))
                        .put("password", TestTown.password(name)));
    }

    private void programmes() {
        forms.put("createProgramme", () -> Filled.body(newProgramme()));
        forms.put("getProgramme", () -> Filled.id(town.programmeId));
        forms.put(
                "proposePublication",
                () -> Filled.id(node.post("/programmes", town.social, newProgramme())
                        .expect(201)
                        .getString("id")));
        forms.put("suspendProgramme", () -> Filled.id(published()));
        forms.put("resumeProgramme", () -> {
            String id = published();
            node.post("/programmes/" + id + "/suspensions", town.social).expect(201);
            return Filled.id(id);
        });
        forms.put(
                "proposeFundMovement",
                () -> Filled.id(town.programmeId).with(new JsonObject().put("amount", euro(100))));
        forms.put(
                "proposeCommitment",
                () -> Filled.id(town.programmeId)
                        .with(new JsonObject().put("amount", euro(-100)).put("act_reference", 7)));
        forms.put(
                "proposeExtension",
                () -> Filled.id(town.programmeId)
                        .with(new JsonObject()
                                .put(
                                        "valid_until",
                                        Instant.now()
                                                .plusSeconds(3_000 * 86_400L)
                                                .toString())
                                .put("act_reference", 9)));
        forms.put("draftRules", () -> Filled.id(town.programmeId).with(newRules()));
        forms.put("proposeRulesChange", () -> {
            int version = node.post("/programmes/" + town.programmeId + "/rules", town.social, newRules())
                    .expect(201)
                    .getInteger("version");
            return Filled.id(town.programmeId)
                    .with(new JsonObject().put("version", version).put("act_reference", 10));
        });
        forms.put("listRules", () -> Filled.id(town.programmeId));
        forms.put("rehearseRules", () -> new Filled(town.programmeId, null, null, "?version=1"));
        for (String each : new String[] {"listExtensions", "listRefusedMeanwhile", "listRecoverables"}) {
            forms.put(each, () -> Filled.id(town.programmeId));
        }
        forms.put(
                "recordCash",
                () -> Filled.id(town.programmeId)
                        .with(new JsonObject().put("amount", euro(100)).put("mandate_reference", 8)));
    }

    private static JsonObject newRules() {
        return new JsonObject()
                .put("effective_from", Instant.now().plusSeconds(86_400).toString())
                .put("categories", new JsonArray().add("grocery"))
                .put("payment_min", euro(100))
                .put("day_max", euro(5_000))
                .put("grace_days", 10);
    }

    private void acts() {
        forms.put("enterAct", () -> Filled.body(newAct()));
        forms.put("getAct", () -> Filled.id(act(town, newAct())));
        forms.put(
                "describeProgramme",
                () -> Filled.id(town.programmeId)
                        .with(TestTown.description("published").put("acts", new JsonArray().add(act(town, newAct())))));
        forms.put("getProgrammeDescription", () -> {
            node.post("/programmes/" + town.programmeId + "/descriptions", town.social, TestTown.description("draft"))
                    .expect(201);
            return Filled.id(town.programmeId);
        });
        forms.put("setProgrammeLogo", () -> Filled.id(town.programmeId).with(TestTown.logo(1)));
        for (String each : new String[] {"getProgrammeLogo", "getPublicLogo"}) {
            forms.put(each, () -> {
                town.describe();
                return Filled.id(town.programmeId);
            });
        }
        options.add(new Option("getAwardLetters", () -> {
            town.describe();
            String id = batchIn("stopped");
            String holderId = node.get("/issuance-batches/" + id + "/rows", town.social)
                    .expect(200)
                    .getJsonArray("items")
                    .getJsonObject(0)
                    .getString("holder_id");
            return new Filled(id, null, null, "?case_id=" + TestNode.OWN_CASE + "&person_id=" + holderId);
        }));
        options.add(new Option(
                "defineIssuanceBatch", () -> Filled.body(definition().put("act_reference", act(town, newAct())))));
        options.add(new Option(
                "proposeCommitment",
                () -> Filled.id(town.programmeId)
                        .with(new JsonObject().put("amount", euro(-100)).put("act_reference", act(town, newAct())))));
    }

    private JsonObject newAct() {
        return TestTown.act("N" + ++names + "/2026");
    }

    /** Enters an act of a town. */
    static String act(TestTown of, JsonObject act) {
        return of.node.post("/acts", of.social, act).expect(201).getString("id");
    }

    private static JsonObject newProgramme() {
        Instant now = Instant.now();
        return new JsonObject()
                .put("name", "Altri buoni")
                .put("categories", new JsonArray().add("pharmacy"))
                .put("valid_from", now.toString())
                .put("valid_until", now.plusSeconds(30 * 86_400).toString());
    }

    private String published() {
        String id = node.post("/programmes", town.social, newProgramme())
                .expect(201)
                .getString("id");
        town.approve(
                node.post("/programmes/" + id + "/publications", town.social).expect(202));
        return id;
    }

    private void merchants() {
        forms.put(
                "registerMerchant",
                () -> Filled.body(new JsonObject().put("name", "Bar").put("category", "bar")));
        forms.put("getMerchant", () -> Filled.id(town.merchantId));
        forms.put("suspendMerchant", () -> Filled.id(town.newMerchant()));
        forms.put("reactivateMerchant", () -> {
            String id = town.newMerchant();
            node.post("/merchants/" + id + "/suspensions", town.social).expect(201);
            return Filled.id(id);
        });
        forms.put("openOutlet", () -> Filled.id(town.merchantId).with(new JsonObject().put("name", "Via Nuova 2")));
        forms.put("registerTerminal", () -> Filled.id(town.outletId));
        forms.put("enrolTerminal", () -> {
            JsonObject terminal = newTerminal();
            return Filled.id(terminal.getString("id"))
                    .with(TestTill.enrolment(
                            terminal.getString("enrolment_code"), new ECKeyGenerator(Curve.P_256).generate()));
        });
        forms.put("revokeTerminal", () -> Filled.id(newTerminal().getString("id")));
    }

    private JsonObject newTerminal() {
        return node.post("/outlets/" + town.outletId + "/terminals", town.social)
                .expect(201);
    }

    private void cards() {
        JsonObject newPin = new JsonObject().put("new_pin", "90417");
        forms.put("issueCards", () -> Filled.body(new JsonObject().put("count", 1)));
        forms.put(
                "handOverCard",
                () -> Filled.id(town.issueCard().getString("id")).with(handOver()));
        forms.put("printHandOverReceipt", () -> {
            String id = town.issueCard().getString("id");
            node.post("/cards/" + id + "/hand-overs", town.social, handOver()).expect(201);
            return Filled.id(id).with(inCase());
        });
        forms.put("proposePinMailer", () -> Filled.card(town.newCard()));
        forms.put("printPinMailer", () -> {
            String id = town.issueCard().getString("id");
            node.post("/cards/" + id + "/hand-overs", town.social, handOver()).expect(201);
            JsonObject proposal =
                    node.post("/cards/" + id + "/pin-mailers", town.social).expect(202);
            String proposalId = proposal.getString("id");
            node.post("/proposals/" + proposalId + "/approvals", town.treasurer, TestTown.seen(proposal))
                    .expect(201);
            return Filled.id(proposalId).with(inCase());
        });
        forms.put("replaceFromStock", () -> Filled.card(town.newCard()).with(stock()));
        forms.put("allowPinFree", () -> Filled.card(town.newCard()).with(new JsonObject().put("day_max", euro(10))));
        forms.put(
                "addDelegate",
                () -> Filled.id(town.newCard().getString("wallet_id")).with(stock().put("day_max", euro(10))));
        forms.put("issueErrand", () -> {
            JsonObject card = town.newCard();
            return new Filled(card.getString("wallet_id"), errand(), card, "");
        });
        forms.put("printErrandSlip", () -> {
            String walletId = town.newCard().getString("wallet_id");
            return Filled.id(node.post("/wallets/" + walletId + "/errands", town.social, errand())
                            .expect(201)
                            .getString("id"))
                    .with(new JsonObject());
        });
        forms.put("setCardFace", () -> Filled.body(TestTown.cardFace()));
        forms.put("getCardFace", Filled::nothing);
        forms.put("createCardBatch", () -> Filled.body(new JsonObject().put("count", 3)));
        forms.put("listCardBatches", Filled::nothing);
        forms.put("listPinReviews", Filled::nothing);
        for (String each : new String[] {"getCardBatch", "resumeCardBatch", "getCardBatchPrintFile"}) {
            forms.put(each, () -> Filled.id(town.cardBatch(3).getString("id")));
        }
        forms.put("confirmCardBatchPrint", () -> {
            String id = town.cardBatch(3).getString("id");
            assertThat(node.get("/card-batches/" + id + "/print-file", town.social)
                            .status())
                    .isEqualTo(200);
            return Filled.id(id);
        });
        forms.put("getCard", () -> Filled.card(town.card));
        forms.put("getQrCode", () -> Filled.card(town.card));
        forms.put(
                "assignCard",
                () -> Filled.card(town.card)
                        .with(new JsonObject()
                                .put("holder_id", TestTown.holderOf(town.card))
                                .put("household_size", 3)));
        forms.put(
                "activateCard",
                () -> Filled.id(town.issueCard().getString("id")).with(newPin));
        forms.put("blockCard", () -> Filled.card(town.newCard()));
        // The holder's token is of the time before the block, so this is refused to it as to a stranger.
        forms.put("unblockCard", () -> {
            JsonObject card = town.issueCard();
            node.post("/cards/" + card.getString("id") + "/blocks", town.social).expect(201);
            return Filled.id(card.getString("id"));
        });
        forms.put(
                "blockCardByCode",
                () -> Filled.body(new JsonObject().put("code", town.newCard().getString("block_code"))));
        forms.put("replaceCard", () -> Filled.card(town.newCard()));
        forms.put(
                "changePin",
                () -> Filled.card(town.newCard()).with(newPin.copy().put("old_pin", TestTown.PIN)));
        forms.put("resetPin", () -> Filled.card(town.newCard()).with(newPin));
        forms.put("reviewPinReset", () -> {
            long sequence = node.post("/cards/" + town.newCard().getString("id") + "/pin-resets", town.social, newPin)
                    .expect(201)
                    .getLong("sequence");
            return Filled.id(Ids.PIN_RESET.format(sequence)).with(new JsonObject().put("outcome", "in_order"));
        });
    }

    private JsonObject handOver() {
        return inCase().put("holder_id", newPerson().getString("id"))
                .put("household_size", 3)
                .put("new_pin", "90417");
    }

    private JsonObject stock() {
        return new JsonObject().put("stock_card_id", town.issueCard().getString("id"));
    }

    private void topUps() {
        forms.put("proposeTopUp", () -> Filled.body(topUp(1)));
        forms.put("getTopUp", () -> Filled.id(proposed("/top-ups", topUp(1))));
        forms.put("approveTopUp", () -> toApprove("/top-ups", topUp(1)));
        forms.put("rejectTopUp", () -> Filled.id(proposed("/top-ups", topUp(1))));
        forms.put("executeTopUp", () -> Filled.id(interruptedBatch()));
        forms.put("cancelTopUp", () -> Filled.id(interruptedBatch()));
        forms.put("proposeReversal", () -> Filled.id(executedBatch()).with(because("mistake")));
    }

    private static JsonObject because(String reason) {
        return new JsonObject().put("reason", reason).put("act_reference", 10);
    }

    private String executedBatch() {
        JsonObject proposal = node.post("/top-ups", town.social, topUp(2)).expect(202);
        return node.post("/top-ups/" + proposal.getString("id") + "/approvals", town.treasurer, TestTown.seen(proposal))
                .expect(201)
                .getString("id");
    }

    private JsonObject topUp(int rows) {
        JsonArray array = new JsonArray();
        for (int i = 0; i < rows; i++) {
            array.add(new JsonObject()
                    .put("wallet_id", town.card.getString("wallet_id"))
                    .put("amount", euro(1)));
        }
        return new JsonObject().put("programme_id", town.programmeId).put("rows", array);
    }

    /** A batch that was approved and of which no row was carried out, since the office had lost them for a moment. */
    private String interruptedBatch() throws Exception {
        JsonObject proposal = node.post("/top-ups", town.social, topUp(2)).expect(202);
        node.inOffice("CREATE TABLE parked AS SELECT * FROM office.top_up_batch_row");
        node.inOffice("DELETE FROM office.top_up_batch_row");
        node.post("/top-ups/" + proposal.getString("id") + "/approvals", town.treasurer, TestTown.seen(proposal))
                .expect(409);
        node.inOffice("INSERT INTO office.top_up_batch_row SELECT * FROM parked");
        node.inOffice("DROP TABLE parked");
        return proposal.getString("id");
    }

    private static final String BENEFICIARY =
            "CF;Cognome;Nome;Componenti;Importo\nRSSMRA80A41H501Y;Rossi;Maria;1;0,01\n";

    private void issuance() {
        forms.put("defineIssuanceBatch", () -> Filled.body(definition()));
        forms.put("getIssuanceBatch", () -> Filled.id(batchIn("draft")));
        forms.put(
                "uploadIssuanceFile",
                () -> new Filled(
                        batchIn("draft"), null, null, "?drop_isee=true&case_id=" + TestNode.OWN_CASE, BENEFICIARY));
        forms.put("getValidationReport", () -> inCase(batchIn("ready")));
        forms.put("listIssuanceNames", () -> inCase(batchIn("ready")));
        forms.put("getAwardLetters", () -> {
            town.describe();
            return inCase(batchIn("stopped"));
        });
        forms.put("listIssuanceRows", () -> Filled.id(batchIn("ready")));
        forms.put("getPublicList", () -> Filled.id(batchIn("ready")));
        forms.put(
                "reviewIssuanceRow",
                () -> Filled.id(batchIn("ready"))
                        .with(inCase().put("row", 0).put("decision", "eligible").put("words", "Documenti completi")));
        forms.put("submitIssuanceBatch", () -> Filled.id(batchIn("ready")));
        forms.put("approveIssuanceBatch", () -> {
            JsonObject batch = batch(batchIn("submitted"));
            return Filled.id(batch.getString("id"))
                    .with(new JsonObject()
                            .put("row_count", batch.getInteger("row_count"))
                            .put("amount", batch.getJsonObject("amount"))
                            .put("digest", batch.getString("digest")));
        });
        forms.put("rejectIssuanceBatch", () -> Filled.id(batchIn("submitted")));
        forms.put("cancelIssuanceBatch", () -> Filled.id(batchIn("draft")));
        forms.put("executeIssuanceBatch", () -> Filled.id(batchIn("stopped")));
    }

    private JsonObject definition() {
        return new JsonObject()
                .put("programme_id", town.programmeId)
                .put("kind", "recharge")
                .put("act_reference", "DD 12/2026");
    }

    private JsonObject batch(String id) {
        return node.get("/issuance-batches/" + id, town.social).expect(200);
    }

    /** One in this state: the last, unless somebody was let change it. */
    private String batchIn(String state) throws Exception {
        String last = batches.get(state);
        if (last != null && batch(last).getString("state").equals(state)) {
            return last;
        }
        String id = batchMade(state);
        batches.put(state, id);
        return id;
    }

    private String batchMade(String state) throws Exception {
        if (state.equals("draft")) {
            return node.post("/issuance-batches", town.social, definition())
                    .expect(201)
                    .getString("id");
        }
        String id = batchMade("draft");
        node.post(
                        "/issuance-batches/" + id + "/files?case_id=" + TestNode.OWN_CASE,
                        town.social,
                        TestNode.newKey(),
                        BENEFICIARY)
                .expect(202);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> batch(id).getString("state").equals("ready"));
        if (state.equals("ready")) {
            return id;
        }
        if (batches.get("submitted") == null) {
            JsonObject issued = town.issueCard();
            await().until(() ->
                    node.get("/cards?limit=200", town.social).response().body().contains(issued.getString("id")));
        }
        node.post("/issuance-batches/" + id + "/submissions", town.social).expect(202);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> batch(id).getString("state").equals("submitted"));
        if (state.equals("stopped")) {
            node.inOffice(
                    "UPDATE office.issuance_batch SET state = 'STOPPED', stop_code = 'limit_exceeded', approved_by ="
                            + " submitted_by + 1, executed_as = submitted_by, execute_at_ms = 1, started_ms = 1 WHERE batch_id = "
                            + Long.parseLong(id.substring(4), 36));
        }
        return id;
    }

    private void emergency() {
        forms.put(
                "proposeEmergencyFund",
                () -> Filled.id(emergencyTown().newProgramme()).with(EmergencyTown.terms(EmergencyTown.MONTH_MAX)));
        forms.put(
                "awardEmergency",
                () -> Filled.body(emergencyTown().request(emergencyTown().holder(), 100)));
        forms.put("listEmergencyAwards", Filled::nothing);
        forms.put(
                "reviewEmergencyAward",
                () -> Filled.id(emergencyTown().award(100).getString("id"))
                        .with(new JsonObject().put("verdict", "confirmed")));
        options.add(
                new Option("listEmergencyAwards", () -> Filled.query("?programme_id=" + emergencyTown().programmeId)));
        options.add(new Option("awardEmergency", () -> {
            JsonObject person = emergencyTown().person(null);
            JsonObject byCard = emergencyTown().request(person, 100);
            byCard.remove("person_id");
            return Filled.body(
                    byCard.put("card_id", emergencyTown().card(person).getString("id")));
        }));
        options.add(new Option(
                "awardEmergency",
                () -> Filled.body(emergencyTown()
                        .request(emergencyTown().holder(), 100)
                        .put("act_reference", act(town, newAct())))));
        options.add(new Option(
                "proposeEmergencyFund",
                () -> Filled.id(emergencyTown().newProgramme())
                        .with(EmergencyTown.terms(EmergencyTown.MONTH_MAX).put("act_reference", act(town, newAct())))));
    }

    private void payees() {
        forms.put(
                "proposePayee", () -> Filled.id(town.newMerchant()).with(SettlementTown.account(SettlementTown.IBAN)));
        forms.put("listPayees", () -> Filled.id(settlingTown().changedShop()));
        forms.put(
                "getPayeeLetter",
                () -> Filled.ids(settlingTown().changedShop(), settlingTown().changedPayee()));
        forms.put("confirmPayee", () -> {
            String merchantId = settlingTown().newChangedShop();
            return Filled.id(merchantId).with(settlingTown().confirmation(merchantId));
        });
        options.add(new Option(
                "proposePayee",
                () -> Filled.id(town.newMerchant())
                        .with(SettlementTown.account(SettlementTown.IBAN).put("bic", "BPMOIT22XXX"))));
        options.add(new Option(
                "listPayees", () -> new Filled(settlingTown().changedShop(), null, null, "?min_sequence=1")));
        options.add(new Option(
                "getPayeeLetter",
                () -> new Filled(
                        settlingTown().changedShop(),
                        null,
                        null,
                        "?language=en",
                        "",
                        settlingTown().changedPayee())));
    }

    private void settlements() {
        forms.put("drawSettlement", () -> Filled.body(settlingTown().request()));
        forms.put("listSettlements", Filled::nothing);
        forms.put("getSettlement", () -> Filled.id(settlingTown().settled()));
        forms.put("listSettlementLines", () -> Filled.id(settlingTown().settled()));
        forms.put("proposeSettlement", () -> Filled.id(settlingTown().rejected()));
        forms.put("returnLines", () -> {
            String id = settlingTown().freshlyApproved();
            return Filled.id(id)
                    .with(new JsonObject()
                            .put("lines", new JsonArray().add(settlingTown().lineOf(id))));
        });
        forms.put("cancelSettlement", () -> Filled.id(settlingTown().drawn()));
        forms.put("listDebitNotes", () -> Filled.id(settlingTown().settled()));
        forms.put("getDebitNote", () -> Filled.ids(settlingTown().settled(), town.merchantId));
        forms.put("getDebitNotePaper", () -> {
            town.describe();
            return Filled.ids(settlingTown().settled(), town.merchantId);
        });
        options.add(new Option("getDebitNotePaper", () -> {
            town.describe();
            String id = settlingTown().settled();
            return new Filled(id, null, null, "?language=en", "", town.merchantId);
        }));
        forms.put("confirmDebitNote", () -> {
            String id = settlingTown().freshlyApproved();
            return Filled.ids(id, town.merchantId).with(settlingTown().noteOf(id, "N" + ++names));
        });
        forms.put("listOwnDebitNotes", Filled::nothing);
        forms.put("listPaymentOrders", () -> Filled.id(settlingTown().settled()));
        forms.put(
                "orderPayments",
                () -> Filled.id(settlingTown().noted("N" + ++names)).with(SettlementTown.mandate()));
        forms.put("getPaymentOrder", () -> Filled.id(settlingTown().order()));
        forms.put("listPaymentOrderItems", () -> Filled.id(settlingTown().order()));
        forms.put("getSepaFile", () -> Filled.id(settlingTown().transferOrder("N" + ++names)));
        options.add(new Option(
                "getSepaFile",
                () -> new Filled(settlingTown().transferOrder("N" + ++names), null, null, "?variant=iso")));
        forms.put("listPaymentChecks", () -> Filled.id(town.merchantId));
        forms.put("recordOutcomes", () -> Filled.body(SettlementTown.outcomes("IES-0-1", "paid", 1)));
        forms.put(
                "uploadOutcomeFile",
                () -> new Filled(null, null, null, "?format=mandates", SettlementTown.UNKNOWN_MANDATE));
        forms.put("listReconciliations", Filled::nothing);
        forms.put("getReconciliation", () -> Filled.id(settlingTown().reconciliation()));
        forms.put("listReconciliationLines", () -> Filled.id(settlingTown().reconciliation()));
        forms.put("reconcileSettlement", () -> Filled.id(settlingTown().settled()));
        options.add(new Option(
                "listReconciliationLines",
                () -> new Filled(settlingTown().reconciliation(), null, null, "?result=noted")));
        forms.put("getLiquidationLines", () -> Filled.id(settlingTown().order()));
        forms.put("listAccountingCommitments", () -> Filled.id(town.programmeId));
        forms.put(
                "enterAccountingCommitment",
                () -> Filled.id(town.programmeId).with(SettlementTown.commitment("C" + ++names, 1_000_00)));
        forms.put("recordPaymentCheck", () -> Filled.id(town.merchantId).with(SettlementTown.clear()));
        options.add(new Option(
                "drawSettlement",
                () -> Filled.body(settlingTown()
                        .request()
                        .put("merchants", new JsonArray().add(town.merchantId))
                        .put("programmes", new JsonArray().add(town.programmeId)))));
        options.add(new Option(
                "drawSettlement",
                () -> Filled.body(settlingTown().request().put("act_reference", act(town, newAct())))));
        options.add(new Option(
                "listSettlementLines",
                () -> new Filled(settlingTown().settled(), null, null, "?merchant_id=" + town.merchantId)));
        options.add(new Option(
                "orderPayments",
                () -> Filled.id(settlingTown().noted("N" + ++names)).with(SettlementTown.transfer())));
    }

    private void reports() {
        ReportTown reports = new ReportTown(town);
        forms.put("requestReport", () -> Filled.body(ReportTown.spend()));
        options.add(new Option(
                "requestReport", () -> Filled.body(ReportTown.spend().put("programme_id", town.programmeId))));
        options.add(new Option(
                "requestReport",
                () -> Filled.body(new JsonObject()
                        .put("kind", "first_spend")
                        .put("format", "xlsx")
                        .put("lang", "en")
                        .put("programme_id", town.programmeId)
                        .put("at_least", 12))));
        forms.put("listReports", Filled::nothing);
        forms.put("getReport", () -> Filled.id(reports.spent()));
        forms.put("getReportFile", () -> Filled.id(reports.spent()));
        forms.put("repeatReport", () -> Filled.id(reports.spent()));
        forms.put("getProgrammeReport", () -> Filled.id(town.programmeId));
        options.add(new Option(
                "getProgrammeReport", () -> new Filled(town.programmeId, null, null, "?year=" + ReportTown.year())));
    }

    private SettlementTown settlingTown() {
        if (settling == null) {
            settling = new SettlementTown(town);
        }
        return settling;
    }

    private EmergencyTown emergencyTown() {
        if (emergency == null) {
            emergency = new EmergencyTown(town);
        }
        return emergency;
    }

    private void wallets() {
        for (String each : new String[] {"getWallet", "getBalances", "listEntries", "listDelegates", "listErrands"}) {
            forms.put(each, () -> Filled.id(town.card.getString("wallet_id")));
        }
        forms.put(
                "proposeTakeBack",
                () -> Filled.id(town.card.getString("wallet_id"))
                        .with(because("clawback")
                                .put("programme_id", town.programmeId)
                                .put("amount", euro(1))));
        forms.put(
                "proposeClosure",
                () -> Filled.id(town.newCard().getString("wallet_id")).with(because("moved_away")));
    }

    private void payments() {
        JsonObject amount = new JsonObject().put("amount", euro(1));
        forms.put("pay", () -> Filled.body(town.payment(town.card, 1)));
        forms.put(
                "payBatch",
                () -> Filled.body(new JsonObject()
                        .put(
                                "payments",
                                new JsonArray()
                                        .add(town.payment(town.card, 1).put("idempotency_key", TestNode.newKey())))));
        forms.put(
                "getAuditEntry",
                () -> Filled.id(pay("automatic").getLong("sequence").toString()));
        forms.put(
                "drawAuditSample",
                () -> Filled.body(new JsonObject().put("seed", "operations").put("size", 1)));
        options.add(new Option(
                "drawAuditSample",
                () -> Filled.body(new JsonObject()
                        .put("seed", "operations")
                        .put("size", 1)
                        .put("programme_id", town.programmeId))));
        forms.put("getAuditSample", () -> Filled.id(auditSample(town)));
        forms.put("getAuditCase", () -> Filled.ids(auditSample(town), "1"));
        forms.put("getAuditProof", () -> Filled.query("?payment_id=" + payment("automatic")));
        forms.put("getTrace", () -> {
            JsonObject paid = pay("automatic");
            return new Filled(paid.getString("id"), null, null, "?min_sequence=" + paid.getLong("sequence"));
        });
        forms.put("getPayment", () -> Filled.id(payment("automatic")));
        forms.put("capturePayment", () -> Filled.id(payment("manual")).with(amount));
        forms.put("voidPayment", () -> Filled.id(payment("manual")));
        forms.put("refundPayment", () -> Filled.id(payment("automatic")).with(amount));
        forms.put(
                "inquireBalance",
                () -> Filled.body(new JsonObject()
                        .put("card_token", town.card.getString("card_token"))
                        .put("pin", TestTown.PIN)));
        forms.put("resolveKey", () -> Filled.body(new JsonObject().put("key", TestNode.newKey())));
    }

    private void notices() {
        forms.put("createWebhookEndpoint", () -> Filled.body(webhook()));
        forms.put("listWebhookEndpoints", Filled::nothing);
        forms.put("removeWebhookEndpoint", () -> Filled.id(webhookEndpoint(town)));
        forms.put("redeliverNotices", () -> Filled.id(webhookEndpoint(town)));
        forms.put("listNotices", Filled::nothing);
        options.add(new Option("listNotices", () -> Filled.query("?state=dead")));
        forms.put("listNoticeChannels", Filled::nothing);
        forms.put("printNoticeLetters", () -> Filled.body(new JsonObject()));
        forms.put("getNoticeLetters", () -> new Filled(noticeRun(town), null, null, "?case_id=" + TestNode.OWN_CASE));
        forms.put(
                "setNoticeContact",
                () -> Filled.id(town.merchantId).with(new JsonObject().put("email", "negozio@notices.invalid")));
    }

    private static JsonObject webhook() {
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

    private void tills() {
        String today = SettlementTown.today();
        forms.put(
                "addFiscalDocument",
                () -> Filled.id(payment("automatic"))
                        .with(new JsonObject().put("number", "0041-0012").put("date", today)));
        forms.put("reversePayment", () -> {
            String reference = "reversed/" + ++names;
            town.till(
                            "/payments",
                            TestNode.newKey(),
                            town.payment(town.card, 1)
                                    .put("terminal_reference", reference)
                                    .encode())
                    .expect(201);
            return Filled.body(new JsonObject().put("terminal_reference", reference));
        });
        forms.put("getTerminalTotals", () -> Filled.id(town.till.id));
        forms.put("listTillPayments", Filled::nothing);
        forms.put("getTillDay", () -> Filled.id(today));
        forms.put("closeTillDay", () -> Filled.body(new JsonObject().put("day", today)));
        forms.put("getTillStatistics", Filled::nothing);
        options.add(new Option("listPublicMerchants", () -> Filled.query("?circuit_id=" + town.circuitId)));
    }

    private void disputes() {
        DisputeTown disputes = new DisputeTown(town);
        forms.put("openDispute", () -> Filled.id(payment("automatic")).with(DisputeTown.request(1)));
        forms.put("listDisputes", Filled::nothing);
        forms.put("listOwnDisputes", Filled::nothing);
        forms.put("getDispute", () -> Filled.id(disputes.dispute(1).getString("id")));
        forms.put(
                "addDisputeStatement",
                () -> Filled.id(disputes.dispute(1).getString("id")).with(DisputeTown.statement("shop", "No")));
        forms.put("proposeDisputeDecision", () -> {
            String id = disputes.dispute(1).getString("id");
            disputes.hear(id, "shop", "No").expect(201);
            return Filled.id(id).with(DisputeTown.decision(1));
        });
        forms.put("getDisputeLetter", () -> new Filled(disputes.decided(town.card, 1), null, null, "?party=shop"));
        options.add(new Option("getDisputeLetter", () -> {
            JsonObject card = disputes.cardOfAPerson(emergencyTown());
            return new Filled(disputes.decided(card, 1), null, null, "?party=holder&case_id=" + TestNode.OWN_CASE);
        }));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        forms.put("listSignals", () -> Filled.query("?from=" + now.minusSeconds(60) + "&to=" + now));
        options.add(new Option("listDisputes", () -> Filled.query("?merchant_id=" + town.merchantId)));
        options.add(new Option("listDisputes", () -> Filled.query("?programme_id=" + town.programmeId)));
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

    private String payment(String capture) throws Exception {
        return pay(capture).getString("id");
    }

    private JsonObject pay(String capture) throws Exception {
        return town.till(
                        "/payments",
                        TestNode.newKey(),
                        town.payment(town.card, 1).put("capture", capture).encode())
                .expect(201);
    }

    private void circuit() {
        JsonObject oneIes = new JsonObject().put("amount", ies(1));
        forms.put(
                "transfer",
                () -> Filled.body(oneIes.copy()
                        .put("from_wallet_id", town.card.getString("wallet_id"))
                        .put("to_wallet_id", otherCard.getString("wallet_id"))));
        forms.put("quoteTransfer", () -> Filled.body(oneIes));
        forms.put(
                "proposeTariff",
                () -> Filled.body(new JsonObject().put("flat", ies(0)).put("basis_points", 0)));
        forms.put("proposeReserveMovement", () -> Filled.body(new JsonObject().put("amount", euro(1))));
        forms.put(
                "proposeIssuance", () -> Filled.body(oneIes.copy().put("wallet_id", town.card.getString("wallet_id"))));
        forms.put(
                "proposeRedemption",
                () -> Filled.body(oneIes.copy().put("wallet_id", town.card.getString("wallet_id"))));
    }

    private void proposals() {
        JsonObject amount = new JsonObject().put("amount", euro(1));
        forms.put("getProposal", () -> Filled.id(proposed("/reserve-movements", amount)));
        forms.put("approveProposal", () -> toApprove("/reserve-movements", amount));
        forms.put("rejectProposal", () -> Filled.id(proposed("/reserve-movements", amount)));
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
    }

    private JsonObject errand() {
        return new JsonObject()
                .put("merchant_id", town.merchantId)
                .put("payment_max", euro(10))
                .put(
                        "valid_until",
                        Instant.now()
                                .plusSeconds(3_600)
                                .truncatedTo(ChronoUnit.MILLIS)
                                .toString());
    }

    private static JsonObject inCase() {
        return new JsonObject().put("case_id", TestNode.OWN_CASE);
    }

    private static Filled inCase(String id) {
        return new Filled(id, null, null, "?case_id=" + TestNode.OWN_CASE);
    }

    private static JsonObject personData() {
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

    private JsonObject newPerson() {
        return node.post("/people", town.social, inCase().put("person", personData()))
                .expect(201);
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

    /** What may be left out, and names something. */
    private void options() {
        String walletId = town.card.getString("wallet_id");
        options.add(new Option("listCards", () -> Filled.query("?wallet_id=" + walletId)));
        options.add(new Option(
                "listReads", () -> Filled.query("?person_id=" + newPerson().getString("id"))));
        options.add(new Option("listPayments", () -> Filled.query("?wallet_id=" + walletId)));
        options.add(new Option("listPayments", () -> Filled.query("?terminal_id=" + town.till.id)));
        options.add(new Option(
                "proposeClosure",
                () -> Filled.id(town.newCard().getString("wallet_id"))
                        .with(because("death").put("heir_wallet_id", walletId))));
        options.add(new Option(
                "proposeReversal",
                () -> Filled.id(executedBatch()).with(because("mistake").put("rows", topUp(1).getJsonArray("rows")))));
        options.add(new Option(
                "proposeOperator",
                () -> Filled.body(new JsonObject()
                        .put("operator_id", town.operatorIds.get("bruno.conti"))
                        .put("roles", new JsonArray().add("auditor")))));
        options.add(new Option(
                "proposeRedemption",
                () -> Filled.body(new JsonObject().put("amount", ies(1)).put("merchant_id", town.merchantId))));
    }

    private String proposed(String path, JsonObject body) {
        return node.post(path, town.social, body).expect(202).getString("proposal_id");
    }

    private Filled toApprove(String path, JsonObject body) {
        JsonObject proposal = node.post(path, town.social, body).expect(202);
        return Filled.id(proposal.getString("proposal_id")).with(TestTown.seen(proposal));
    }

    static JsonObject ies(long minorUnits) {
        return new JsonObject().put("amount", minorUnits).put("currency", "IES");
    }
}
