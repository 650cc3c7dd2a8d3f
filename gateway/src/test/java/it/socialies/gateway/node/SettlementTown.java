// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.TestTown.euro;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;

/** A town whose shops are paid: accounts, settlements, notes and orders, as the desk and the till make them. */
final class SettlementTown {
    static final String IBAN = "IT60X0542811101000000123456";
    static final String OTHER_IBAN = "IT95D0306904601100000000001";
    static final String UNKNOWN_MANDATE = "riferimento;esercizio;mandato;importo\nIES-0-1;2026;1;1,00\n";
    private static final Pattern CODE = Pattern.compile("\\b[0-9A-HJKMNP-TV-Z]{4} [0-9A-HJKMNP-TV-Z]{4}\\b");
    private static final Set<String> UNDER_WAY = Set.of("planning", "drawing");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What a fresh settlement is about, at least. */
    private static final long FRESH_CENTS = 50;

    private final TestTown town;
    private final TestNode node;
    private @Nullable String settled;
    private @Nullable String order;
    private @Nullable String changedShop;
    private @Nullable String transferOrder;
    private @Nullable String reconciliation;

    SettlementTown(TestTown town) {
        this.town = town;
        node = town.node;
    }

    String now() {
        return "min_sequence=" + node.get("/status", null).expect(200).getLong("sequence");
    }

    static JsonObject account(String iban) {
        return new JsonObject().put("iban", iban).put("account_holder", "Panificio Prova di A. Rossi");
    }

    /** Proposed by one person, approved by another; the number of the account. */
    String setPayee(String merchantId, String iban) {
        JsonObject proposal = node.post(
                        "/merchants/" + merchantId + "/payee-changes?" + now(), town.social, account(iban))
                .expect(202);
        town.approve(proposal);
        return payees(merchantId).getFirst().getString("id");
    }

    List<JsonObject> payees(String merchantId) {
        return items("/merchants/" + merchantId + "/payees?" + now());
    }

    List<JsonObject> items(String path) {
        return node.get(path, town.treasurer).expect(200).getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    /** Everything until now: what was captured a moment ago was captured in an earlier millisecond. */
    JsonObject request() {
        long started = System.currentTimeMillis();
        while (System.currentTimeMillis() == started) {
            Thread.onSpinWait();
        }
        return new JsonObject().put("period_end", Instant.now().toString()).put("act_reference", 2026_000_311L);
    }

    /** Draws and waits until the job has done what it can. */
    JsonObject draw(JsonObject request) {
        String id = node.post("/settlement-batches", town.treasurer, request)
                .expect(202)
                .getString("id");
        await().atMost(PATIENCE).until(() -> !UNDER_WAY.contains(settlement(id).getString("state")));
        return settlement(id);
    }

    JsonObject settlement(String id) {
        return node.get("/settlement-batches/" + id + "?" + now(), town.treasurer)
                .expect(200);
    }

    /** Another person than who drew it. */
    void approve(JsonObject settlement) {
        String path = "/proposals/" + settlement.getString("proposal_id");
        node.post(
                        path + "/approvals",
                        town.social,
                        TestTown.seen(node.get(path, town.social).expect(200)))
                .expect(201);
    }

    /** A settlement of everything, drawn and approved. */
    String approved() {
        JsonObject drawn = draw(request());
        approve(drawn);
        // Waits until it is projected.
        return settlement(drawn.getString("id")).getString("id");
    }

    String notePath(String settlementId, String merchantId) {
        return "/settlement-batches/" + settlementId + "/debit-notes/" + merchantId;
    }

    static JsonObject note(String number, long cents) {
        return new JsonObject().put("number", number).put("date", today()).put("total", euro(cents));
    }

    static String today() {
        return LocalDate.now(ZoneId.of("Europe/Rome")).toString();
    }

    static JsonObject mandate() {
        return new JsonObject().put("kind", "mandate").put("execution_date", today());
    }

    static JsonObject transfer() {
        return new JsonObject()
                .put("kind", "sepa")
                .put("execution_date", today())
                .put(
                        "debtor",
                        new JsonObject().put("name", "Fondazione di Prova").put("iban", OTHER_IBAN));
    }

    /** Waits until an order is carried out. */
    JsonArray ordered(String orderId) {
        await().atMost(PATIENCE)
                .until(() -> node.get("/payment-orders/" + orderId, town.treasurer)
                        .expect(200)
                        .getString("state")
                        .equals("ordered"));
        return node.get("/payment-orders/" + orderId + "/items", town.treasurer)
                .expect(200)
                .getJsonArray("items");
    }

    /** What is told of one payment. */
    static JsonObject outcomes(String reference, String outcome, long cents) {
        return new JsonObject()
                .put(
                        "outcomes",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("reference", reference)
                                        .put("outcome", outcome)
                                        .put("amount", euro(cents))));
    }

    /** What comes of telling it. */
    String told(String reference, String outcome, long cents) {
        return node.post("/payment-outcomes", town.treasurer, outcomes(reference, outcome, cents))
                .expect(201)
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("result");
    }

