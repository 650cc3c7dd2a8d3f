// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.gateway;

import com.github.f4b6a3.uuid.UuidCreator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The gateway's REST interface. Thread-safe; every call blocks for at most the time-out it was made with. */
public final class GatewayClient implements AutoCloseable {
    private static final String BASE = "/rest/ies/v1";
    private static final String JSON = "application/json";
    private static final int OK_CLASS = 2;

    private final URI gateway;
    private final Duration timeout;
    private final HttpClient http;
    private final JsonMapper json = JsonMapper.builder().build();

    public GatewayClient(URI gateway, Duration timeout) {
        this.gateway = gateway;
        this.timeout = timeout;
        http = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    /**
     * An operator's token against a password and, having one, a second factor.
     *
     * @param code of the second factor, if one was asked for
     * @param browserAddress where the operator is: the gateway counts wrong passwords by it
     * @throws GatewayProblem when the gateway refuses, in its words
     * @throws GatewayAway when it does not answer
     */
    public OperatorToken token(String username, String password, @Nullable String code, String browserAddress) {
        Map<String, String> proof =
                new HashMap<>(Map.of("grant_type", "password", "username", username, "password", password));
        if (code != null) {
            proof.put("code", code);
        }
        return OperatorToken.of(accepted(send(posted(request("/tokens", null), proof, browserAddress))));
    }

    /**
     * Changes something with the operator's own token.
     *
     * @param path below the base path
     * @param browserAddress as for {@link #token}
     */
    public JsonNode post(String path, String accessToken, Map<String, String> body, String browserAddress) {
        // A key is of the installation's time, which a sandbox may have moved.
        Instant time = Instant.ofEpochMilli(status().timeMs());
        HttpRequest.Builder request = request(path, accessToken)
                .header("Idempotency-Key", UuidCreator.getTimeOrderedEpoch(time).toString());
        return accepted(send(posted(request, body, browserAddress)));
    }

    private HttpRequest.Builder posted(HttpRequest.Builder request, Map<String, String> body, String browserAddress) {
        return request.header("X-Forwarded-For", browserAddress)
                .header("Content-Type", JSON)
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)));
    }

    /** {@code GET /status}; also a gateway that takes no payments tells its state. */
    public GatewayStatus status() {
        HttpResponse<String> response = send(request("/status", null).GET());
        JsonNode body = parse(response.body());
        if (!body.has("durable_sequence")) {
            throw new GatewayAway("status " + response.statusCode(), null);
        }
        return GatewayStatus.of(body);
    }

    /**
     * Reads something with the operator's own token.
     *
     * @param path below the base path, with its query
     */
    public JsonNode get(String path, String accessToken) {
        return accepted(send(request(path, accessToken).GET()));
    }

    private HttpRequest.Builder request(String path, @Nullable String accessToken) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(gateway.resolve(BASE + path))
                .timeout(timeout)
                .header("Accept", JSON + ", application/problem+json");
        return accessToken == null ? builder : builder.header("Authorization", "Bearer " + accessToken);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new GatewayAway("the gateway does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayAway("interrupted", e);
        }
    }

    private JsonNode accepted(HttpResponse<String> response) {
        JsonNode body = parse(response.body());
        if (response.statusCode() / 100 == OK_CLASS) {
            return body;
        }
        if (!body.has("code")) {
            throw new GatewayAway("status " + response.statusCode(), null);
        }
        long retryAfterS = response.headers().firstValueAsLong("Retry-After").orElse(0);
        throw new GatewayProblem(
                response.statusCode(),
                body.path("code").asString(""),
                body.path("title").asString(""),
                retryAfterS);
    }

    private JsonNode parse(String text) {
        try {
            return json.readTree(text);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
