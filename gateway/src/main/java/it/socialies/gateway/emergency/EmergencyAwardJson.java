// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.emergency;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.engine.protocol.sbe.EmergencyAwardedDecoder;
import it.socialies.engine.protocol.sbe.EmergencyReviewedDecoder;
import it.socialies.engine.protocol.sbe.ReviewVerdict;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.engineclient.CoreReply;
import java.time.Year;

/** An emergency award as the contract shows it: numbers and sums, nobody's name and no household. Stateless. */
final class EmergencyAwardJson {
    /** What another person has not spoken of. */
    static final String TO_REVIEW = "to_review";

    static final String COLUMNS =
            "a.award_id, a.programme_id, a.wallet_id, w.holder_id, a.amount, a.month, a.reference,"
                    + " a.operator_id, a.awarded_ms, a.sequence, a.review_by_ms, a.verdict, a.reviewed_by, a.reviewed_ms";

    private static final int MONTHS = 12;

    private EmergencyAwardJson() {}

    /** Of the record that gave it. */
    static JsonObject awarded(CoreReply reply, EmergencyAwardedDecoder awarded, long holderId) {
        return core(
                        awarded.awardId(),
                        awarded.programmeId(),
                        awarded.walletId(),
                        holderId,
                        awarded.amount(),
                        awarded.month(),
                        awarded.reference(),
                        awarded.operatorId(),
                        reply.timestampMs(),
                        awarded.reviewByMs())
                .put("state", TO_REVIEW)
                .put("overdue", false)
                .put("sequence", reply.sequence());
    }

    /** Of the record that says what another person said. */
    static JsonObject reviewed(CoreReply reply, EmergencyReviewedDecoder reviewed) {
        return new JsonObject()
                .put("id", Ids.EMERGENCY_AWARD.format(reviewed.awardId()))
                .put("state", Json.word(reviewed.verdict()))
                .put("reviewed_by", Ids.OPERATOR.format(reviewed.operatorId()))
                .put("reviewed_at", Json.time(reply.timestampMs()))
                .put("sequence", reply.sequence());
    }

    /** Of a row of the projection with {@link #COLUMNS}. */
    static JsonObject of(Row row, long nowMs) {
        JsonObject json = core(
                        row.getLong("award_id"),
                        row.getLong("programme_id"),
                        row.getLong("wallet_id"),
                        row.getLong("holder_id"),
                        row.getLong("amount"),
                        row.getInteger("month"),
                        row.getLong("reference"),
                        row.getLong("operator_id"),
                        row.getLong("awarded_ms"),
                        row.getLong("review_by_ms"))
                .put("sequence", row.getLong("sequence"));
        short verdict = row.getShort("verdict");
        if (verdict == 0) {
            return json.put("state", TO_REVIEW).put("overdue", nowMs >= row.getLong("review_by_ms"));
        }
        return json.put("state", Json.word(ReviewVerdict.get(verdict)))
                .put("overdue", false)
                .put("reviewed_by", Ids.OPERATOR.format(row.getLong("reviewed_by")))
                .put("reviewed_at", Json.time(row.getLong("reviewed_ms")));
    }

    private static JsonObject core(
            long awardId,
            long programmeId,
            long walletId,
            long holderId,
            long amount,
            int month,
            long reference,
            long operatorId,
            long awardedMs,
            long reviewByMs) {
        return new JsonObject()
                .put("id", Ids.EMERGENCY_AWARD.format(awardId))
                .put("programme_id", Ids.PROGRAMME.format(programmeId))
                .put("wallet_id", Ids.WALLET.format(walletId))
                .put("person_id", Ids.HOLDER.format(holderId))
                .put("amount", Json.euro(amount))
                .put(
                        "month",
                        Year.of(month / MONTHS).atMonth(month % MONTHS + 1).toString())
                .put("act_reference", reference)
                .put("awarded_by", Ids.OPERATOR.format(operatorId))
                .put("awarded_at", Json.time(awardedMs))
                .put("review_by", Json.time(reviewByMs));
    }
}
