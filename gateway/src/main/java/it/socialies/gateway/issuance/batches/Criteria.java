// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.issuance.HouseholdTable;
import it.socialies.gateway.issuance.ranking.AmountFormula;
import it.socialies.gateway.issuance.ranking.PublicDraw;
import it.socialies.gateway.issuance.ranking.RankingCriteria;
import it.socialies.gateway.issuance.ranking.RankingCriteria.LastAward;
import it.socialies.gateway.issuance.ranking.TieBreaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The criteria of a call as its act publishes them, from the contract's {@code IssuanceCriteria}. */
record Criteria(RankingCriteria ranking, long budgetCents) {

    /** @throws ProblemException invalid_field */
    static Criteria of(JsonObject json) {
        List<TieBreaker> tieBreakers = new ArrayList<>();
        for (Object each : json.getJsonArray("tie_breakers", new JsonArray())) {
            tieBreakers.add(TieBreaker.valueOf(((String) each).toUpperCase(Locale.ROOT)));
        }
        try {
            return new Criteria(
                    new RankingCriteria(
                            tieBreakers,
                            new PublicDraw(json.getString("draw_seed")),
                            formula(json.getJsonObject("formula")),
                            LastAward.valueOf(json.getString("last_award", "whole_or_reserve")
                                    .toUpperCase(Locale.ROOT))),
                    Json.minorUnits(json, "budget", Json.EUR));
        } catch (IllegalArgumentException e) {
            throw ProblemException.field("/criteria", "criteria", e.getMessage());
        }
    }

    private static AmountFormula formula(JsonObject json) {
        String kind = json.getString("kind");
        if (kind.equals("by_size")) {
            JsonArray amounts = json.getJsonArray("amounts");
            if (amounts == null) {
                throw missing("amounts");
            }
            List<Long> cents = new ArrayList<>();
            amounts.forEach(each -> cents.add(((JsonObject) each).getLong("amount")));
            return new AmountFormula.BySize(new HouseholdTable(cents));
        }
        long base = cents(json, "base");
        long each = cents(json, "each");
        long maximum = cents(json, "maximum");
        return kind.equals("per_member")
                ? new AmountFormula.PerMember(base, each, maximum)
                : new AmountFormula.PerMinor(base, each, maximum);
    }

    private static long cents(JsonObject json, String field) {
        if (!json.containsKey(field)) {
            throw missing(field);
        }
        return Json.minorUnits(json, field, Json.EUR);
    }

    private static ProblemException missing(String field) {
        return ProblemException.field("/criteria/formula/" + field, "missing", "This kind of formula needs it.");
    }
}
