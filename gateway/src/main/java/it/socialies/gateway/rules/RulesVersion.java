// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.rules;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.gateway.api.Json;
import java.util.List;

/**
 * A version of the rules of a programme, from the projection.
 *
 * @param number 1 is the programme as it was created
 * @param approvedMs when two people had decided on it; 0 for a draft
 * @param approvedSequence record of that; 0 for a draft
 */
record RulesVersion(
        int number, RulesTerms terms, long approvedMs, long approvedSequence, long sequence, long asOfSequence) {

    static RulesVersion of(Row row) {
        return new RulesVersion(
                row.getInteger("version"),
                RulesTerms.of(row),
                row.getLong("approved_ms"),
                row.getLong("approved_sequence"),
                row.getLong("sequence"),
                row.getLong("as_of_sequence"));
    }

    /** The approved version with the latest instant that has come; of equal ones the one approved last; the first one before all. */
    static RulesVersion inForce(List<RulesVersion> versions, long nowMs) {
        RulesVersion inForce = versions.getFirst();
        for (RulesVersion version : versions) {
            boolean isPossible = version.number > 1 && version.isApproved() && version.terms.effectiveMs() <= nowMs;
            if (isPossible && (inForce.number == 1 || version.isAfter(inForce))) {
                inForce = version;
            }
        }
        return inForce;
    }

    boolean isApproved() {
        return approvedMs != 0;
    }

    JsonObject json(long nowMs, boolean isInForce) {
        JsonObject json = terms.json().put("version", number).put("state", state(nowMs, isInForce));
        if (isApproved()) {
            json.put("approved_at", Json.time(approvedMs));
        }
        return json.put("sequence", sequence);
    }

    private boolean isAfter(RulesVersion other) {
        long difference = terms.effectiveMs() - other.terms.effectiveMs();
        return difference > 0 || (difference == 0 && approvedSequence > other.approvedSequence);
    }

    private String state(long nowMs, boolean isInForce) {
        if (!isApproved()) {
            return "draft";
        }
        if (isInForce) {
            return "in_force";
        }
        return terms.effectiveMs() > nowMs ? "waiting" : "superseded";
    }
}
