// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.endtoend;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.TerminalSession;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Calls every operation of the contract as a careless or hostile client would: with secrets in the path, the query string, headers and every
 * field that any body of the contract has.
 */
final class ContractSweep {
    private record Operation(String method, String path) {}

    private final URI gateway;
    private final List<Operation> operations = new ArrayList<>();
    private final Set<String> fields = new TreeSet<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** Reads the contract that this gateway serves. */
    ContractSweep(URI gateway) throws Exception {
        this.gateway = gateway;
        Map<String, Object> contract = new Yaml(new SafeConstructor(new LoaderOptions())).load(text("/openapi.yaml"));
        JsonObject json = new JsonObject(contract);
        for (Map.Entry<String, Object> path : json.getJsonObject("paths")) {
            for (String method : ((JsonObject) path.getValue()).fieldNames()) {
                if (Set.of("get", "post", "put", "patch", "delete").contains(method)) {
                    operations.add(new Operation(method.toUpperCase(Locale.ROOT), path.getKey()));
                }
            }
        }
        collectFields(json);
    }

    private void collectFields(Object node) {
        if (node instanceof JsonObject object) {
            if (object.getValue("properties") instanceof JsonObject properties) {
                fields.addAll(properties.fieldNames());
            }
            object.forEach(entry -> collectFields(entry.getValue()));
        } else if (node instanceof JsonArray array) {
            array.forEach(this::collectFields);
        }
    }

    /** Templates of all routes. */
    Set<String> routes() {
        Set<String> routes = new TreeSet<>();
        operations.forEach(operation -> routes.add(operation.path()));
        return routes;
    }

    private String text(String path) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(gateway.resolve(ApiClient.BASE_PATH + path))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    /**
     * Calls all of them.
     *
     * @param marker what must be found nowhere
     * @param bearer a token, or nothing
     * @param terminal signs requests, when it is given
     * @param traceId names all these requests, unless it is no good as a name
     */
    void call(String marker, @Nullable String bearer, @Nullable TerminalSession terminal, String traceId)
            throws IOException, InterruptedException {
        JsonObject body = new JsonObject();
        fields.forEach(field -> body.put(field, marker));
        for (Operation operation : operations) {
            call(operation, marker, body.encode().getBytes(StandardCharsets.UTF_8), bearer, terminal, traceId);
        }
        if (bearer == null && terminal == null) {
            logInWrongly(marker, traceId);
        }
    }

    private void logInWrongly(String marker, String traceId) throws IOException, InterruptedException {
        Operation tokens = new Operation("POST", "/tokens");
        for (String body : List.of(
                "{\"pin\": " + marker,
                "{\"grant_type\":\"password\",\"username\":\"" + marker + "\",\"password\":\"" + marker + "\"}",
                "{\"grant_type\":\"terminal_assertion\",\"assertion\":\"" + marker + "\"}",
                "{\"grant_type\":\"card\",\"card_token\":\"IES1" + marker + "\",\"pin\":\"" + marker + "\"}")) {
            call(tokens, marker, body.getBytes(StandardCharsets.UTF_8), null, null, traceId);
        }
    }

    private void call(
            Operation operation,
            String marker,
            byte[] body,
            @Nullable String bearer,
            @Nullable TerminalSession terminal,
            String traceId)
            throws IOException, InterruptedException {
        String path = ApiClient.BASE_PATH + operation.path().replaceAll("\\{[a-z_]+}", marker);
        String key = UUID.randomUUID().toString();
        boolean hasBody = !operation.method().equals("GET");
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        gateway.resolve(path + "?pin=" + marker + "&min_sequence=" + marker))
                .timeout(Duration.ofSeconds(30))
                .method(operation.method(), hasBody ? BodyPublishers.ofByteArray(body) : BodyPublishers.noBody())
                .header("X-Correlation-ID", traceId)
                .header("User-Agent", marker)
                .header("Referer", "http://" + marker + "/")
                .header("Idempotency-Key", hasBody ? key : marker)
                .header("Content-Type", "application/json");
        if (terminal != null) {
            terminal.prove(operation.method(), path, key, body, request::header);
        } else if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        http.send(request.build(), BodyHandlers.ofString());
    }
}
