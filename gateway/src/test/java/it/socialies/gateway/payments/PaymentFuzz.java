// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payments;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.Vertx;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.OpenAPIContract;
import it.socialies.fuzzing.FuzzTarget;
import it.socialies.fuzzing.Seeds;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Contract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Bodies of the hot routes: the streaming parser takes what the contract takes, and nothing else but fields that come twice is a matter between them. */
public final class PaymentFuzz implements FuzzTarget {
    private static final String KEY = "\"idempotency_key\":\"0195566a-7c10-7d3e-9b1f-5a2c4e6f8a01\",";
    private static final String GOOD =
            "\"card_token\":\"IES104000001A3C5HR4RBV67YR21HAQGSHDBB1ZM5GJQ1A4415D9X36AR\",\"pin\":\"48213\","
                    + "\"bill_total\":{\"amount\":1240,\"currency\":\"EUR\"},\"eligible_amount\":{\"currency\":\"EUR\",\"amount\":1000}";
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final PaymentParser parser = new PaymentParser();
    private final Validator payment;
    private final Validator batch;

    public PaymentFuzz() throws Exception {
        Vertx vertx = Vertx.vertx();
        OpenAPIContract contract = new Contract()
                .load(vertx)
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        JsonObject schemas =
                contract.getRawContract().getJsonObject("components").getJsonObject("schemas");
        payment = contract.getSchemaRepository().validator(JsonSchema.of(schemas.getJsonObject("PaymentRequest")));
        batch = contract.getSchemaRepository().validator(JsonSchema.of(schemas.getJsonObject("PaymentBatchRequest")));
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Override
    public void test(byte[] input) {
        if (!isUnambiguous(input)) {
            // Read, but not compared: the validator sees the last of two fields, and a text that is not UTF-8 as
            // another one.
            isTaken(() -> parser.payment(input));
            isTaken(() -> parser.batch(input));
            return;
        }
        String body = new String(input, StandardCharsets.UTF_8);
        compare("a payment", isTaken(() -> parser.payment(input)), isValid(payment, body));
        compare("a batch", isTaken(() -> parser.batch(input)), isValid(batch, body));
    }

    private static void compare(String what, boolean isTaken, boolean isValid) {
        if (isTaken != isValid) {
            throw new AssertionError("taken as " + what + ": " + isTaken + ", fits the contract: " + isValid);
        }
    }

    private static boolean isUnambiguous(byte[] input) {
        byte[] again = new String(input, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        if (!java.util.Arrays.equals(input, again)) {
            return false;
        }
        try (JsonParser strict = STRICT.createParser(input)) {
            while (strict.nextToken() != null) {
                // To the end.
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isTaken(Runnable parsing) {
        try {
            parsing.run();
            return true;
        } catch (ProblemException e) {
            if (e.errors().size() > 20) {
                throw new AssertionError("a problem of " + e.errors().size() + " errors", e);
            }
            return false;
        }
    }

    private static boolean isValid(Validator validator, String body) {
        Object value;
        try {
            value = Json.decodeValue(body);
        } catch (RuntimeException e) {
            return false;
        }
        return Boolean.TRUE.equals(validator.validate(value).getValid());
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.texts(
                "{" + GOOD + "}",
                "{" + GOOD
                        + ",\"capture\":\"manual\",\"partial\":\"allow\",\"allow_ies\":true,\"terminal_reference\":\"cassa-1/0042\"}",
                "{\"payments\":[{" + KEY + GOOD + "},{" + KEY + GOOD + ",\"partial\":\"refuse\"}]}",
                "{" + GOOD.replace("1240", "1e3") + "}",
                "{" + GOOD.replace("1240", "12.0") + "}",
                "{" + GOOD.replace("1240", "-0") + "}",
                "{" + GOOD.replace("1240", "1000000000000001") + "}",
                "{" + GOOD.replace("48213", "\\u0034\\u0038213") + "}",
                "{\"payments\":[]}",
                "[{}]");
    }
}
