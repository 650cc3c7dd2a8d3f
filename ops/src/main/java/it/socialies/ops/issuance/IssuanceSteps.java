// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.issuance;

import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.OperatorSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The steps of a batch over HTTP, each by the operator whose it is. One thread. */
public final class IssuanceSteps {
    private static final String BATCHES = "/issuance-batches";
    private static final long POLL_MS = 200;

    private final ApiClient api;

    public IssuanceSteps(ApiClient api) {
        this.api = api;
    }

    /** @param definition as {@code IssuanceDefinition} of the contract */
    public JsonObject define(OperatorSession social, JsonObject definition) {
        return api.post(BATCHES, social, definition).orThrow("define the batch").body();
    }

    /** Opens a case and sends the file. */
    public JsonObject send(OperatorSession social, String batchId, Path file, boolean dropIsee) throws IOException {
        return api.sendFile(
                        BATCHES + "/" + batchId + "/files?case_id=" + openCase(social) + "&drop_isee=" + dropIsee,
                        social,
                        api.newKey(),
                        file,
                        "text/csv")
                .orThrow("send the file")
                .body();
    }

    /** The report of the file as the clerk reads it, within a case. */
    public byte[] report(OperatorSession social, String batchId) {
        return api.getBytes(
                BATCHES + "/" + batchId + "/validation-report?format=csv&case_id=" + openCase(social), social);
    }

    private String openCase(OperatorSession social) {
        return api.post("/people/cases", social, new JsonObject().put("purpose", "issuance"))
                .orThrow("open a case")
                .body()
                .getString("id");
    }

    public JsonObject status(OperatorSession operator, String batchId) {
        return api.get(BATCHES + "/" + batchId, operator)
                .orThrow("read the batch")
                .body();
    }

    /**
     * Submits the batch and waits until another person can decide on it.
     *
     * @throws IOException with the problem when it cannot be submitted, or when the time is over
     */
    public JsonObject submit(OperatorSession social, String batchId, Duration limit)
            throws IOException, InterruptedException {
        step(social, batchId, "submissions");
        JsonObject batch = await(social, batchId, Set.of("submitted", "ready"), limit, seen -> {});
        if (batch.getString("state").equals("ready")) {
            throw new IOException(
                    batchId + ": " + batch.getJsonObject("submission_problem").encode());
        }
        return batch;
    }

    /** A step without a body: {@code submissions}, {@code rejections}, {@code cancellations}, {@code executions}. */
    public JsonObject step(OperatorSession operator, String batchId, String step) {
        return api.post(BATCHES + "/" + batchId + "/" + step, operator, null)
                .orThrow(step)
                .body();
    }

    /** Approves exactly what the batch says now. */
    public JsonObject approve(OperatorSession approver, String batchId) {
        JsonObject batch = status(approver, batchId);
        return api.post(
                        BATCHES + "/" + batchId + "/approvals",
                        approver,
                        new JsonObject()
                                .put("row_count", batch.getInteger("row_count"))
                                .put("amount", batch.getJsonObject("amount"))
                                .put("digest", batch.getString("digest")))
                .orThrow("approve the batch")
                .body();
    }

    /**
     * Waits until the batch is in one of these states.
     *
     * @param seen hears each answer on the way
     * @throws IOException when the time is over
     */
    public JsonObject await(
            OperatorSession operator, String batchId, Set<String> states, Duration limit, Consumer<JsonObject> seen)
            throws IOException, InterruptedException {
        long endNs = System.nanoTime() + limit.toNanos();
        while (true) {
            JsonObject batch = status(operator, batchId);
            seen.accept(batch);
            if (states.contains(batch.getString("state"))) {
                return batch;
            }
            if (System.nanoTime() > endNs) {
                throw new IOException(batchId + ": " + batch.getString("state") + " dopo | after " + limit);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }
}
