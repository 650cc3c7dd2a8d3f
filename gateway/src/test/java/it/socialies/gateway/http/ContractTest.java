// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract can be loaded, and its examples are true. */
class ContractTest {
    private static final Pattern SECRET =
            Pattern.compile("pin|password|secret|token|code|tax|assertion|name|birth|phone|mail");

    private static final Vertx VERTX = Vertx.vertx();
    private static OpenAPIContract contract;

    @BeforeAll
    static void load() throws Exception {
        contract = new Contract()
                .load(VERTX)
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @Test
    void shouldGiveEveryExampleThatFitsItsSchema() {
        JsonObject schemas =
                contract.getRawContract().getJsonObject("components").getJsonObject("schemas");
        JsonObject asWritten = new Contract().json().getJsonObject("components").getJsonObject("schemas");
        List<String> faults = new ArrayList<>();
        for (String name : schemas.fieldNames()) {
            if (!(schemas.getValue(name) instanceof JsonObject schema) || !schema.containsKey("example")) {
                continue;
            }
            OutputUnit result = contract.getSchemaRepository()
                    .validator(JsonSchema.of(schema))
                    .validate(asWritten.getJsonObject(name).getValue("example"));
            if (!result.getValid()) {
                faults.add(name + ": " + result.getErrors());
            }
        }
        assertThat(faults).isEmpty();
    }

    /** What is in an address is in logs, in histories and over shoulders. */
    @Test
    void shouldTakeNoSecretAndNoTaxCodeInAnAddress() {
        List<String> readable = contract.operations().stream()
                .flatMap(operation -> operation.getParameters().stream())
                .filter(parameter -> parameter.getIn() == Location.PATH || parameter.getIn() == Location.QUERY)
                .map(Parameter::getName)
                .distinct()
                .filter(name -> SECRET.matcher(name).find())
                .toList();
        assertThat(readable).isEmpty();
        List<String> bodies = contract.operations().stream()
                .filter(operation -> operation.getHttpMethod().name().equals("GET"))
                .filter(operation -> operation.getRequestBody() != null)
                .map(Operation::getOperationId)
                .toList();
        assertThat(bodies).as("a search for a person is a POST").isEmpty();
        assertThat(SECRET.matcher("tax_code").find()
                        && SECRET.matcher("card_token").find())
                .isTrue();
    }

    @Test
    void shouldAskForAKeyWhereverStateChanges() {
        List<String> keyless = contract.operations().stream()
                .filter(operation -> operation.getHttpMethod().name().equals("POST"))
                .filter(operation -> operation.getParameters().stream()
                        .noneMatch(parameter -> parameter.getName().equals(Headers.IDEMPOTENCY_KEY)))
                .map(Operation::getOperationId)
                .toList();

        // None of them changes state (receipts and flows are only read), each payment of a batch has a key of its own,
        // and a card
        // is blocked however often
        // one asks.
        assertThat(keyless)
                .containsExactlyInAnyOrder(
                        "createToken",
                        "payBatch",
                        "inquireBalance",
                        "quoteTransfer",
                        "searchPeople",
                        "makeSiussFlow",
                        "blockCardByCode",
                        "printHandOverReceipt",
                        "printErrandSlip");
    }

    @Test
    void shouldTellTheRateLimitOnEveryAnswer() {
        JsonObject paths = new Contract().json().getJsonObject("paths");
        List<String> without = new ArrayList<>();
        for (String path : paths.fieldNames()) {
            for (String method : paths.getJsonObject(path).fieldNames()) {
                JsonObject responses =
                        paths.getJsonObject(path).getJsonObject(method).getJsonObject("responses");
                for (String status : responses.fieldNames()) {
                    JsonObject response = responses.getJsonObject(status);
                    if (!response.containsKey("$ref")
                            && !response.getJsonObject("headers").containsKey(Headers.RATE_LIMIT)) {
                        without.add(method + " " + path + " " + status);
                    }
                }
            }
        }
        assertThat(without).isEmpty();
    }
}
