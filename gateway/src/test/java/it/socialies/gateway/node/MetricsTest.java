// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.http.Contract;
import it.socialies.gateway.metrics.PromQl;
import it.socialies.gateway.metrics.PromQl.Matching;
import it.socialies.gateway.metrics.PromQl.Selector;
import it.socialies.gateway.metrics.Scrape;
import it.socialies.gateway.metrics.Scrape.Sample;
import it.socialies.gateway.node.TestNode.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The figures of a real node after real traffic, against their own rules and against what dashboard and alerts ask for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsTest {
    private static final Path OBSERVABILITY = Path.of("..", "ops", "observability");
    private static final Path RUNBOOK = Path.of("..", "ops", "docs", "operations.md");

    /** What Prometheus itself adds to every series it reads, or makes. */
    private static final Set<String> TARGET_LABELS = Set.of("job", "instance");

    private static final Set<String> MADE_BY_PROMETHEUS = Set.of("up");

    /** Labels are few and their values known beforehand; a new one needs a thought about how many values it takes and whose they are. */
    private static final Set<String> LABELS = Set.of(
            "le", "route", "method", "status", "code", "command", "result", "ring", "table", "circuit", "grant",
            "reason", "by", "state");

    @TempDir
    private static Path data;

    private TestNode node;
    private TestTown town;

    @BeforeAll
    void start() throws Exception {
        node = TestNode.create(data);
        town = TestTown.create(node);
        town.pay(town.card, 1_000).expect(201);
        town.pay(town.card, 10_000_000).expect(402);
        String key = TestNode.newKey();
        String body = town.payment(town.card, 500).encode();
        town.till("/payments", key, body).expect(201);
        town.till("/payments", key, body).expect(201);
        node.post("/tokens", null, null, "{\"grant_type\":\"password\",\"username\":\"nobody\",\"password\":\"wrong\"}")
                .expect(401);
        node.post("/tokens", null, null, "{\"grant_type\":\"card\",\"card_token\":\"IES1\",\"pin\":\"12345\"}");
        node.get("/payments/pay_zzzz", town.social).expect(404);
        Awaitility.await().until(() -> {
            JsonObject status = node.get("/status", null).expect(200);
            return status.getLong("projected_sequence").equals(status.getLong("durable_sequence"));
        });
        assertThat(scrape().value("ies_projection_lag_records")).isZero();
        assertThat(scrape().value("ies_projection_state", "state", "running")).isEqualTo(1);
        node.stopPostgres();
        node.get("/payments", town.social).expect(503);
        System.gc();
    }

    @AfterAll
    void stop() throws Exception {
        node.close();
    }

    private Scrape scrape() {
        Answer answer = node.send(node.request("/metrics").build());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        return new Scrape(answer.response().body());
    }

    @Test
    void shouldCountWhatHappened() {
        Scrape scrape = scrape();

        assertThat(scrape.value("ies_core_up")).isEqualTo(1);
        assertThat(scrape.value("ies_commands_total", "command", "pay", "result", "ok"))
                .isEqualTo(3);
        assertThat(scrape.value("ies_commands_total", "command", "pay", "result", "insufficient_funds"))
                .isEqualTo(1);
        assertThat(scrape.value("ies_command_duration_seconds_count", "command", "pay"))
                .isEqualTo(4);
        assertThat(scrape.value("ies_engine_duplicates_total")).isEqualTo(1);
        assertThat(scrape.value(
                        "ies_http_request_duration_seconds_count",
                        "route",
                        "/payments",
                        "method",
                        "POST",
                        "status",
                        "2xx"))
                .isEqualTo(3);
        assertThat(scrape.value("ies_http_problems_total", "code", "insufficient_funds"))
                .isEqualTo(1);
        assertThat(scrape.value("ies_tokens_issued_total", "grant", "terminal_assertion"))
                .isEqualTo(1);
        assertThat(scrape.value("ies_tokens_refused_total", "grant", "password", "reason", "invalid_credentials"))
                .isEqualTo(1);
        assertThat(scrape.value("ies_core_table_rows", "table", "payments")).isEqualTo(2);
        assertThat(scrape.value("ies_core_table_rows_limit", "table", "payments"))
                .isEqualTo(2_500_000);
        assertThat(scrape.value("ies_circuit_reserve_cents", "circuit", town.circuitId))
                .isZero();
        assertThat(scrape.value("ies_storage_free_bytes")).isGreaterThan(scrape.value("ies_storage_reserve_bytes"));
        double durable = scrape.value("ies_durable_sequence");
        assertThat(durable).isEqualTo(scrape.value("ies_core_sequence"));
        assertThat(scrape.value("ies_engine_batch_records_sum")).isEqualTo(durable);
        assertThat(scrape.value("ies_commit_log_sync_seconds_count"))
                .isGreaterThanOrEqualTo(scrape.value("ies_engine_batches_total"));
        assertThat(scrape.value("ies_commit_log_sync_seconds_sum")).isPositive();
    }

    @Test
    void shouldTellHowOldTheStateInPostgresIs() {
        node.post("/cards", town.social, new JsonObject().put("count", 1)).expect(201);

        Awaitility.await().untilAsserted(() -> {
            Scrape scrape = scrape();
            assertThat(scrape.value("ies_projection_lag_records")).isPositive();
            assertThat(scrape.value("ies_projection_lag_seconds")).isGreaterThan(1);
            assertThat(scrape.value("ies_projection_state", "state", "waiting_for_postgres"))
                    .isEqualTo(1);
        });
    }

    @Test
    void shouldNameFiguresByConvention() {
        Scrape scrape = scrape();
        Set<String> own = scrape.types().keySet().stream()
                .filter(name -> name.startsWith("ies_"))
                .collect(Collectors.toSet());
        assertThat(own).hasSizeGreaterThan(50).isSubsetOf(scrape.helps().keySet());

        for (String name : own) {
            String type = scrape.types().get(name);
            assertThat(name).matches("ies(_[a-z]+)+");
            assertThat(scrape.helps().get(name)).as("help of " + name).hasSizeGreaterThan(10);
            assertThat(name.endsWith("_total")).as(name + ", a " + type).isEqualTo(type.equals("counter"));
            assertThat(name.split("_"))
                    .as("base units in " + name)
                    .doesNotContain("ms", "ns", "us", "millis", "nanos", "minutes", "kb", "mb", "percent", "ratio");
            if (type.equals("histogram") && name.contains("duration")) {
                assertThat(name).endsWith("_seconds");
            }
        }
        for (Sample sample : scrape.samples()) {
            if (sample.name().startsWith("ies_")) {
                assertThat(LABELS)
                        .as(sample.toString())
                        .containsAll(sample.labels().keySet());
            }
        }
    }

    @Test
    void shouldNotGrowBySeriesThatCallersMake() {
        Scrape before = scrape();
        for (int i = 0; i < 20; i++) {
            String secret = UUID.randomUUID().toString();
            node.send(node.request("/no/such/" + secret).build());
            node.send(node.request(TestNode.BASE + "/payments/" + secret).build());
            node.send(node.request(TestNode.BASE + "/status?who=" + secret)
                    .method("X" + secret.replace("-", ""), BodyPublishers.noBody())
                    .build());
        }
        Scrape after = scrape();

        assertThat(routes(after)).isSubsetOf(allRoutes());
        assertThat(after.samples().size() - before.samples().size())
                .as("series made by sixty requests of three kinds")
                .isLessThan(4 * 16);
        assertThat(after.samples()).hasSizeLessThan(5_000);
    }

    private static Set<String> routes(Scrape scrape) {
        return scrape.of("ies_http_request_duration_seconds_count").stream()
                .map(sample -> sample.labels().get("route"))
                .collect(Collectors.toSet());
    }

    private static Set<String> allRoutes() {
        Set<String> routes =
                new TreeSet<>(new Contract().json().getJsonObject("paths").fieldNames());
        routes.addAll(List.of("other", "/metrics", "/.well-known/jwks.json"));
        return routes;
    }

    @Test
    void shouldKeepFiguresFromOtherMachines() {
        for (String header : List.of("X-Forwarded-For", "Forwarded")) {
            Answer answer = node.send(
                    node.request("/metrics").header(header, "203.0.113.7").build());
            assertThat(answer.expect(404).getString("code")).isEqualTo("not_found");
        }
    }

    @Test
    void shouldHaveEveryFigureThatTheDashboardShows() throws IOException {
        JsonObject dashboard = new JsonObject(Files.readString(OBSERVABILITY.resolve("grafana-dashboard.json")));
        Map<String, String> expressions = new LinkedHashMap<>();
        for (Object panel : dashboard.getJsonArray("panels")) {
            JsonObject json = (JsonObject) panel;
            if (json.getString("type").equals("row")) {
                continue;
            }
            assertThat(json.getString("description"))
                    .as(json.getString("title"))
                    .isNotEmpty();
            for (Object target : json.getJsonArray("targets")) {
                String expression = ((JsonObject) target).getString("expr");
                expressions.put(expression, json.getString("title"));
            }
        }
        for (Object annotation : dashboard.getJsonObject("annotations").getJsonArray("list")) {
            String expression = ((JsonObject) annotation).getString("expr");
            if (expression != null) {
                expressions.put(expression, "annotation");
            }
        }

        assertThat(dashboard.getInteger("schemaVersion")).isEqualTo(39);
        assertThat(expressions).hasSizeGreaterThan(50);
        assertThat(missing(expressions)).isEmpty();
    }

    @Test
    void shouldPlaceThePanelsOfTheDashboardSideBySide() throws IOException {
        JsonObject dashboard = new JsonObject(Files.readString(OBSERVABILITY.resolve("grafana-dashboard.json")));
        Map<String, String> taken = new LinkedHashMap<>();
        Set<Integer> ids = new TreeSet<>();
        for (Object panel : dashboard.getJsonArray("panels")) {
            JsonObject json = (JsonObject) panel;
            JsonObject place = json.getJsonObject("gridPos");
            assertThat(ids.add(json.getInteger("id"))).isTrue();
            assertThat(place.getInteger("x") + place.getInteger("w")).isLessThanOrEqualTo(24);
            for (int x = place.getInteger("x"); x < place.getInteger("x") + place.getInteger("w"); x++) {
                for (int y = place.getInteger("y"); y < place.getInteger("y") + place.getInteger("h"); y++) {
                    assertThat(taken.put(x + "," + y, json.getString("title"))).isNull();
                }
            }
        }
    }

    @Test
    void shouldHaveEveryFigureThatAlertsAskFor() throws IOException {
        Map<String, String> expressions = new LinkedHashMap<>();
        for (Map<String, Object> alert : alerts()) {
            expressions.put((String) alert.get("expr"), (String) alert.get("alert"));
        }

        assertThat(expressions).hasSizeGreaterThan(20);
        assertThat(missing(expressions)).isEmpty();
    }

    @Test
    void shouldSayOfEveryAlertWhatItMeansAndWhatToDo() throws IOException {
        Set<String> sections = Stream.of(Files.readString(RUNBOOK).split("\n"))
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", ""))
                .collect(Collectors.toSet());

        for (Map<String, Object> alert : alerts()) {
            String name = (String) alert.get("alert");
            Map<?, ?> annotations = (Map<?, ?>) alert.get("annotations");
            assertThat(annotations.get("summary")).as(name).asString().isNotBlank();
            assertThat(annotations.get("description")).as(name).asString().isNotBlank();
            assertThat(((Map<?, ?>) alert.get("labels")).get("severity").toString())
                    .as(name)
                    .isIn("critical", "warning");
            assertThat(annotations.get("runbook")).isEqualTo("ops/docs/operations.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(sections).contains(name);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> alerts() throws IOException {
        Map<String, Object> file = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(OBSERVABILITY.resolve("alerts.yml")));
        List<Map<String, Object>> alerts = new ArrayList<>();
        for (Map<String, Object> group : (List<Map<String, Object>>) file.get("groups")) {
            alerts.addAll((List<Map<String, Object>>) group.get("rules"));
        }
        return alerts;
    }

    /** What the expressions name and the node does not have: metrics, labels, values of labels. */
    private List<String> missing(Map<String, String> expressions) {
        Scrape scrape = scrape();
        List<String> missing = new ArrayList<>();
        expressions.forEach((expression, where) -> {
            PromQl read = PromQl.parse(expression
                    .replace("$__rate_interval", "5m")
                    .replace("\"$job\"", "\".*\"")
                    .replace("\"$instance\"", "\".*\""));
            Set<String> labels = new TreeSet<>(TARGET_LABELS);
            for (Selector selector : read.selectors()) {
                List<Sample> samples = scrape.of(selector.metric());
                if (samples.isEmpty() && !MADE_BY_PROMETHEUS.contains(selector.metric())) {
                    missing.add(where + ": " + selector.metric());
                }
                samples.forEach(sample -> labels.addAll(sample.labels().keySet()));
                selector.matchers().forEach((label, matching) -> {
                    if (!TARGET_LABELS.contains(label)
                            && samples.stream().noneMatch(s -> matches(s, label, matching))) {
                        missing.add(where + ": " + selector.metric() + " with " + label + matching);
                    }
                });
            }
            read.groupings().stream()
                    .filter(label -> !labels.contains(label))
                    .forEach(label -> missing.add(where + ": label " + label));
        });
        return missing;
    }

    private static boolean matches(Sample sample, String label, Matching matching) {
        String value = sample.labels().get(label);
        return value != null
                && switch (matching.operator()) {
                    case "=" -> value.equals(matching.value());
                    case "=~" -> Pattern.matches(matching.value(), value);
                    case "!=" -> !value.equals(matching.value());
                    default -> !Pattern.matches(matching.value(), value);
                };
    }
}