    /** Orders what is open and waits until it is; the payments. */
    JsonArray order(String settlementId, JsonObject request) {
        return ordered(orderId(settlementId, request));
    }

    String orderId(String settlementId, JsonObject request) {
        return node.post("/settlement-batches/" + settlementId + "/orders?" + now(), town.treasurer, request)
                .expect(201)
                .getString("id");
    }

    /** A file that tells outcomes, all of its entries noted. */
    JsonObject reconciled(String format, String file) {
        JsonObject taken = node.post("/outcome-files?format=" + format, town.treasurer, TestNode.newKey(), file)
                .expect(202);
        return reconciled(taken.getString("id"));
    }

    JsonObject reconciled(String id) {
        String path = "/reconciliations/" + id;
        await().atMost(PATIENCE)
                .until(() -> node.get(path, town.treasurer)
                        .expect(200)
                        .getString("state")
                        .equals("done"));
        return node.get(path, town.treasurer).expect(200);
    }

    /** A file that tells of a payment that nobody knows; always the same. */
    String reconciliation() {
        if (reconciliation == null) {
            reconciliation = reconciled("mandates", UNKNOWN_MANDATE).getString("id");
        }
        return reconciliation;
    }

    static JsonObject commitment(String number, long cents) {
        return new JsonObject()
                .put("chapter", "12.04.1.104")
                .put("budget_year", 2026)
                .put("number", number)
                .put("amount", euro(cents));
    }

    static JsonObject clear() {
        return new JsonObject()
                .put("kind", "durc")
                .put("outcome", "clear")
                .put("valid_until", today())
                .put("reference", "INPS 4711");
    }

    /** A settlement of one fresh payment, that waits for its approval. */
    String drawn() throws Exception {
        if (payees(town.merchantId).isEmpty()) {
            setPayee(town.merchantId, IBAN);
        }
        town.pay(town.card, FRESH_CENTS).expect(201);
        return draw(request()).getString("id");
    }

    String freshlyApproved() throws Exception {
        String id = drawn();
        approve(settlement(id));
        settlement(id);
        return id;
    }

    /** What the shop says of its note: what the draft says, under a number of its own. */
    JsonObject noteOf(String settlementId, String number) {
        JsonObject draft = node.get(notePath(settlementId, town.merchantId), town.treasurer)
                .expect(200);
        return note(number, draft.getJsonObject("total").getLong("amount"));
    }

    /** The shop has confirmed its note, under this number. */
    String noted(String number) throws Exception {
        String id = freshlyApproved();
        node.post(notePath(id, town.merchantId) + "/confirmations", town.treasurer, noteOf(id, number))
                .expect(201);
        return id;
    }

    /** One that is ordered; always the same. */
    String settled() throws Exception {
        if (settled == null) {
            settled = noted("S1");
            order = node.post("/settlement-batches/" + settled + "/orders", town.treasurer, mandate())
                    .expect(201)
                    .getString("id");
            ordered(order);
        }
        return settled;
    }

    String order() throws Exception {
        settled();
        return Objects.requireNonNull(order);
    }

    /** An order by credit transfer that is carried out. */
    String transferOrder(String number) throws Exception {
        if (transferOrder == null) {
            String id = noted(number);
            transferOrder = node.post("/settlement-batches/" + id + "/orders", town.treasurer, transfer())
                    .expect(201)
                    .getString("id");
            ordered(transferOrder);
        }
        return transferOrder;
    }

    /** One that the second person did not approve. */
    String rejected() throws Exception {
        String id = drawn();
        node.post(
                        "/proposals/" + settlement(id).getString("proposal_id") + "/rejections",
                        town.social,
                        new JsonObject())
                .expect(201);
        settlement(id);
        return id;
    }

    String lineOf(String settlementId) {
        return items("/settlement-batches/" + settlementId + "/lines?" + now())
                .getFirst()
                .getString("id");
    }

    String line() throws Exception {
        return items("/settlement-batches/" + settled() + "/lines?" + now())
                .getFirst()
                .getString("id");
    }

    /** A shop whose account was changed and that has not confirmed it; always the same. */
    String changedShop() {
        if (changedShop == null) {
            changedShop = newChangedShop();
        }
        return changedShop;
    }

    String newChangedShop() {
        String merchantId = town.newMerchant();
        now();
        setPayee(merchantId, IBAN);
        setPayee(merchantId, OTHER_IBAN);
        return merchantId;
    }

    String changedPayee() {
        return payees(changedShop()).getFirst().getString("id");
    }

    /** What the shop tells back. */
    JsonObject confirmation(String merchantId) throws Exception {
        String payeeId = payees(merchantId).getFirst().getString("id");
        byte[] pdf = node.bytes("/merchants/" + merchantId + "/payees/" + payeeId + "/letter", town.treasurer);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            Matcher code = CODE.matcher(new PDFTextStripper().getText(document));
            assertThat(code.find()).as("a code in the letter").isTrue();
            return new JsonObject().put("payee_id", payeeId).put("code", code.group());
        }
    }
}
