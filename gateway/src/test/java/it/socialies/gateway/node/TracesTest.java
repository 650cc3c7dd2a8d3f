// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.SettlementTown.IBAN;
import static it.socialies.gateway.node.SettlementTown.note;
import static it.socialies.gateway.node.TestTown.euro;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every cent of a town with payments, refunds before and after the cut-off, settlements, one of them returned, one paid, come back and paid again, and money that was taken back, both ways. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TracesTest {
    @TempDir
    private static Path data;

    private TestNode node;
    private TestTown town;
    private SettlementTown desk;
    private String secondPayment;
    private final List<String> lines = new ArrayList<>();
    private final List<JsonObject> became = new ArrayList<>();

    @BeforeAll
    void liveAWhile() throws Exception {
        node = TestNode.create(data);
        town = TestTown.create(node);
        desk = new SettlementTown(town);
        desk.setPayee(town.merchantId, IBAN);
        JsonObject other = town.newCard();
        town.approve(node.post(
                        "/programmes/" + town.programmeId + "/fund-movements",
                        town.social,
                        new JsonObject().put("amount", euro(5_000)))
                .expect(202));
        town.topUp(other.getString("wallet_id"), 5_000);
        String paid = town.pay(town.card, 30_00).expect(201).getString("id");
        secondPayment = town.pay(other, 12_34).expect(201).getString("id");
        refund(secondPayment, 2_34);
        JsonObject returned = desk.draw(desk.request());
        node.post("/settlement-batches/" + returned.getString("id") + "/cancellations", town.treasurer)
                .expect(201);
        await().until(() ->
                desk.settlement(returned.getString("id")).getString("state").equals("cancelled"));
        lines(returned.getString("id"));
        String id = desk.approved();
        lines(id);
        node.post(desk.notePath(id, town.merchantId) + "/confirmations", town.treasurer, note("1", 40_00))
                .expect(201);
        String reference =
                desk.order(id, SettlementTown.mandate()).getJsonObject(0).getString("reference");
        assertThat(desk.told(reference, "paid", 40_00)).isEqualTo("noted");
        became.add(lineOf(secondPayment));
        assertThat(desk.told(reference, "bounced", 40_00)).isEqualTo("noted");
        became.add(lineOf(secondPayment));
        String again = desk.order(id, SettlementTown.mandate()).getJsonObject(0).getString("reference");
        became.add(lineOf(secondPayment));
        assertThat(desk.told(again, "paid", 40_00)).isEqualTo("noted");
        became.add(lineOf(secondPayment));
        refund(paid, 12_00);
        refund(paid, 1_00);
        town.pay(town.card, 80_00).expect(201);
        lines(desk.draw(desk.request()).getString("id"));
        refund(paid, 5_00);
        town.approve(node.post(
                        "/wallets/" + other.getString("wallet_id") + "/take-backs",
                        town.social,
                        new JsonObject()
                                .put("programme_id", town.programmeId)
                                .put("amount", euro(10_00))
                                .put("reason", "mistake")
                                .put("act_reference", 2026_000_207L))
                .expect(202));
        town.topUp(other.getString("wallet_id"), 20_00);
    }

    @AfterAll
    void stop() throws Exception {
        node.close();
    }

    private void refund(String paymentId, long cents) throws Exception {
        town.till(
                        "/payments/" + paymentId + "/refunds",
                        TestNode.newKey(),
                        new JsonObject().put("amount", euro(cents)).encode())
                .expect(201);
    }

    private void lines(String settlementId) {
        desk.items("/settlement-batches/" + settlementId + "/lines?" + desk.now())
                .forEach(line -> lines.add(line.getString("id")));
    }

    /** All pages of a trace, each of which agrees, as one. */
    private JsonObject trace(String name, String direction, int limit) {
        JsonArray items = new JsonArray();
        String cursor = "";
        long pages = 0;
        while (true) {
            JsonObject page = node.get(
                            "/traces/" + name + "?direction=" + direction + "&limit=" + limit + cursor + "&"
                                    + desk.now(),
                            town.treasurer)
                    .expect(200);
            assertThat(page.getBoolean("sums_agree"))
                    .as("%s %s", name, direction)
                    .isTrue();
            items.addAll(page.getJsonArray("items"));
            pages += cents(page, "page_amount");
            if (!page.containsKey("next_cursor")) {
                assertThat(pages).as("%s %s", name, direction).isEqualTo(cents(page, "amount"));
                return page.put("items", items);
            }
            cursor = "&cursor=" + page.getString("next_cursor");
        }
    }

    private static long cents(JsonObject json, String field) {
        return json.getJsonObject(field).getLong("amount");
    }

    /** The line that paid it. */
    private JsonObject lineOf(String paymentId) {
        return items(trace(paymentId, "forward", 200)).stream()
                .map(item -> item.getJsonObject("end"))
                .filter(end -> end.getString("kind").equals("settlement_line"))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonObject> items(JsonObject trace) {
        return trace.getJsonArray("items").stream().map(JsonObject.class::cast).toList();
    }

    private List<String> records() {
        long last = node.get("/status", null).expect(200).getLong("sequence");
        List<String> found = new ArrayList<>();
        for (long sequence = 1; sequence <= last; sequence++) {
            if (node.get("/traces/" + sequence + "?" + desk.now(), town.treasurer)
                            .status()
                    == 200) {
                found.add(Long.toString(sequence));
            }
        }
        return found;
    }

    @Test
    void shouldExplainEveryCentOfEveryEntryBothWays() {
        List<String> records = records();
        assertThat(records).hasSizeGreaterThan(15);
        TreeSet<String> ends = new TreeSet<>();
        for (String name : records) {
            for (String direction : List.of("forward", "back")) {
                JsonObject trace = trace(name, direction, 200);
                long sum = 0;
                for (JsonObject item : items(trace)) {
                    sum += cents(item, "amount");
                    String end = item.getJsonObject("end").getString("kind");
                    ends.add(end);
                    if (direction.equals("back") && !end.equals("given_up")) {
                        assertThat(item.getJsonArray("steps").size()).isPositive();
                    }
                }
                assertThat(sum).as("%s %s", name, direction).isEqualTo(cents(trace, "amount"));
            }
        }
        assertThat(ends)
                .contains("funding", "fund", "pocket", "settlement_line", "receivable")
                .doesNotContain("unexplained", "goes_on");
    }

    /** A cent of a line goes back the way on which it came from its fund movement, movement by movement and cent by cent. */
    @Test
    void shouldFindTheSameWayForwardAndBack() {
        Map<String, Integer> forward = new HashMap<>();
        for (String name : records()) {
            for (JsonObject item : items(trace(name, "forward", 200))) {
                JsonArray steps = item.getJsonArray("steps");
                JsonObject end = item.getJsonObject("end");
                if (end.getString("kind").equals("settlement_line")
                        && !steps.isEmpty()
                        && steps.getJsonObject(0).getString("reason").equals("fund_moved")) {
                    count(forward, item, end.getString("settlement_line_id"), false);
                }
            }
        }
        Map<String, Integer> back = new HashMap<>();
        long given = 0;
        for (String line : lines) {
            for (JsonObject item : items(trace(line, "back", 200))) {
                if (item.getJsonObject("end").getString("kind").equals("given_up")) {
                    given += cents(item, "amount");
                } else {
                    assertThat(item.getJsonObject("end").getString("kind")).isEqualTo("funding");
                    count(back, item, line, true);
                }
            }
        }
        assertThat(given).isEqualTo(40_00);
        assertThat(back).hasSizeGreaterThan(100_00).isEqualTo(forward);
        assertThat(back).containsValue(-1);
    }

    private static void count(Map<String, Integer> ways, JsonObject item, String line, boolean reversed) {
        long amount = cents(item, "amount");
        for (long cent = 0; cent < Math.abs(amount); cent++) {
            List<String> way = new ArrayList<>();
            for (Object each : item.getJsonArray("steps")) {
                JsonObject step = (JsonObject) each;
                way.add(step.getString("entry") + ":" + (step.getLong("first_cent") + cent));
            }
            if (reversed) {
                Collections.reverse(way);
            }
            ways.merge(line + way, Long.signum(amount), Integer::sum);
        }
    }

    @Test
    void shouldGiveTheSamePageByPage() {
        String settled = lines.get(1);
        String funded = items(trace(settled, "back", 200)).getFirst().getJsonArray("steps").stream()
                .map(JsonObject.class::cast)
                .reduce((first, second) -> second)
                .orElseThrow()
                .getString("entry");
        for (int limit : new int[] {1, 2, 3}) {
            assertThat(perCent(trace(funded, "forward", limit))).isEqualTo(perCent(trace(funded, "forward", 200)));
            assertThat(perCent(trace(lines.get(2), "back", limit)))
                    .isEqualTo(perCent(trace(lines.get(2), "back", 200)));
        }
    }

    /** What is said of cents does not depend on where a page cuts them. */
    private static Map<String, Long> perCent(JsonObject trace) {
        Map<String, Long> sums = new HashMap<>();
        for (JsonObject item : items(trace)) {
            List<String> way = new ArrayList<>();
            item.getJsonArray("steps").forEach(step -> way.add(((JsonObject) step).getString("entry")));
            sums.merge(way + item.getJsonObject("end").encode(), cents(item, "amount"), Long::sum);
        }
        return sums;
    }

    @Test
    void shouldSayWhatBecameOfAPayment() {
        JsonObject line = lineOf(secondPayment);
        assertThat(line.getString("line_state")).isEqualTo("paid");
        assertThat(line.getString("outcome")).isEqualTo("paid");
        assertThat(line.getString("settlement_line_id")).isEqualTo(lines.get(1));
        JsonObject origin = items(trace(secondPayment, "back", 200)).getFirst();
        assertThat(Objects.requireNonNull(origin.getJsonArray("steps")).stream()
                        .map(step -> ((JsonObject) step).getString("reason")))
                .containsExactly("payment", "topped_up", "fund_moved");
    }

    @Test
    void shouldFollowAPaymentOfAnOrderThatCameBackAndWasMadeAgain() {
        assertThat(became)
                .extracting(line -> line.getString("settlement_line_id"))
                .containsOnly(lines.get(1));
        assertThat(became)
                .extracting(line -> line.getString("line_state"))
                .containsExactly("paid", "open", "ordered", "paid");
        // The outcome is that of the last order that came to something.
        assertThat(became)
                .extracting(line -> line.getString("outcome"))
                .containsExactly("paid", "bounced", "bounced", "paid");
        List<Long> orders =
                became.stream().map(line -> line.getLong("order_reference")).toList();
        assertThat(orders.get(0)).isNotNull().isNotEqualTo(orders.get(2));
        assertThat(orders.get(3)).isEqualTo(orders.get(2));
        // Its movements are the line, however often it went and came back.
        List<String> names = new ArrayList<>();
        for (String name : records()) {
            JsonObject back = trace(name, "back", 200);
            JsonObject forward = trace(name, "forward", 200);
            boolean isOfTheLine = items(forward).stream()
                    .map(item -> item.getJsonObject("end"))
                    .anyMatch(end -> lines.get(1).equals(end.getString("settlement_line_id")));
            if (isOfTheLine && cents(forward, "amount") == 40_00) {
                names.add(name);
                assertThat(items(back)).isEqualTo(items(trace(lines.get(1), "back", 200)));
            }
        }
        assertThat(names).as("settled, paid, came back, paid").hasSize(4);
    }

    @Test
    void shouldKnowNothingOfWhatIsNotThere() throws Exception {
        TestTown elsewhere = TestTown.create(node);
        String now = "?" + desk.now();
        String theirs = elsewhere.pay(elsewhere.card, 10).expect(201).getString("id");
        String seen = "?" + desk.now();
        node.get("/traces/" + theirs + seen, elsewhere.treasurer).expect(200);
        for (String name :
                List.of(theirs, "99999999", "1-32767", "1-40000", "9999999999999999999", "sln_zzzz", "pay_zzzz")) {
            assertThat(node.get("/traces/" + name + seen, town.treasurer)
                            .expect(404)
                            .getString("code"))
                    .as(name)
                    .isEqualTo("not_found");
        }
        node.get("/traces/x" + now, town.treasurer).expect(400);
        node.get("/traces/" + secondPayment + "?direction=up", town.treasurer).expect(400);
        node.get("/traces/" + secondPayment, town.till.token()).expect(403);
        node.get("/traces/" + secondPayment, null).expect(401);
    }
}
