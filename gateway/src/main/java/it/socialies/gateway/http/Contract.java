// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The contract: {@code openapi.yaml}, served as it is. The validator refuses contracts that name media types it cannot check, of which a request body has one that goes round the validator, and servers without a host; so it gets a copy that calls them JSON or text, and has one.
 */
public final class Contract {
    /** Where the interface begins. */
    public static final String BASE_PATH = "/rest/ies/v1";

    private static final String RESOURCE = "/openapi.yaml";
    private static final Map<String, List<String>> UNKNOWN_MEDIA_TYPES = Map.of(
            "application/json", List.of("application/problem+json"),
            "text/plain", List.of("text/yaml", "application/jose", "image/svg+xml", "text/html"),
            "application/octet-stream",
                    List.of(
                            "image/png",
                            "text/csv",
                            "application/pdf",
                            "application/zip",
                            "application/xml",
                            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));
    private static final String RELATIVE_SERVER = "url: " + BASE_PATH;
    private static final String ABSOLUTE_SERVER = "url: http://localhost" + BASE_PATH;

    private final String yaml;

    public Contract() {
        try (InputStream in = Contract.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("openapi.yaml is not on the class path");
            }
            yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file. */
    public Buffer yaml() {
        return Buffer.buffer(yaml);
    }

    /** The file as JSON, media types and all. */
    public JsonObject json() {
        return parse(yaml);
    }

    /** The contract as the validator takes it. */
    public Future<OpenAPIContract> load(Vertx vertx) {
        String checked = yaml.replace(RELATIVE_SERVER, ABSOLUTE_SERVER);
        for (Map.Entry<String, List<String>> known : UNKNOWN_MEDIA_TYPES.entrySet()) {
            for (String unknown : known.getValue()) {
                checked = checked.replace(unknown + ':', known.getKey() + ':');
            }
        }
        return OpenAPIContract.from(vertx, parse(checked));
    }

    private static JsonObject parse(String text) {
        Map<String, Object> tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        return new JsonObject(tree);
    }
}
