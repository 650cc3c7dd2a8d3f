// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.TestTown.euro;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.node.TestNode.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shop sees of its sales, over HTTP on a real node: documents, days and their closing, reversals, statistics; and what it never sees. */
class TillsTest {
    private static final ZoneId ITALY = ZoneId.of("Europe/Rome");
    private static final LocalTime MORNING = LocalTime.of(9, 30);

    @TempDir
    private Path data;

    private TestNode node;
    private TestTown town;
    private long aheadMs;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.create(data, "ies.tokens.operator-life=PT2000H");
        town = TestTown.create(node);
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private ZonedDateTime now() {
        return Instant.parse(node.get("/status", null).expect(200).getString("time"))
                .atZone(ITALY);
    }

    private String today() {
        return now().toLocalDate().toString();
    }

    private String current() {
        return "min_sequence=" + node.get("/status", null).expect(200).getLong("sequence");
    }

    /** Goes on to the next time it is this late in Italy. */
    private void at(LocalTime time) {
        ZonedDateTime now = now();
        ZonedDateTime next = now.with(time);
        pass(Duration.between(now, next.isAfter(now) ? next : next.plusDays(1)));
    }

    private void pass(Duration time) {
        JsonObject operator = node.bootstrap(1);
        node.post(
                        "/clock-steps",
                        node.operatorToken(operator.getString("username"), operator.getString("password")),
                        key(),
                        new JsonObject().put("advance_ms", time.toMillis()).encode())
                .expect(201);
        aheadMs += time.toMillis();
        town.social = town.logIn("anna.sociali");
        town.treasurer = town.logIn("bruno.conti");
        town.newTill();
    }

    private String key() {
        return TestNode.keyOf(System.currentTimeMillis() + aheadMs).toString();
    }

    private Answer send(String path, JsonObject body) throws Exception {
        return town.till(path, key(), body.encode());
    }

    private Answer read(String path) throws Exception {
        return node.get(path + (path.contains("?") ? "&" : "?") + current(), town.terminalToken());
    }

    private String pay(long cents) throws Exception {
        return send("/payments", town.payment(town.card, cents)).expect(201).getString("id");
    }

    private JsonObject day(String day) throws Exception {
        return read("/till/days/" + day).expect(200);
    }

    private JsonObject close(String day) throws Exception {
        return send("/till/day-closes", new JsonObject().put("day", day)).expect(201);
    }

    private JsonObject document(String number) {
        return new JsonObject().put("number", number).put("date", today());
    }

    private List<String> lacking(String day) throws Exception {
        return read("/till/payments?lacking=fiscal_document&day=" + day).expect(200).getJsonArray("items").stream()
                .map(item -> ((JsonObject) item).getString("id"))
                .toList();
    }

    private static long gross(JsonObject totals) {
        return totals.getJsonObject("gross").getLong("amount");
    }

