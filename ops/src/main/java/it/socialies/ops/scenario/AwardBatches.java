// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.ApiReply;
import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.figures.Cents;
import it.socialies.ops.issuance.IssuanceSteps;
import it.socialies.ops.scenario.TownCircuit.OfficeStaff;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls and recharge lists, from the file to the money: one person proposes, another approves exactly what is there, then it is executed. One thread. */
final class AwardBatches {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int PAGE = 200;

    private final ApiClient api;
    private final Bootstrap bootstrap;
    private final OfficeStaff staff;
    private final Papers papers;
    private final Told told;
    private final IssuanceSteps steps;

    AwardBatches(ApiClient api, Bootstrap bootstrap, OfficeStaff staff, Papers papers, Told told) {
        this.api = api;
        this.bootstrap = bootstrap;
        this.staff = staff;
        this.papers = papers;
        this.told = told;
        this.steps = new IssuanceSteps(api);
    }

    /** @return the id of the batch, still without a file */
    String define(String programmeId, String kind, String act) {
        return steps.define(
                        clerk(),
                        new JsonObject()
                                .put("programme_id", programmeId)
                                .put("kind", kind)
                                .put("act_reference", act))
                .getString("id");
    }

    /** Sends a file with faults: each must be named in its row and explained, and no row is taken. */
    void sendFaulty(String batchId, Path file, Map<Integer, RankingFault> planted)
            throws IOException, InterruptedException {
        steps.send(clerk(), batchId, file, false);
        steps.await(clerk(), batchId, Set.of("faulty"), LIMIT, seen -> {});
        papers.write("rapporto-di-controllo.csv", steps.report(clerk(), batchId));
        Map<Integer, List<JsonObject>> found = report(batchId).getJsonArray("faults").stream()
                .map(JsonObject.class::cast)
                .filter(fault -> "error".equals(fault.getString("severity")))
                .collect(Collectors.groupingBy(fault -> fault.getInteger("row"), TreeMap::new, Collectors.toList()));
        Told.require(found.keySet(), planted.keySet(), "Righe errate | faulty rows");
        told.done(
                "File rifiutato: " + planted.size() + " righe errate, ognuna spiegata nel rapporto di controllo",
                "file refused: " + planted.size() + " faulty rows, each explained in the validation report");
        found.forEach((row, faults) -> explain(row, faults, planted.get(row)));
    }

    private void explain(int row, List<JsonObject> faults, @Nullable RankingFault planted) {
        JsonObject fault = faults.stream()
                .filter(each -> planted != null && planted.code().equals(each.getString("code")))
                .findFirst()
                .orElseThrow(() -> new ScenarioFailed("Riga | row " + row + ": " + planted + ", " + faults));
        told.done("  riga " + row + ": " + fault.getString("explanation_it"), fault.getString("explanation_en"));
    }

    private JsonObject report(String batchId) {
        return api.get("/issuance-batches/" + batchId + "/validation-report?case_id=" + openCase(), clerk())
                .orThrow("read the report")
                .body();
    }

    private String openCase() {
        return api.post("/people/cases", clerk(), new JsonObject().put("purpose", "issuance"))
                .orThrow("open a case")
                .body()
                .getString("id");
    }

    /** Sends a file without faults and carries it to the cards. */
    void carry(String batchId, Path file, int rows, long cents) throws IOException, InterruptedException {
        steps.send(clerk(), batchId, file, false);
        JsonObject ready = steps.await(clerk(), batchId, Set.of("ready", "faulty"), LIMIT, seen -> {});
        Told.require(ready.getString("state"), "ready", "Lista corretta | mended list " + ready.encode());
        JsonObject submitted = steps.submit(clerk(), batchId, LIMIT);
        Told.require(submitted.getInteger("row_count"), rows, "Righe | rows");
        Told.require(ApiReply.amountOf(submitted, "amount"), cents, "Totale | total");
        refused(batchId, clerk(), submitted, cents, "same_person", "Chi propone approva | proposer approves");
        refused(batchId, approver(), submitted, cents + 1, "issuance_batch_changed", "Altro totale | another total");
        JsonObject approved = steps.approve(approver(), batchId);
        passDelay(approved.getString("execute_at"));
        JsonObject executed = steps.await(clerk(), batchId, Set.of("executed", "stopped"), LIMIT, seen -> {});
        Told.require(executed.getString("state"), "executed", "Esecuzione | execution " + executed.encode());
        Told.require(executed.getInteger("rows_done"), rows, "Righe eseguite | rows done");
        Told.require(ApiReply.amountOf(executed, "amount_done"), cents, "Accreditato | credited");
        Told.require(executed.getInteger("refused"), 0, "Righe rifiutate | rows refused");
        told.done(
                "Lista eseguita: " + rows + " righe, " + Cents.format(cents)
                        + " €, approvata da un'altra persona, impronta "
                        + submitted.getString("digest").substring(0, 16) + "…",
                "list executed: rows, total and SHA-256 approved by another person");
    }

    private void refused(String batchId, OperatorSession who, JsonObject seen, long cents, String code, String what) {
        ApiReply reply = api.post(
                "/issuance-batches/" + batchId + "/approvals",
                who,
                new JsonObject()
                        .put("row_count", seen.getInteger("row_count"))
                        .put("amount", SetUp.eur(cents))
                        .put("digest", seen.getString("digest")));
        Told.require(reply.code(), code, what);
    }

    /** The time in which an approved batch can be cancelled passes on the sandbox's clock. */
    private void passDelay(String executeAt) {
        api.readClock();
        long aheadMs = Instant.parse(executeAt).toEpochMilli() - api.clock().millis();
        if (aheadMs > 0) {
            bootstrap.stepClock(api, aheadMs + 1);
        }
    }

    /** The rows of a batch in file order. */
    List<JsonObject> rows(String batchId) {
        List<JsonObject> rows = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            JsonObject page = api.get(
                            "/issuance-batches/" + batchId + "/rows?limit=" + PAGE
                                    + (cursor == null ? "" : "&cursor=" + cursor),
                            clerk())
                    .orThrow("list rows")
                    .body();
            rows.addAll(CardStock.items(page));
            cursor = page.getString("next_cursor");
        } while (cursor != null);
        return rows;
    }

    void publish(String batchId) {
        papers.write(
                "elenco-pubblico.pdf",
                api.getBytes("/issuance-batches/" + batchId + "/public-list?format=pdf", clerk()));
    }

    private OperatorSession clerk() {
        return staff.socials().get(0);
    }

    private OperatorSession approver() {
        return staff.socials().get(1);
    }
}
