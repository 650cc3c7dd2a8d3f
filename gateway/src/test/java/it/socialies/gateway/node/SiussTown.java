// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Flows for SIUSS, as the desk asks for them. */
final class SiussTown {
    static final String NOTES = "da-verificare.csv";

    private final TestTown town;

    SiussTown(TestTown town) {
        this.town = town;
    }

    /** Of the year, all there is to say. */
    static JsonObject request() {
        return new JsonObject()
                .put("case_id", TestNode.OWN_CASE)
                .put("year", ReportTown.year())
                .put(
                        "entity",
                        new JsonObject()
                                .put("code", "H501")
                                .put("name", "Roma Capitale & figli")
                                .put("seat", "H501"))
                .put("operator_tax_code", "RSSMRA80A01H501U")
                .put("citizenship", "380")
                .put("residence", new JsonObject().put("region", "12").put("municipality", "058091"))
                .put(
                        "benefit",
                        new JsonObject()
                                .put("code", "A1.16")
                                .put("name", "Contributi economici per servizio trasporto e mobilità")
                                .put("means_test", "isee")
                                .put("taken_in_charge", false)
                                .put("area", "poverty"));
    }

    /** That of now. */
    static String quarter() {
        LocalDate today = LocalDate.now(ZoneId.of("Europe/Rome"));
        return today.getYear() + "-Q" + ((today.getMonthValue() + 2) / 3);
    }

    String path() {
        return "/programmes/" + town.programmeId + "/siuss-flows";
    }

    /** The ZIP as of now, or as of the record that the request names. */
    byte[] zip(JsonObject request) throws Exception {
        return town.node.postForBytes(
                path() + "?min_sequence=" + new ReportTown(town).sequence(), town.social, request);
    }

    /** The files of a ZIP, by their names. */
    static Map<String, String> files(byte[] zip) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (ZipInputStream input = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = input.getNextEntry(); entry != null; entry = input.getNextEntry()) {
                files.put(entry.getName(), new String(input.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