    @Test
    void shouldFreezeADayWithItsTotalsAndWhatLacksADocument() throws Exception {
        at(MORNING);
        String today = today();
        String first = pay(30_00);
        String second = send("/payments", town.payment(town.card, 8_00).put("bill_total", euro(10_00)))
                .expect(201)
                .getString("id");
        send("/payments/" + first + "/refunds", new JsonObject().put("amount", euro(5_00)))
                .expect(201);
        String documents = "/payments/" + first + "/fiscal-documents";
        send(documents, document("0041-0011")).expect(201);
        assertThat(send(documents, document("0041-0012"))
                        .expect(201)
                        .getJsonObject("fiscal_document")
                        .getString("number"))
                .isEqualTo("0041-0012");
        assertThat(lacking(today)).containsExactly(second);

        JsonObject open = day(today);
        JsonObject outlet = open.getJsonObject("outlet");
        assertThat(outlet.getJsonObject("totals"))
                .isEqualTo(new JsonObject()
                        .put("payments", 2)
                        .put("gross", euro(38_00))
                        .put("refund_count", 1)
                        .put("refunds", euro(5_00))
                        .put("net", euro(33_00))
                        .put("bill_total", euro(40_00))
                        .put("eligible_amount", euro(38_00)));
        assertThat(outlet.getJsonArray("hours").getJsonObject(0).getInteger("hour"))
                .isEqualTo(9);
        assertThat(outlet.containsKey("close")).isFalse();
        assertThat(open.getJsonObject("shop").getJsonObject("totals")).isEqualTo(outlet.getJsonObject("totals"));

        JsonObject closed = close(today);

        assertThat(closed.getJsonObject("totals")).isEqualTo(outlet.getJsonObject("totals"));
        assertThat(closed.getJsonArray("lacking")).containsExactly(second);
        JsonObject content = closed.copy();
        content.remove("digest");
        assertThat(closed.getString("digest")).isEqualTo(sha256(canonical(content)));
        assertThat(send("/payments/" + second + "/fiscal-documents", document("1"))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("day_closed");
        // Twice is the same, also when something was sold meanwhile: that is tomorrow's.
        String late = pay(1_00);
        assertThat(close(today)).isEqualTo(closed);
        assertThat(day(today).getJsonObject("outlet").getJsonObject("close")).isEqualTo(closed);
        assertThat(gross(day(today).getJsonObject("outlet").getJsonObject("totals")))
                .isEqualTo(38_00);
        send("/payments/" + late + "/fiscal-documents", document("0041-0013")).expect(201);
        pass(Duration.ofDays(1));
        assertThat(gross(day(today()).getJsonObject("outlet").getJsonObject("totals")))
                .isEqualTo(1_00);
        assertThat(close(today()).getInteger("lacking_count")).isZero();
        assertThat(send("/payments/" + late + "/fiscal-documents", document("2"))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("day_closed");
    }

    @Test
    void shouldCountEachOutletForItselfAndTheShopAsAWhole() throws Exception {
        at(MORNING);
        pay(10_00);
        TestTill other = TestTill.enrol(node, town.newOutlet(town.merchantId), town.social);
        String theirs = other.send(
                        "POST",
                        "/payments",
                        key(),
                        town.payment(town.card, 7_00).encode())
                .expect(201)
                .getString("id");

        JsonObject day = day(today());

        assertThat(gross(day.getJsonObject("outlet").getJsonObject("totals"))).isEqualTo(10_00);
        assertThat(gross(day.getJsonObject("shop").getJsonObject("totals"))).isEqualTo(17_00);
        assertThat(gross(read("/terminals/" + other.id + "/totals").expect(200).getJsonObject("totals")))
                .isEqualTo(7_00);
        assertThat(gross(node.get("/terminals/" + town.till.id + "/totals?" + current(), town.treasurer)
                        .expect(200)
                        .getJsonObject("totals")))
                .isEqualTo(10_00);
        // Another till of the shop may tell the document; another shop may not.
        send("/payments/" + theirs + "/fiscal-documents", document("7")).expect(201);
        TestTill stranger = TestTill.enrol(node, town.newOutlet(town.newMerchant()), town.social);
        stranger.send(
                        "POST",
                        "/payments/" + theirs + "/fiscal-documents",
                        key(),
                        document("8").encode())
                .expect(404);
        assertThat(node.get("/terminals/" + town.till.id + "/totals?" + current(), stranger.token())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void shouldLetASuspendedShopSeeAndCloseItsDay() throws Exception {
        at(MORNING);
        String paid = pay(12_00);
        node.post("/merchants/" + town.merchantId + "/suspensions", town.social, key(), "")
                .expect(201);
        assertThat(send("/payments", town.payment(town.card, 1_00)).expect(402).getString("code"))
                .isEqualTo("merchant_suspended");
        town.newTill();

        send("/payments/" + paid + "/fiscal-documents", document("9")).expect(201);
        assertThat(gross(day(today()).getJsonObject("outlet").getJsonObject("totals")))
                .isEqualTo(12_00);
        JsonObject closed = close(today());

        assertThat(gross(closed.getJsonObject("totals"))).isEqualTo(12_00);
        assertThat(closed.getInteger("lacking_count")).isZero();
    }

    @Test
    void shouldCountACaptureAndARefundOnTheDayTheyAreMade() throws Exception {
        at(LocalTime.of(23, 50));
        String before = today();
        String automatic = pay(20_00);
        String manual = send("/payments", town.payment(town.card, 9_00).put("capture", "manual"))
                .expect(201)
                .getString("id");
        pass(Duration.ofMinutes(20));
        String after = today();
        send("/payments/" + manual + "/captures", new JsonObject().put("amount", euro(6_00)))
                .expect(201);
        send("/payments/" + automatic + "/refunds", new JsonObject().put("amount", euro(20_00)))
                .expect(201);

        JsonObject first = day(before).getJsonObject("outlet").getJsonObject("totals");
        JsonObject second = day(after).getJsonObject("outlet").getJsonObject("totals");

        assertThat(gross(first)).isEqualTo(20_00);
        assertThat(first.getInteger("refund_count")).isZero();
        assertThat(gross(second)).isEqualTo(6_00);
        assertThat(second.getInteger("payments")).isEqualTo(1);
        assertThat(second.getJsonObject("net")).isEqualTo(euro(-14_00));
        assertThat(day(after).getJsonObject("outlet").getJsonArray("hours").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("hour", 0)
                        .put("payments", 1)
                        .put("gross", euro(6_00))
                        .put("refund_count", 1)
                        .put("refunds", euro(20_00))
                        .put("net", euro(-14_00)));
    }

    @Test
    void shouldUndoWhatAReferenceDidAndDoSoOnce() throws Exception {
        long before = town.available(town.card);
        String captured = send("/payments", town.payment(town.card, 30_00).put("terminal_reference", "A/1"))
                .expect(201)
                .getString("id");
        send("/payments/" + captured + "/refunds", new JsonObject().put("amount", euro(10_00)))
                .expect(201);
        send(
                        "/payments",
                        town.payment(town.card, 4_00)
                                .put("terminal_reference", "A/2")
                                .put("capture", "manual"))
                .expect(201);
        JsonObject one = new JsonObject().put("terminal_reference", "A/1");
        String key = key();

        JsonObject reversed = town.till("/payment-reversals", key, one.encode()).expect(201);

        assertThat(reversed.getString("outcome")).isEqualTo("reversed");
        JsonObject payment = reversed.getJsonArray("payments").getJsonObject(0);
        assertThat(payment.getString("id")).isEqualTo(captured);
        assertThat(payment.getString("state")).isEqualTo("refunded");
        assertThat(payment.getJsonObject("refunded")).isEqualTo(euro(30_00));
        assertThat(town.till("/payment-reversals", key, one.encode()).expect(201))
                .isEqualTo(reversed);
        assertThat(send("/payment-reversals", one).expect(201)).isEqualTo(reversed);
        assertThat(send("/payment-reversals", new JsonObject().put("terminal_reference", "A/2"))
                        .expect(201)
                        .getJsonArray("payments")
                        .getJsonObject(0)
                        .getString("state"))
                .isEqualTo("voided");
        assertThat(town.available(town.card)).isEqualTo(before);
        // A reference is of one till: another one's is not there.
        TestTill other = TestTill.enrol(node, town.outletId, town.social);
        other.send("POST", "/payment-reversals", key(), one.encode()).expect(404);
        assertThat(node.post("/payment-reversals", town.terminalToken(), one).status())
                .isEqualTo(401);
    }

    @Test
    void shouldBurnTheKeyOfASaleThatNeverCame() throws Exception {
        String lost = key();
        JsonObject sale = town.payment(town.card, 3_00).put("terminal_reference", "B/1");
        JsonObject undo = new JsonObject().put("terminal_reference", "B/1");
        send("/payment-reversals", undo).expect(404);

        JsonObject burned =
                send("/payment-reversals", undo.copy().put("key", lost)).expect(201);

        assertThat(burned.getString("outcome")).isEqualTo("burned");
        assertThat(burned.getJsonArray("payments")).isEmpty();
        Answer late = town.till("/payments", lost, sale.encode());
        assertThat(late.status()).isGreaterThanOrEqualTo(400);
        assertThat(read("/payments?terminal_reference=B/1").expect(200).getJsonArray("items"))
                .isEmpty();
        // With the key of a sale that came, the sale is undone.
        String came = key();
        town.till("/payments", came, sale.encode()).expect(201);
        assertThat(send("/payment-reversals", undo.copy().put("key", came))
                        .expect(201)
                        .getString("outcome"))
                .isEqualTo("reversed");
    }

    @Test
    void shouldTellAMonthWithoutTellingWhoCame() throws Exception {
        ZonedDateTime now = now();
        LocalDate next = now.toLocalDate().withDayOfMonth(1).plusMonths(1);
        pass(Duration.between(now, next.atTime(10, 15).atZone(ITALY)));
        String month = YearMonth.from(next).toString();
        for (int day = 0; day < 2; day++) {
            send("/payments", town.payment(town.card, 6_00).put("bill_total", euro(9_00)))
                    .expect(201);
            pass(Duration.ofDays(1));
        }

        JsonObject statistics = read("/till/statistics?month=" + month).expect(200);

        assertThat(statistics.getInteger("payments")).isEqualTo(2);
        assertThat(statistics.getJsonObject("average_receipt")).isEqualTo(euro(9_00));
        assertThat(statistics.getJsonObject("average_payment")).isEqualTo(euro(6_00));
        assertThat(statistics.getJsonArray("weekdays")).hasSize(2);
        assertThat(statistics.getJsonArray("hours")).hasSize(1);
        assertThat(statistics.getJsonArray("hours").getJsonObject(0).getInteger("hour"))
                .isEqualTo(10);
        assertThat(statistics.containsKey("returning_cards")).isFalse();
        String everything = statistics.encode()
                + read("/till/payments").expect(200).encode()
                + day(next.toString()).encode()
                + read("/till/payments?day=" + next).expect(200).encode();
        assertThat(everything)
                .doesNotContain("prg_", "crd_", "wal_", "hld_", "programme", "card_id", town.programmeId)
                .contains("pay_");
    }

    @Test
    void shouldListPubliclyWhereCardsAreTakenAndNothingElse() throws Exception {
        String bar = node.post(
                        "/merchants",
                        town.social,
                        new JsonObject()
                                .put("name", "Bar Sport")
                                .put("category", "bar")
                                .put("vat_number", "00743110157"))
                .expect(201)
                .getString("id");
        String outlet = node.post(
                        "/merchants/" + bar + "/outlets",
                        town.social,
                        new JsonObject()
                                .put("name", "Marina")
                                .put("address", "Via Marina 3, 90041 Balestrate")
                                .put("opening_hours", "lun-sab 6-22"))
                .expect(201)
                .getString("id");
        String path = "/public/merchants?" + current() + "&circuit_id=" + town.circuitId;
        // A shop without a till takes no cards.
        assertThat(node.get(path, null).expect(200).getJsonArray("items")).hasSize(1);
        TestTill.enrol(node, outlet, town.social);
        path = "/public/merchants?" + current() + "&circuit_id=" + town.circuitId;
        assertThat(node.get(path, null).expect(200).getJsonArray("items")).hasSize(2);

        JsonArray found = node.get(path + "&category=bar&place=balestrate", null)
                .expect(200)
                .getJsonArray("items");

        assertThat(found).hasSize(1);
        assertThat(found.getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("merchant_id", bar)
                        .put("outlet_id", outlet)
                        .put("circuit_id", town.circuitId)
                        .put("category", "bar")
                        .put("name", "Bar Sport")
                        .put("outlet_name", "Marina")
                        .put("address", "Via Marina 3, 90041 Balestrate")
                        .put("opening_hours", "lun-sab 6-22"));
        assertThat(node.get(path + "&place=palermo", null).expect(200).getJsonArray("items"))
                .isEmpty();
        node.post("/merchants/" + bar + "/suspensions", town.social).expect(201);
        assertThat(node.get("/public/merchants?" + current() + "&category=bar", null)
                        .expect(200)
                        .getJsonArray("items"))
                .isEmpty();
    }

    @Test
    void shouldTakeTheDocumentWithTheSale() throws Exception {
        JsonObject sale = town.payment(town.card, 5_00);
        JsonObject told = send("/payments", sale.copy().put("fiscal_document", document("0042-0001")))
                .expect(201);
        assertThat(told.getJsonObject("fiscal_document")).isEqualTo(document("0042-0001"));
        JsonObject batched = send(
                        "/payment-batches",
                        new JsonObject()
                                .put(
                                        "payments",
                                        new JsonArray()
                                                .add(sale.copy()
                                                        .put("idempotency_key", key())
                                                        .put("fiscal_document", document("0042-0002")))))
                .expect(200)
                .getJsonArray("items")
                .getJsonObject(0)
                .getJsonObject("payment");
        assertThat(batched.getJsonObject("fiscal_document").getString("number")).isEqualTo("0042-0002");
        assertThat(lacking(today())).isEmpty();
        assertThat(read("/till/payments").expect(200).getJsonArray("items").stream()
                        .map(item -> ((JsonObject) item)
                                .getJsonObject("fiscal_document")
                                .getString("number")))
                .containsExactly("0042-0002", "0042-0001");

        long before = town.available(town.card);
        for (JsonObject bad : List.of(
                document(""),
                document("due parole"),
                document("1").put("date", "2026-02-30"),
                document("1").put("more", 1),
                new JsonObject().put("number", "1"))) {
            send("/payments", sale.copy().put("fiscal_document", bad)).expect(400);
        }
        send("/payments", sale.copy().put("fiscal_document", "0042-0003")).expect(400);
        String tomorrow = now().toLocalDate().plusDays(1).toString();
        send("/payments", sale.copy().put("fiscal_document", document("1").put("date", tomorrow)))
                .expect(422);
        assertThat(town.available(town.card)).isEqualTo(before);

        // On a day that is closed the sale is tomorrow's, and so is its document.
        close(today());
        assertThat(send("/payments", sale.copy().put("fiscal_document", document("0042-0004")))
                        .expect(201)
                        .containsKey("fiscal_document"))
                .isTrue();
    }

    @Test
    void shouldRefuseDaysAndDocumentsThatAreNot() throws Exception {
        String paid = pay(2_00);
        String path = "/payments/" + paid + "/fiscal-documents";
        String tomorrow = now().toLocalDate().plusDays(1).toString();
        assertThat(send(path, document("1").put("date", tomorrow)).expect(422).getString("code"))
                .isEqualTo("invalid_field");
        assertThat(send(path, document("1").put("date", "2026-02-30"))
                        .expect(422)
                        .getString("code"))
                .isEqualTo("invalid_field");
        send(path, document("")).expect(400);
        send(path, document("due parole")).expect(400);
        send(path, new JsonObject().put("number", "1")).expect(400);
        node.post(path, town.treasurer, key(), document("1").encode()).expect(403);
        send("/till/day-closes", new JsonObject().put("day", tomorrow)).expect(422);
        send("/till/day-closes", new JsonObject().put("day", "ieri")).expect(400);
        read("/till/days/" + tomorrow).expect(422);
        read("/till/statistics?month=2026-13").expect(422);
        assertThat(node.get("/till/days/" + today(), town.treasurer).status()).isEqualTo(403);
        String voided = send("/payments", town.payment(town.card, 2_00).put("capture", "manual"))
                .expect(201)
                .getString("id");
        send("/payments/" + voided + "/voids", new JsonObject()).expect(201);
        assertThat(send("/payments/" + voided + "/fiscal-documents", document("1"))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("payment_state_conflict");
        assertThat(lacking(today())).containsExactly(paid);
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Written apart from what it checks: fields in order, no spaces. */
    private static String canonical(Object value) {
        if (value instanceof JsonObject json) {
            return new TreeMap<>(json.getMap())
                    .keySet().stream()
                            .map(field -> '"' + field + "\":" + canonical(json.getValue(field)))
                            .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof JsonArray array) {
            return array.stream().map(TillsTest::canonical).collect(Collectors.joining(",", "[", "]"));
        }
        return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
    }
}
