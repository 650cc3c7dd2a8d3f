// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports.siuss;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.office.TaxCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a flow says of everybody alike: codes that only the Comune knows.
 *
 * @param entityCode of INPS's access system, at most 32 characters
 * @param seat cadastral code of the Comune where the entity has its seat
 * @param operatorTaxCode of who answers for the flow
 * @param citizenship ISO 3166-1, three digits
 * @param region ISTAT, two digits
 * @param municipality ISTAT, six digits
 * @param benefitCode of the nomenclature of benefits of DM 206/2014
 * @param meansTest {@code PresenzaProvaMezzi}
 * @param takenInCharge {@code PresaCarico}
 * @param area {@code AreaUtenza}; null when none is told
 * @param iseeThresholdCents null when none is told
 */
record FlowTerms(
        String entityCode,
        String entityName,
        String seat,
        String operatorTaxCode,
        String citizenship,
        String region,
        String municipality,
        String benefitCode,
        String benefitName,
        String meansTest,
        String takenInCharge,
        @Nullable String area,
        @Nullable Long iseeThresholdCents) {
    /** In the order of the schema's numbers, from 1. */
    private static final List<String> MEANS_TESTS = List.of("isee", "other", "isee_waived", "none");

    private static final List<String> AREAS = List.of("family", "disability", "poverty");

    /** Reads the contract's {@code SiussFlowRequest}; the contract has looked at lengths and letters. */
    static FlowTerms of(JsonObject body) {
        JsonObject entity = body.getJsonObject("entity");
        JsonObject residence = body.getJsonObject("residence");
        JsonObject benefit = body.getJsonObject("benefit");
        String area = benefit.getString("area");
        JsonObject threshold = benefit.getJsonObject("isee_threshold");
        return new FlowTerms(
                entity.getString("code"),
                entity.getString("name"),
                entity.getString("seat"),
                TaxCode.parse(body.getString("operator_tax_code")).value(),
                body.getString("citizenship"),
                residence.getString("region"),
                residence.getString("municipality"),
                benefit.getString("code"),
                benefit.getString("name"),
                number(MEANS_TESTS, benefit.getString("means_test")),
                benefit.getBoolean("taken_in_charge") ? "1" : "2",
                area == null ? null : number(AREAS, area),
                threshold == null ? null : threshold.getLong("amount"));
    }

    private static String number(List<String> words, String word) {
        return Integer.toString(words.indexOf(word) + 1);
    }

    @Override
    public String toString() {
        return "FlowTerms[redacted]";
    }
}
