// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.issuance.Outcome;
import it.socialies.gateway.issuance.RankingRow;
import it.socialies.gateway.issuance.ranking.Application;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What a row says of an application, which is kept sealed: figures of a household, the words of an exclusion. Prints as nothing.
 *
 * @param said the outcome in the file
 * @param reason code of the exclusion; empty when it may be ranked
 */
record Applied(
        String number,
        int position,
        int householdSize,
        int minors,
        int disabled,
        BigDecimal score,
        @Nullable LocalDateTime submitted,
        Outcome said,
        String reason,
        String words,
        long amountCents) {
    /** The code of an exclusion by the office that made the file; its words are sealed. */
    static final String NOT_ELIGIBLE = "not_eligible";

    /** The code of an exclusion by a review. */
    static final String EXCLUDED_BY_REVIEW = "excluded_by_review";

    static Applied of(RankingRow row) {
        return of(row, row.householdSize());
    }

    /** @param householdSize where the file does not say it */
    static Applied of(RankingRow row, int householdSize) {
        boolean isExcluded = row.outcome() == Outcome.EXCLUDED;
        return new Applied(
                row.application().isEmpty() ? "R" + row.sheetRow() : row.application(),
                row.position(),
                Math.max(1, householdSize),
                Math.max(0, row.minors()),
                Math.max(0, row.disabled()),
                row.score() == null ? BigDecimal.ZERO : row.score(),
                row.submitted(),
                row.outcome(),
                isExcluded ? NOT_ELIGIBLE : "",
                row.reason(),
                row.amountCents());
    }

    /**
     * After a review.
     *
     * @param eligible whether it may be ranked
     * @param why the words of the decision
     * @param corrections as the contract's {@code IssuanceCorrections}
     */
    Applied reviewed(boolean eligible, String why, JsonObject corrections) {
        JsonObject amount = corrections.getJsonObject("amount");
        String points = corrections.getString("score");
        return new Applied(
                number,
                position,
                corrections.getInteger("household_size", householdSize),
                corrections.getInteger("minors", minors),
                corrections.getInteger("disabled", disabled),
                points == null ? score : new BigDecimal(points),
                submitted,
                eligible ? Outcome.ADMITTED : Outcome.EXCLUDED,
                eligible ? "" : EXCLUDED_BY_REVIEW,
                why,
                amount == null ? amountCents : amount.getLong("amount"));
    }

    static Applied read(byte[] plain) {
        JsonObject json = new JsonObject(Buffer.buffer(plain));
        String submitted = json.getString("submitted");
        return new Applied(
                json.getString("number"),
                json.getInteger("position"),
                json.getInteger("household_size"),
                json.getInteger("minors"),
                json.getInteger("disabled"),
                new BigDecimal(json.getString("score")),
                submitted == null ? null : LocalDateTime.parse(submitted),
                Outcome.valueOf(json.getString("said")),
                json.getString("reason"),
                json.getString("words"),
                json.getLong("amount"));
    }

    byte[] bytes() {
        JsonObject json = new JsonObject()
                .put("number", number)
                .put("position", position)
                .put("household_size", householdSize)
                .put("minors", minors)
                .put("disabled", disabled)
                .put("score", score.toPlainString())
                .put("said", said.name())
                .put("reason", reason)
                .put("words", words)
                .put("amount", amountCents);
        if (submitted != null) {
            json.put("submitted", submitted.toString());
        }
        return json.toBuffer().getBytes();
    }

    /**
     * For the ranking.
     *
     * @param unique its number in the call, by which the draw goes
     */
    Application application(String unique, long householdId) {
        return new Application(
                unique, Long.toString(householdId), householdSize, minors, disabled, score, submitted, reason);
    }

    @Override
    public String toString() {
        return "Applied[redacted]";
    }
}
