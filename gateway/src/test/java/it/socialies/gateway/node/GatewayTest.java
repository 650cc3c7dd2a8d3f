// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.TestTown.euro;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.node.TestNode.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller meets: a real node, HTTP on one side, the journal and Postgres on the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayTest {
    @TempDir
    private static Path data;

    private TestNode node;
    private TestTown town;
    private TestTown otherTown;

    @BeforeAll
    void start() throws Exception {
        node = TestNode.create(data);
        town = TestTown.create(node);
        otherTown = TestTown.create(node);
    }

    @AfterAll
    void stop() throws Exception {
        node.close();
    }

    // ---- what works ----

    @Test
    void shouldPayFromTheCardAndTellTheTillWhatItNeeds() throws Exception {
        JsonObject card = town.newCard();
        town.topUp(card.getString("wallet_id"), 5_000);

        JsonObject payment = town.pay(card, 1_240).expect(201);

        assertThat(payment.getString("state")).isEqualTo("captured");
        assertThat(payment.getJsonObject("drawn")).isEqualTo(euro(1_240));
        assertThat(payment.getJsonArray("lines")).isEqualTo(new JsonArray().add(euro(1_240)));
        assertThat(town.available(card)).isEqualTo(3_760);
        assertThat(node.get("/payments/" + payment.getString("id"), town.terminalToken())
                        .expect(200)
                        .getString("state"))
                .isEqualTo("captured");
    }

    @Test
    void shouldGiveTheSameAnswerAgainForTheSameKey() throws Exception {
        JsonObject card = town.newCard();
        town.topUp(card.getString("wallet_id"), 5_000);
        String key = TestNode.newKey();
        String body = town.payment(card, 1_000).encode();

        Answer first = town.till("/payments", key, body);
        Answer second = town.till("/payments", key, body);

        assertThat(first.expect(201)).isEqualTo(second.expect(201));
        assertThat(first.header("Idempotency-Hit")).isEmpty();
        assertThat(second.header("Idempotency-Hit")).isEqualTo("true");
        assertThat(town.available(card)).isEqualTo(4_000);
    }

    @Test
    void shouldGiveTheSameRefusalAgainForTheSameKey() throws Exception {
        JsonObject card = town.newCard();
        String key = TestNode.newKey();
        String body = town.payment(card, 1_000).encode();

        Answer first = town.till("/payments", key, body);
        Answer second = town.till("/payments", key, body);

        assertThat(first.expect(402).getString("code")).isEqualTo("insufficient_funds");
        assertThat(second.expect(402).getString("payment_id"))
                .isEqualTo(first.json().getString("payment_id"));
        assertThat(second.header("Idempotency-Hit")).isEqualTo("true");
    }

    @Test
    void shouldRefuseAKeyThatComesWithAnotherBody() throws Exception {
        JsonObject card = town.newCard();
        town.topUp(card.getString("wallet_id"), 5_000);
        String key = TestNode.newKey();
        town.till("/payments", key, town.payment(card, 1_000).encode()).expect(201);

        Answer other = town.till("/payments", key, town.payment(card, 1_001).encode());

        assertThat(other.expect(422).getString("code")).isEqualTo("idempotency_key_reused");
    }

    @Test
    void shouldRefuseANameThatComesWithTheKeyOfAnother() {
        String key = TestNode.newKey();
        node.post("/merchants", town.social, key, "{\"name\":\"Uno\",\"category\":\"bakery\"}")
                .expect(201);

        Answer other = node.post("/merchants", town.social, key, "{\"name\":\"Due\",\"category\":\"bakery\"}");

        assertThat(other.expect(422).getString("code")).isEqualTo("idempotency_key_reused");
    }

    @Test
    void shouldShowTheSameCardsAndCodesAgainForTheSameKey() {
        String key = TestNode.newKey();

        JsonObject first =
                node.post("/cards", town.social, key, "{\"count\":3}").expect(201);
        JsonObject second =
                node.post("/cards", town.social, key, "{\"count\":3}").expect(201);

        assertThat(second).isEqualTo(first);
    }

    @Test
    void shouldCarryOutABatchOfPaymentsInOrderEachUnderItsKey() throws Exception {
        JsonObject card = town.newCard();
        town.topUp(card.getString("wallet_id"), 5_000);
        JsonArray payments = new JsonArray();
        for (long cents : new long[] {1_000, 9_000, 500}) {
            payments.add(town.payment(card, cents).put("idempotency_key", TestNode.newKey()));
        }
        payments.add(payments.getJsonObject(0).copy());
        payments.add(town.payment(card, 1)
                .put("idempotency_key", TestNode.newKey())
                .put("card_token", "IES1FORGEDFORGEDFORGEDFORGED"));

        JsonArray items = town.till(
                        "/payment-batches",
                        "",
                        new JsonObject().put("payments", payments).encode())
                .expect(200)
                .getJsonArray("items");

        assertThat(items.stream().map(item -> ((JsonObject) item).getInteger("status")))
                .containsExactly(201, 402, 201, 201, 422);
        assertThat(items.getJsonObject(1).getJsonObject("problem").getString("code"))
                .isEqualTo("insufficient_funds");
        assertThat(items.getJsonObject(3).getBoolean("hit")).isTrue();
        assertThat(items.getJsonObject(3).getJsonObject("payment"))
                .isEqualTo(items.getJsonObject(0).getJsonObject("payment"));
        assertThat(town.available(card)).isEqualTo(3_500);
    }

    @Test
    void shouldHoldCaptureAndRefund() throws Exception {
        JsonObject card = town.newCard();
        town.topUp(card.getString("wallet_id"), 5_000);
        String id = town.till(
                        "/payments",
                        TestNode.newKey(),
                        town.payment(card, 2_000).put("capture", "manual").encode())
                .expect(201)
                .getString("id");

        town.till("/payments/" + id + "/captures", TestNode.newKey(), amount(1_500))
                .expect(201);
        JsonObject refunded = town.till("/payments/" + id + "/refunds", TestNode.newKey(), amount(500))
                .expect(201);

        assertThat(refunded.getString("state")).isEqualTo("partially_refunded");
        assertThat(town.available(card)).isEqualTo(4_000);
    }

    @Test
    void shouldShowARejectedPaymentThatTheCoreDoesNotKeep() throws Exception {
        JsonObject card = town.newCard();
        String path = "/payments/" + town.pay(card, 100).expect(402).getString("payment_id");

        for (String token : new String[] {town.terminalToken(), town.social, town.holderToken(card)}) {
            JsonObject payment = node.get(path, token).expect(200);
            assertThat(payment.getString("state")).isEqualTo("rejected");
            assertThat(payment.getString("code")).isEqualTo("insufficient_funds");
            assertThat(payment.getLong("as_of_sequence")).isGreaterThanOrEqualTo(payment.getLong("sequence"));
        }
        for (String token :
                new String[] {otherTown.terminalToken(), otherTown.social, town.holderToken(town.newCard())}) {
            assertThat(node.get(path, token).expect(404).getString("code")).isEqualTo("not_found");
        }
        town.till(path + "/refunds", TestNode.newKey(), amount(1)).expect(404);
    }

    @Test
    void shouldCreditABatchAfterTheSecondPersonApproved() {
        JsonArray rows = new JsonArray();
        JsonObject first = node.post("/cards", town.social, new JsonObject().put("count", 100))
                .expect(201);
        for (int i = 0; i < 100; i++) {
            rows.add(new JsonObject()
                    .put(
                            "wallet_id",
                            first.getJsonArray("items").getJsonObject(i).getString("wallet_id"))
                    .put("amount", euro(100 + i)));
        }
        JsonObject body = new JsonObject().put("programme_id", town.programmeId).put("rows", rows);

        JsonObject dryRun =
                node.post("/top-ups?dry_run=true", town.social, body).expect(200);
        JsonObject proposed = node.post("/top-ups", town.social, body).expect(202);
        JsonObject waits = listed(proposed).getJsonObject("waits_for");
        Answer self = node.post("/top-ups/" + proposed.getString("id") + "/approvals", town.social, seen(proposed));
        Answer blind = node.post(
                "/top-ups/" + proposed.getString("id") + "/approvals",
                town.treasurer,
                seen(proposed).put("row_count", 99));
        JsonObject done = town.approve(proposed);

        assertThat(waits.getJsonArray("roles")).containsExactly("admin", "social", "treasurer");
        assertThat(waits.getInteger("persons")).isEqualTo(1);
        assertThat(waits.getString("since")).isEqualTo(proposed.getString("time"));
        assertThat(done.containsKey("waits_for")).isFalse();
        assertThat(listed(done).containsKey("waits_for")).isFalse();
        assertThat(dryRun.getString("outcome")).isEqualTo("ok");
        assertThat(dryRun.getString("digest")).isEqualTo(proposed.getString("digest"));
        assertThat(self.expect(403).getString("code")).isEqualTo("same_person");
        assertThat(blind.expect(409).getString("code")).isEqualTo("proposal_changed");
        assertThat(done.getString("state")).isEqualTo("executed");
        assertThat(done.getInteger("rows_done")).isEqualTo(100);
        assertThat(done.getJsonObject("amount_done")).isEqualTo(euro(100 * 100 + 99 * 50));
    }

    @Test
    void shouldShowOnesOwnWriteInAList() {
        JsonObject merchant = node.post(
                        "/merchants",
                        town.social,
                        new JsonObject().put("name", "Nuovo").put("category", "dairy"))
                .expect(201);

        JsonObject page = node.get("/merchants?limit=200&min_sequence=" + merchant.getLong("sequence"), town.social)
                .expect(200);

        assertThat(page.getLong("as_of_sequence")).isGreaterThanOrEqualTo(merchant.getLong("sequence"));
        assertThat(page.getJsonArray("items").stream().map(item -> ((JsonObject) item).getString("name")))
                .contains("Nuovo");
    }

    @Test
    void shouldPageThroughAListWithoutGapOrRepetition() {
        JsonArray all = node.get("/cards?limit=200", town.social).expect(200).getJsonArray("items");
        JsonArray paged = new JsonArray();
        String cursor = "";
        do {
            JsonObject page = node.get("/cards?limit=7" + cursor, town.social).expect(200);
            paged.addAll(page.getJsonArray("items"));
            cursor = page.containsKey("next_cursor") ? "&cursor=" + page.getString("next_cursor") : "";
        } while (!cursor.isEmpty() && paged.size() < all.size());

        assertThat(paged).isEqualTo(all);
    }

    @Test
    void shouldFindAPaymentByTheTillsOwnNumber() throws Exception {
        JsonObject payment = town.till(
                        "/payments",
                        TestNode.newKey(),
                        town.payment(town.card, 10)
                                .put("terminal_reference", "cassa-1/0042")
                                .encode())
                .expect(201);

        JsonObject page = node.get(
                        "/payments?terminal_reference=cassa-1%2F0042&min_sequence=" + payment.getLong("sequence"),
                        town.terminalToken())
                .expect(200);

        assertThat(page.getJsonArray("items").getJsonObject(0).getString("id")).isEqualTo(payment.getString("id"));
    }

    @Test
    void shouldResolveAKeyThatNeverArrivedSoThatItNeverExecutes() throws Exception {
        String lost = TestNode.newKey();

        JsonObject resolution = town.till(
                        "/payment-resolutions",
                        TestNode.newKey(),
                        new JsonObject().put("key", lost).encode())
                .expect(201);
        Answer late = town.till("/payments", lost, town.payment(town.card, 10).encode());

        assertThat(resolution.getString("outcome")).isEqualTo("burned");
        assertThat(late.expect(422).getString("code")).isEqualTo("idempotency_key_burned");
    }

    @Test
    void shouldTellTheHolderAtTheTillWhatTheCardCanSpend() throws Exception {
        JsonObject card = town.newCard();
        town.topUp(card.getString("wallet_id"), 777);

        JsonObject balances = town.till(
                        "/balance-inquiries",
                        "",
                        new JsonObject()
                                .put("card_token", card.getString("card_token"))
                                .put("pin", TestTown.PIN)
                                .encode())
                .expect(200);

        assertThat(balances.getJsonArray("items").getJsonObject(0).getJsonObject("available"))
                .isEqualTo(euro(777));
    }

    @Test
    void shouldDrawTheQrCodeInBothForms() throws Exception {
        String path = TestNode.BASE + "/cards/" + town.card.getString("id") + "/qr-code";

        Answer png = node.send(node.request(path)
                .header("Authorization", "Bearer " + town.social)
                .build());
        Answer svg = node.send(node.request(path + "?format=svg")
                .header("Authorization", "Bearer " + town.social)
                .build());

        assertThat(png.header("Content-Type")).isEqualTo("image/png");
        assertThat(png.response().body()).contains("PNG");
        assertThat(svg.header("Content-Type")).isEqualTo("image/svg+xml");
        assertThat(svg.response().body()).startsWith("<svg");
    }

    @Test
    void shouldTellTheStateOfEveryPart() {
        JsonObject status = node.get("/status", null).expect(200);

        assertThat(status.getString("mode")).isEqualTo("sandbox");
        assertThat(status.getString("core_hash")).matches("[0-9a-f]{16}");
        assertThat(status.getJsonObject("parts").getString("projection")).isEqualTo("up");
        assertThat(Instant.parse(status.getString("time"))).isNotNull();
    }

    @Test
    void shouldGiveEveryAnswerItsHeaders() {
        Answer answer = node.send(node.request(TestNode.BASE + "/status")
                .header("X-Correlation-ID", "0195566a-7c10-7d3e-9b1f-5a2c4e6f8a01")
                .build());

        assertThat(answer.header("X-Correlation-ID")).isEqualTo("0195566a-7c10-7d3e-9b1f-5a2c4e6f8a01");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-RateLimit-Limit")).isNotEmpty();
        assertThat(answer.header("X-RateLimit-Remaining")).isNotEmpty();
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void shouldMakeACorrelationIdRatherThanTakeOneThatCouldBeAName() {
        Answer answer = node.send(node.request(TestNode.BASE + "/circuits")
                .header("X-Correlation-ID", "RSSMRA80A01H501U")
                .build());

        assertThat(answer.expect(401).getString("trace_id")).matches("[0-9a-f]{16}");
        assertThat(answer.header("X-Correlation-ID")).isEqualTo(answer.json().getString("trace_id"));
    }

    // ---- what is refused ----

    @ParameterizedTest(name = "{0}")
    @MethodSource("badRequests")
    void shouldRefuseWithAProblem(String what, String path, String type, String body, int status, String code) {
        var request = node.request(TestNode.BASE + path)
                .POST(BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + town.social)
                .header("Idempotency-Key", TestNode.newKey());
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }

        Answer answer = node.send(request.build());

        assertThat(answer.expect(status).getString("code")).isEqualTo(code);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().getString("trace_id")).isNotEmpty();
        assertThat(answer.header("X-RateLimit-Limit")).isNotEmpty();
    }

    static Stream<Arguments> badRequests() {
        String json = "application/json";
        String merchant = "{\"name\":\"Bar\",\"category\":\"bar\"}";
        return Stream.of(
                arguments("no JSON", "/merchants", json, "{\"name\":", 400, "malformed"),
                arguments("an array", "/merchants", json, "[]", 400, "malformed"),
                arguments("nothing", "/merchants", json, "", 400, "malformed"),
                arguments("a field missing", "/merchants", json, "{\"name\":\"Bar\"}", 400, "malformed"),
                arguments(
                        "a field too many",
                        "/merchants",
                        json,
                        "{\"name\":\"Bar\",\"category\":\"bar\",\"x\":1}",
                        400,
                        "malformed"),
                arguments(
                        "an unknown word",
                        "/merchants",
                        json,
                        "{\"name\":\"Bar\",\"category\":\"casino\"}",
                        400,
                        "malformed"),
                arguments("text for a number", "/cards", json, "{\"count\":\"3\"}", 400, "malformed"),
                arguments("too many cards", "/cards", json, "{\"count\":101}", 400, "malformed"),
                arguments(
                        "oversized",
                        "/merchants",
                        json,
                        "{\"name\":\"" + "x".repeat(70_000) + "\"}",
                        413,
                        "body_too_large"),
                arguments("wrong media type", "/merchants", "text/plain", merchant, 415, "unsupported_media_type"),
                arguments("no media type", "/merchants", "", merchant, 415, "unsupported_media_type"),
                arguments("unknown route", "/nothing", json, "{}", 404, "not_found"),
                arguments("wrong method", "/status", json, "{}", 405, "method_not_allowed"),
                arguments("unknown id", "/cards/crd_zzzz/blocks", "", "", 404, "not_found"),
                arguments("id of another kind", "/cards/wal_1/blocks", "", "", 400, "malformed"),
                arguments(
                        "wrong currency",
                        "/issuances",
                        json,
                        "{\"wallet_id\":\"wal_1\",\"amount\":{\"amount\":1,\"currency\":\"EUR\"}}",
                        422,
                        "invalid_field"),
                arguments(
                        "fraction of a cent",
                        "/reserve-movements",
                        json,
                        "{\"amount\":{\"amount\":1.5,\"currency\":\"EUR\"}}",
                        400,
                        "malformed"),
                arguments(
                        "a time that is none",
                        "/clock-confirmations",
                        json,
                        "{\"wall_clock\":\"ieri\"}",
                        400,
                        "malformed"));
    }

    /** A misspelt dry_run would move money. */
    @Test
    void shouldRefuseAParameterThatThePathDoesNotHave() {
        JsonObject problem = node.post(
                        "/programmes/" + town.programmeId + "/fund-movements?dry-run=true",
                        town.treasurer,
                        new JsonObject().put("amount", TestTown.euro(1)))
                .expect(400);

        assertThat(problem.getString("code")).isEqualTo("malformed");
        assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("field"))
                .isEqualTo("dry-run");
        assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("code"))
                .isEqualTo("unknown");
    }

    @Test
    void shouldNameTheFieldsThatAreWrong() {
        JsonObject problem = node.post(
                        "/merchants",
                        town.social,
                        new JsonObject().put("name", "").put("category", "casino"))
                .expect(400);

        assertThat(problem.getJsonArray("errors").stream().map(error -> ((JsonObject) error).getString("field")))
                .contains("/category");
    }

    @Test
    void shouldAskForAKey() {
        Answer missing = node.post("/cards", town.social, null, "{\"count\":1}");
        Answer none = node.post("/cards", town.social, "not-a-uuid", "{\"count\":1}");
        Answer version4 = node.post("/cards", town.social, UUID.randomUUID().toString(), "{\"count\":1}");

        assertThat(missing.expect(400).getString("code")).isEqualTo("idempotency_key_missing");
        assertThat(none.expect(400).getString("code")).isEqualTo("malformed");
        assertThat(version4.expect(400).getString("code")).isEqualTo("malformed");
    }

    @Test
    void shouldRefuseAKeyOfTheFuture() {
        String key = TestNode.keyOf(System.currentTimeMillis() + 120_000).toString();

        Answer answer = node.post("/cards", town.social, key, "{\"count\":1}");

        assertThat(answer.expect(422).getString("code")).isEqualTo("idempotency_key_in_future");
    }

    @Test
    void shouldRefuseWhoIsNobody() {
        Answer without = node.post("/cards", null, TestNode.newKey(), "{\"count\":1}");
        Answer junk = node.post("/cards", "junk", TestNode.newKey(), "{\"count\":1}");

        assertThat(without.expect(401).getString("code")).isEqualTo("unauthorized");
        assertThat(junk.expect(401).getString("code")).isEqualTo("invalid_token");
        assertThat(junk.json().getString("title")).isEqualTo("The token is not one of ours, or was revoked.");
        assertThat(junk.header("Content-Language")).isEqualTo("en");
        assertThat(junk.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void shouldRefuseWhoMayNot() throws Exception {
        String holder = town.holderToken(town.card);

        assertThat(node.post("/cards", holder, new JsonObject().put("count", 1))
                        .expect(403)
                        .getString("code"))
                .isEqualTo("forbidden");
        assertThat(node.get("/merchants", holder).expect(403).getString("code")).isEqualTo("forbidden");
        assertThat(node.get("/cards", town.terminalToken()).expect(403).getString("code"))
                .isEqualTo("forbidden");
        assertThat(node.post("/payments", town.social, new JsonObject())
                        .expect(403)
                        .getString("code"))
                .isEqualTo("forbidden");
    }

    @Test
    void shouldNotTellThingsOfOtherCircuitsFromUnknownOnes() throws Exception {
        JsonObject payment = otherTown.pay(otherTown.card, 10).expect(201);
        String[] paths = {
            "/wallets/" + otherTown.card.getString("wallet_id"),
            "/wallets/" + otherTown.card.getString("wallet_id") + "/entries",
            "/cards/" + otherTown.card.getString("id"),
            "/payments/" + payment.getString("id"),
            "/programmes/" + otherTown.programmeId,
            "/merchants/" + otherTown.merchantId,
            "/circuits/" + otherTown.circuitId
        };

        for (String path : paths) {
            assertThat(node.get(path, town.social).status()).as(path).isEqualTo(404);
        }
        assertThat(node.post("/cards/" + otherTown.card.getString("id") + "/blocks", town.social)
                        .status())
                .isEqualTo(404);
        assertThat(node.get("/merchants", town.social).expect(200).encode())
                .doesNotContain(otherTown.merchantId + "\"");
        assertThat(node.get("/merchants?circuit_id=" + otherTown.circuitId, town.social)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void shouldLetAHolderSeeOnlyTheOwnWallet() {
        JsonObject other = town.newCard();
        String holder = town.holderToken(town.card);

        assertThat(node.get("/wallets/" + town.card.getString("wallet_id"), holder)
                        .status())
                .isEqualTo(200);
        assertThat(node.get("/wallets/" + other.getString("wallet_id"), holder).status())
                .isIn(403, 404);
        assertThat(node.get("/wallets/" + other.getString("wallet_id") + "/entries", holder)
                        .status())
                .isIn(403, 404);
    }

    @Test
    void shouldRefuseAPaymentWithoutTheTillsMac() throws Exception {
        var request = node.request(TestNode.BASE + "/payments")
                .POST(BodyPublishers.ofString(town.payment(town.card, 10).encode()))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", TestNode.newKey())
                .header("Authorization", "Bearer " + town.terminalToken());

        Answer without = node.send(request.build());
        Answer wrong = node.send(
                request.copy().header("X-Terminal-MAC", "A".repeat(43)).build());

        assertThat(without.expect(401).getString("code")).isEqualTo("mac_invalid");
        assertThat(wrong.expect(401).getString("code")).isEqualTo("mac_invalid");
    }

    @Test
    void shouldCountWrongPinsAndLockTheCard() throws Exception {
        JsonObject card = town.newCard();
        for (int left = 2; left >= 0; left--) {
            Answer refusal = town.till(
                    "/payments",
                    TestNode.newKey(),
                    town.payment(card, 10).put("pin", "11112").encode());
            JsonObject problem = refusal.expect(402);
            assertThat(problem.getString("code")).isEqualTo("pin_wrong");
            assertThat(problem.getString("title")).isEqualTo("Il PIN è sbagliato.");
            assertThat(refusal.header("Content-Language")).isEqualTo("it");
            assertThat(problem.getInteger("tries_left")).isEqualTo(left);
        }

        assertThat(town.pay(card, 10).expect(402).getString("code")).isEqualTo("pin_locked");
    }

    @Test
    void shouldRefuseAForgedCode() throws Exception {
        String token = town.card.getString("card_token");
        String forged = token.substring(0, token.length() - 2) + (token.endsWith("AA") ? "BB" : "AA");

        Answer answer = town.till(
                "/payments",
                TestNode.newKey(),
                town.payment(town.card, 10).put("card_token", forged).encode());

        assertThat(answer.expect(422).getString("code")).startsWith("qr_");
    }

    @Test
    void shouldChangeNothingInADryRun() {
        JsonObject amount = new JsonObject().put("amount", euro(100));
        JsonObject tooMuch =
                new JsonObject().put("amount", euro(-100_000_000_000L)).put("statement_reference", 7);

        JsonObject fine = node.post("/reserve-movements?dry_run=true", town.social, amount)
                .expect(200);
        JsonObject refused = node.post("/reserve-movements?dry_run=true", town.social, tooMuch)
                .expect(200);

        assertThat(fine.getString("outcome")).isEqualTo("ok");
        assertThat(refused.getString("outcome")).isEqualTo("reserve_insufficient");
        assertThat(node.get("/proposals?min_sequence=" + fine.getLong("sequence"), town.social)
                        .expect(200)
                        .encode())
                .doesNotContain("move_reserve");
    }

    @Test
    void shouldShowFiguresToThisMachine() {
        Answer metrics = node.send(node.request("/metrics").build());

        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.response().body()).contains("ies_durable_sequence");
    }

    private JsonObject listed(JsonObject proposal) {
        return node
                .get("/proposals?min_sequence=" + proposal.getLong("sequence"), town.treasurer)
                .expect(200)
                .getJsonArray("items")
                .stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("id").equals(proposal.getString("id")))
                .findAny()
                .orElseThrow();
    }

    private static JsonObject seen(JsonObject proposal) {
        return new JsonObject()
                .put("amount", proposal.getJsonObject("amount"))
                .put("row_count", proposal.getInteger("row_count"))
                .put("digest", proposal.getString("digest"));
    }

    private static String amount(long cents) {
        return new JsonObject().put("amount", euro(cents)).encode();
    }
}
