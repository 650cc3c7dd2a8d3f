// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import it.socialies.gateway.security.SecretBox;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

/** Who is told by webhook. The secret is shown to who makes an endpoint, and to nobody later. Threading: any event loop. */
final class WebhookEndpoints implements Resource {
    private static final String COLUMNS = "endpoint_id, url, made_by, made_ms";

    private final OfficeDatabase office;
    private final OfficeDesk desk;
    private final Targets targets;
    private final SecretBox box;
    private final SecureRandom random;
    private final InstallationClock clock;

    WebhookEndpoints(
            OfficeDatabase office,
            OfficeDesk desk,
            Targets targets,
            SecretBox box,
            SecureRandom random,
            InstallationClock clock) {
        this.office = office;
        this.desk = desk;
        this.targets = targets;
        this.box = box;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("createWebhookEndpoint", this::create);
        api.on("listWebhookEndpoints", this::list);
        api.on("removeWebhookEndpoint", this::remove);
        api.on("redeliverNotices", this::redeliver);
    }

    private Future<ApiAnswer> create(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.ADMIN);
        int circuitId = request.circuitId();
        String url = request.body().getString("url");
        if (targets.parse(url).isEmpty()) {
            throw ProblemException.field("/url", "url", "HTTPS, without user and fragment.");
        }
        return desk.once(request, operator, connection -> create(connection, circuitId, operator.id(), url))
                .compose(answer -> secret(answer.body().getString("id"))
                        .map(secret -> new ApiAnswer(
                                answer.status(), answer.body().copy().put("secret", secret), answer.hit())));
    }

    private Future<JsonObject> create(SqlConnection connection, int circuitId, long operatorId, String url) {
        byte[] secret = new byte[WebhookSignature.SECRET_BYTES];
        random.nextBytes(secret);
        return connection
                .query("SELECT nextval('webhook_endpoint_number')")
                .execute()
                .compose(rows -> {
                    long id = rows.iterator().next().getLong(0);
                    return connection
                            .preparedQuery("INSERT INTO webhook_endpoint (" + COLUMNS
                                    + ", circuit_id, sealed) VALUES ($1, $2, $3, $4, $5, $6) RETURNING " + COLUMNS)
                            .execute(Tuple.of(id, url, operatorId, clock.nowMs())
                                    .addInteger(circuitId)
                                    .addBuffer(Buffer.buffer(box.seal(secret, id))));
                })
                .map(rows -> json(rows.iterator().next()));
    }

    /** For the answer alone: it is not among what is kept with the key. */
    private Future<String> secret(String endpoint) {
        long id = Ids.WEBHOOK_ENDPOINT.parse(endpoint);
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT sealed FROM webhook_endpoint WHERE endpoint_id = $1")
                        .execute(Tuple.of(id)))
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw new ProblemException("not_found");
                    }
                    try {
                        return WebhookSignature.text(
                                box.open(rows.iterator().next().getBuffer(0).getBytes(), id));
                    } catch (GeneralSecurityException e) {
                        throw new IllegalStateException("the secret of a webhook does not open", e);
                    }
                });
    }

    private static JsonObject json(Row row) {
        return new JsonObject()
                .put("id", Ids.WEBHOOK_ENDPOINT.format(row.getLong("endpoint_id")))
                .put("url", row.getString("url"))
                .put("made_by", Ids.OPERATOR.format(row.getLong("made_by")))
                .put("made_at", Json.time(row.getLong("made_ms")));
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        request.operatorWith(OperatorRole.ADMIN, OperatorRole.AUDITOR);
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT " + COLUMNS
                                + " FROM webhook_endpoint WHERE circuit_id = $1 ORDER BY endpoint_id LIMIT 200")
                        .execute(Tuple.of(request.circuitId())))
                .map(rows -> {
                    JsonArray items = new JsonArray();
                    rows.forEach(row -> items.add(json(row)));
                    return ApiAnswer.ok(new JsonObject().put("items", items));
                });
    }

    /** What was queued for it goes with it. */
    private Future<ApiAnswer> remove(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.ADMIN);
        long id = request.id(Ids.WEBHOOK_ENDPOINT);
        int circuitId = request.circuitId();
        return desk.once(
                request,
                operator,
                connection -> connection
                        .preparedQuery(
                                "DELETE FROM webhook_endpoint WHERE endpoint_id = $1 AND circuit_id = $2 RETURNING "
                                        + COLUMNS)
                        .execute(Tuple.of(id, circuitId))
                        .map(rows -> {
                            if (rows.size() == 0) {
                                throw new ProblemException("not_found");
                            }
                            return json(rows.iterator().next());
                        }));
    }

    private Future<ApiAnswer> redeliver(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.ADMIN);
        long id = request.id(Ids.WEBHOOK_ENDPOINT);
        int circuitId = request.circuitId();
        return desk.once(
                request,
                operator,
                connection -> connection
                        .preparedQuery("SELECT 1 FROM webhook_endpoint WHERE endpoint_id = $1 AND circuit_id = $2")
                        .execute(Tuple.of(id, circuitId))
                        .compose(found -> found.size() == 0
                                ? Future.failedFuture(new ProblemException("not_found"))
                                : connection
                                        .preparedQuery(
                                                "UPDATE notice SET state = 'QUEUED', tries = 0, next_ms = 0 WHERE endpoint_id = $1 AND state = 'DEAD'")
                                        .execute(Tuple.of(id)))
                        .map(queued -> new JsonObject()
                                .put("id", Ids.WEBHOOK_ENDPOINT.format(id))
                                .put("queued", queued.rowCount())));
    }
}
