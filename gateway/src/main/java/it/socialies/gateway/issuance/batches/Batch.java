// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A batch as the office keeps it: counts, sums, states and numbers, nothing personal.
 *
 * @param criteria as published; null when the amounts stand in the file
 * @param fileName of the file that is being read
 * @param reportKey under which the report is sealed; null without one
 * @param rowsPrepared awards whose wallet is known, while it is being submitted
 * @param submitKey of the proposal that the core is asked for; null until everything is prepared
 * @param submissionProblem why the last submission came to nothing
 * @param executedAs in whose name the core is asked to credit the rows
 */
record Batch(
        long batchId,
        int circuitId,
        long programmeId,
        Kind kind,
        String purpose,
        String actReference,
        @Nullable JsonObject criteria,
        BatchState state,
        @Nullable String stopCode,
        long createdBy,
        long createdMs,
        @Nullable UUID fileName,
        @Nullable Long fileBy,
        @Nullable Long fileCaseId,
        @Nullable Buffer fileDigest,
        boolean dropIsee,
        @Nullable Long reportKey,
        int applications,
        int errors,
        int warnings,
        int rowsEntered,
        int admitted,
        int reserve,
        int excluded,
        long totalCents,
        int rankingVersion,
        int rowsPrepared,
        @Nullable UUID submitKey,
        @Nullable JsonObject submissionProblem,
        @Nullable Buffer digest,
        @Nullable Long proposalId,
        @Nullable Long submittedBy,
        @Nullable Long approvedBy,
        @Nullable Long executeAtMs,
        @Nullable Long executedAs,
        @Nullable Long startedMs,
        @Nullable Long finishedMs,
        int cardsAssigned,
        int refused) {
    /** What a file is about. */
    enum Kind {
        CALL,
        RECHARGE
    }

    static final String COLUMNS = "batch_id, circuit_id, programme_id, kind, purpose, act_reference, criteria, state,"
            + " stop_code, created_by, created_ms, file_name, file_by, file_case_id, file_digest, drop_isee, report_key,"
            + " applications, errors, warnings, rows_entered, admitted, reserve, excluded, total, ranking_version,"
            + " rows_prepared, submit_key, submission_problem, digest, proposal_id, submitted_by, approved_by, execute_at_ms, executed_as, started_ms, finished_ms,"
            + " cards_assigned, refused";

    static Batch of(Row row) {
        return new Batch(
                row.getLong("batch_id"),
                row.getInteger("circuit_id"),
                row.getLong("programme_id"),
                Kind.valueOf(row.getString("kind")),
                row.getString("purpose"),
                row.getString("act_reference"),
                row.getJsonObject("criteria"),
                BatchState.valueOf(row.getString("state")),
                row.getString("stop_code"),
                row.getLong("created_by"),
                row.getLong("created_ms"),
                row.getUUID("file_name"),
                row.getLong("file_by"),
                row.getLong("file_case_id"),
                row.getBuffer("file_digest"),
                row.getBoolean("drop_isee"),
                row.getLong("report_key"),
                row.getInteger("applications"),
                row.getInteger("errors"),
                row.getInteger("warnings"),
                row.getInteger("rows_entered"),
                row.getInteger("admitted"),
                row.getInteger("reserve"),
                row.getInteger("excluded"),
                row.getLong("total"),
                row.getInteger("ranking_version"),
                row.getInteger("rows_prepared"),
                row.getUUID("submit_key"),
                row.getJsonObject("submission_problem"),
                row.getBuffer("digest"),
                row.getLong("proposal_id"),
                row.getLong("submitted_by"),
                row.getLong("approved_by"),
                row.getLong("execute_at_ms"),
                row.getLong("executed_as"),
                row.getLong("started_ms"),
                row.getLong("finished_ms"),
                row.getInteger("cards_assigned"),
                row.getInteger("refused"));
    }

    String id() {
        return Ids.ISSUANCE_BATCH.format(batchId);
    }

    /** As the contract shows it; how many rows the core has done is added by who asks the core. */
    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("id", id())
                .put("programme_id", Ids.PROGRAMME.format(programmeId))
                .put("kind", kind.name().toLowerCase(Locale.ROOT))
                .put("purpose", purpose)
                .put("act_reference", actReference)
                .put("state", state.word())
                .put("created_by", Ids.OPERATOR.format(createdBy))
                .put("created_at", Json.time(createdMs))
                .put("applications", applications)
                .put("errors", errors)
                .put("warnings", warnings)
                .put("rows_entered", rowsEntered)
                .put("admitted", admitted)
                .put("reserve", reserve)
                .put("excluded", excluded)
                .put("row_count", admitted)
                .put("amount", Json.euro(totalCents))
                .put("ranking_version", rankingVersion)
                .put("rows_prepared", rowsPrepared)
                .put("cards_assigned", cardsAssigned)
                .put("refused", refused);
        put(json, "criteria", criteria);
        put(json, "stop_code", stopCode);
        put(json, "submission_problem", submissionProblem);
        put(json, "file_digest", fileDigest == null ? null : hex(fileDigest));
        put(json, "digest", digest == null ? null : hex(digest));
        put(json, "proposal_id", proposalId == null ? null : Ids.PROPOSAL.format(proposalId));
        put(json, "submitted_by", submittedBy == null ? null : Ids.OPERATOR.format(submittedBy));
        put(json, "approved_by", approvedBy == null ? null : Ids.OPERATOR.format(approvedBy));
        put(json, "execute_at", executeAtMs == null ? null : Json.time(executeAtMs));
        put(json, "started_at", startedMs == null ? null : Json.time(startedMs));
        put(json, "finished_at", finishedMs == null ? null : Json.time(finishedMs));
        return json;
    }

    private static void put(JsonObject json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    static String hex(Buffer digest) {
        return HexFormat.of().formatHex(digest.getBytes());
    }
}
