// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Vertx;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.OpenAPIContract;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Contract;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The hot routes go round the contract's validator; here both judge the same bodies. */
class PaymentParserTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final String KEY = "0195566a-7c10-7d3e-9b1f-5a2c4e6f8a01";
    private static final String CARD = "IES104000001A3C5HR4RBV67YR21HAQGSHDBB1ZM5GJQ1A4415D9X36AR";
    private static Validator payment;
    private static Validator batch;

    private final PaymentParser parser = new PaymentParser();

    @BeforeAll
    static void loadContract() throws Exception {
        OpenAPIContract contract = new Contract()
                .load(VERTX)
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        JsonObject schemas =
                contract.getRawContract().getJsonObject("components").getJsonObject("schemas");
        payment = contract.getSchemaRepository().validator(JsonSchema.of(schemas.getJsonObject("PaymentRequest")));
        batch = contract.getSchemaRepository().validator(JsonSchema.of(schemas.getJsonObject("PaymentBatchRequest")));
    }

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void shouldJudgeAPaymentAsTheContractDoes(String body) {
        assertThat(isTaken(() -> parser.payment(bytes(body)))).as(body).isEqualTo(isValid(payment, body));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void shouldJudgeABatchAsTheContractDoes(String body) {
        String keyed = body.startsWith("{\"") ? "{\"idempotency_key\":\"" + KEY + "\"," + body.substring(1) : body;
        for (String whole : new String[] {
            "{\"payments\":[" + keyed + "]}", "{\"payments\":[" + body + "]}", "{\"payments\":" + keyed + "}", keyed
        }) {
            assertThat(isTaken(() -> parser.batch(bytes(whole)))).as(whole).isEqualTo(isValid(batch, whole));
        }
    }

    static Stream<String> bodies() {
        List<String> bodies = new ArrayList<>(List.of(
                "",
                "{}",
                "[]",
                "null",
                "1",
                "\"text\"",
                "{",
                "{\"card_token\"",
                good().encode(),
                good().encode() + "x"));
        with(bodies, "card_token", null, 7, "", "short", "x".repeat(300), "x".repeat(301), CARD);
        for (Object code : new Object[] {"", "7KQ2-M5VX-90AB-CDEF", "x".repeat(40), "x".repeat(41), 7}) {
            bodies.add(good().put("card_code", code).encode());
            JsonObject typed = good().put("card_code", code);
            typed.remove("card_token");
            bodies.add(typed.encode());
        }
        with(bodies, "pin", null, 48213, "", "123", "1234", "12345678", "123456789", "12a45", "12 45", "١٢٣٤٥");
        for (String amount : new String[] {"bill_total", "eligible_amount"}) {
            with(bodies, amount, null, 7, "7", new JsonArray(), new JsonObject());
            for (Object value : new Object[] {
                0, 1, -1, 1.5, "1", 1_000_000_000_000_000L, 1_000_000_000_000_001L, Long.MAX_VALUE, true
            }) {
                with(bodies, amount, new JsonObject().put("amount", value).put("currency", "EUR"));
            }
            with(
                    bodies,
                    amount,
                    new JsonObject().put("amount", 1),
                    new JsonObject().put("currency", "EUR"),
                    new JsonObject().put("amount", 1).put("currency", "IES"),
                    new JsonObject().put("amount", 1).put("currency", "eur"),
                    new JsonObject().put("amount", 1).put("currency", "EUR").put("x", new JsonObject().put("y", 1)));
        }
        with(bodies, "capture", "automatic", "manual", "AUTOMATIC", "", 1, null);
        with(bodies, "partial", "allow", "refuse", "yes", true, null);
        with(bodies, "allow_ies", true, false, "true", 1, null);
        with(
                bodies,
                "terminal_reference",
                "a",
                "cassa-1/0042",
                "",
                "x".repeat(64),
                "x".repeat(65),
                "a b",
                "è",
                42,
                null);
        with(bodies, "unknown", 1, new JsonObject().put("deep", new JsonArray().add(1)));
        for (String field : good().fieldNames()) {
            JsonObject without = good();
            without.remove(field);
            bodies.add(without.encode());
        }
        return bodies.stream();
    }

    private static void with(List<String> bodies, String field, Object... values) {
        for (Object value : values) {
            bodies.add(good().put(field, value).encode());
        }
    }

    private static JsonObject good() {
        JsonObject amount = new JsonObject().put("amount", 1_240).put("currency", "EUR");
        return new JsonObject()
                .put("card_token", CARD)
                .put("pin", "48213")
                .put("bill_total", amount)
                .put("eligible_amount", amount.copy());
    }

    @Test
    void shouldReadEveryField() {
        PaymentOrder order = parser.payment(bytes(good().put("capture", "manual")
                .put("partial", "allow")
                .put("allow_ies", true)
                .put("terminal_reference", "cassa-1/0042")
                .put("eligible_amount", new JsonObject().put("currency", "EUR").put("amount", 1_000))
                .encode()));

        assertThat(order.cardToken).isEqualTo(CARD);
        assertThat(order.pin).isEqualTo(bytes("48213"));
        assertThat(order.billTotal).isEqualTo(1_240);
        assertThat(order.eligibleAmount).isEqualTo(1_000);
        assertThat(order.manualCapture).isTrue();
        assertThat(order.allowPartial).isTrue();
        assertThat(order.allowIes).isTrue();
        assertThat(order.terminalReference).isEqualTo("cassa-1/0042");
    }

    @Test
    void shouldRefuseAFieldThatComesTwice() {
        String twice = good().encode().replaceFirst("\\{", "{\"pin\":\"11112\",");

        assertThatThrownBy(() -> parser.payment(bytes(twice))).isInstanceOf(ProblemException.class);
    }

    @Test
    void shouldTakeNoMoreThanAThousandPayments() {
        JsonArray payments = new JsonArray();
        for (int i = 0; i <= PaymentParser.BATCH_MAX; i++) {
            payments.add(good().put("idempotency_key", KEY));
        }
        String tooMany = new JsonObject().put("payments", payments).encode();
        payments.remove(0);
        String enough = new JsonObject().put("payments", payments).encode();

        assertThatThrownBy(() -> parser.batch(bytes(tooMany))).isInstanceOf(ProblemException.class);
        assertThat(parser.batch(bytes(enough))).hasSize(PaymentParser.BATCH_MAX);
    }

    @Test
    void shouldNeverRepeatAPinInAProblem() {
        Throwable problem = catchThrowable(
                () -> parser.payment(bytes(good().put("pin", "4821x").encode())));

        assertThat(((ProblemException) problem).errors().toString())
                .doesNotContain("4821x")
                .contains("/pin");
    }

    private static boolean isTaken(Runnable parsing) {
        Throwable failure = catchThrowable(parsing::run);
        assertThat(failure == null || failure instanceof ProblemException).isTrue();
        return failure == null;
    }

    private static boolean isValid(Validator validator, String body) {
        try {
            return validator.validate(Json.decodeValue(body)).getValid();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
