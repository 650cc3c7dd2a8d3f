// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.samples;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import org.jspecify.annotations.Nullable;

/** Draws samples of payments, the same ones for the same seed and sequence, and hands out what there is of each case. Threading: any event loop. */
public final class Samples implements Resource {
    private static final String POSITION = "SELECT last_sequence FROM position";

    private final Projection projection;
    private final OfficeDatabase office;
    private final OfficeDesk desk;
    private final CaseFiles files;
    private final InstallationClock clock;

    /** @param desk once per key */
    public Samples(
            Projection projection, OfficeDatabase office, OfficeDesk desk, CaseFiles files, InstallationClock clock) {
        this.projection = projection;
        this.office = office;
        this.desk = desk;
        this.files = files;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("drawAuditSample", this::draw);
        api.on("getAuditSample", this::get);
        api.onRaw("getAuditCase", this::download);
    }

    private static Principal auditor(ApiRequest request) {
        return request.operatorWith(OperatorRole.AUDITOR, OperatorRole.ADMIN);
    }

    private Future<ApiAnswer> draw(ApiRequest request) {
        Principal auditor = auditor(request);
        JsonObject body = request.body();
        long nowMs = clock.nowMs();
        long fromMs = body.containsKey("from") ? Json.timeMs(body, "from") : 0;
        long toMs = body.containsKey("to") ? Json.timeMs(body, "to") : nowMs + 1;
        if (toMs <= fromMs) {
            throw ProblemException.field("to", "out_of_range", "After from.");
        }
        String programme = body.getString("programme_id");
        Long programmeId = programme == null ? null : Ids.PROGRAMME.parse(programme);
        long upTo = body.getLong("sequence", 0L);
        int circuitId = request.circuitId();
        return desk.once(
                request,
                auditor,
                connection -> projection.snapshot(
                        upTo,
                        client -> client.query(POSITION).execute().compose(position -> {
                            long sequence =
                                    upTo == 0 ? position.iterator().next().getLong(0) : upTo;
                            Sample sample = new Sample(
                                    body.getString("seed"),
                                    body.getInteger("size"),
                                    programmeId,
                                    fromMs,
                                    toMs,
                                    sequence);
                            return sample.draw(client, circuitId)
                                    .compose(drawn -> sample.keep(connection, circuitId, drawn, auditor.id(), nowMs));
                        })));
    }

    private Future<ApiAnswer> get(ApiRequest request) {
        auditor(request);
        return found(request).map(ApiAnswer::ok);
    }

    private Future<JsonObject> found(ApiRequest request) {
        int circuitId = request.circuitId();
        long sampleId = request.id(Ids.AUDIT_SAMPLE);
        return office.withConnection(connection -> Sample.find(connection, circuitId, sampleId));
    }

    private Future<Void> download(ApiRequest request) {
        Principal auditor = auditor(request);
        String number = request.context().pathParam("number");
        return found(request)
                .compose(sample -> {
                    JsonObject drawn = numbered(sample, number);
                    return drawn == null
                            ? Future.<Buffer>failedFuture(new ProblemException("not_found"))
                            : files.zip(request, auditor, sample, drawn);
                })
                .compose(zip -> request.context()
                        .response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/zip")
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end(zip));
    }

    private static @Nullable JsonObject numbered(JsonObject sample, @Nullable String number) {
        return sample.getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getInteger("number").toString().equals(number))
                .findFirst()
                .orElse(null);
    }
}
