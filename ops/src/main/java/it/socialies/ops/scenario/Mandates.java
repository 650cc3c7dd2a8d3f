// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.OperatorSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The municipality's accounting: takes liquidation lines in, makes a mandate of each, and tells their numbers. One thread. */
final class Mandates {
    private static final int FIRST = 1042;

    private final ApiClient api;
    private final OperatorSession treasurer;
    private final Papers papers;

    Mandates(ApiClient api, OperatorSession treasurer, Papers papers) {
        this.api = api;
        this.treasurer = treasurer;
        this.papers = papers;
    }

    /** A mandate of one beneficiary. */
    record Mandate(String reference, String year, int number, long cents, String beneficiary) {
        String euro(char decimalMark) {
            return cents / 100 + "" + decimalMark + String.format(Locale.ROOT, "%02d", cents % 100);
        }
    }

    /**
     * Of all lines of these orders.
     *
     * @param run tells one file of lines from another, and gives other numbers
     */
    List<Mandate> make(List<JsonObject> orders, String run) throws IOException {
        List<Mandate> mandates = new ArrayList<>();
        int number = FIRST * Integer.parseInt(run);
        for (JsonObject order : orders) {
            byte[] lines = api.getBytes("/payment-orders/" + order.getString("id") + "/liquidation-lines", treasurer);
            papers.write("righe-di-liquidazione-" + run + ".csv", lines);
            try (CsvReader<NamedCsvRecord> csv = CsvReader.builder()
                    .fieldSeparator(';')
                    .ofNamedCsvRecord(new String(lines, StandardCharsets.UTF_8).substring(1))) {
                for (NamedCsvRecord line : csv) {
                    mandates.add(new Mandate(
                            line.getField("riferimento"),
                            line.getField("esercizio"),
                            number++,
                            Long.parseLong(line.getField("importo").replace(",", "")),
                            line.getField("creditore")));
                }
            }
        }
        return mandates;
    }

    /** What accounting tells back. */
    static String csv(List<Mandate> mandates) {
        StringBuilder csv = new StringBuilder("riferimento;esercizio;mandato;importo\r\n");
        mandates.forEach(each -> csv.append(each.reference())
                .append(';')
                .append(each.year())
                .append(';')
                .append(each.number())
                .append(';')
                .append(each.euro(','))
                .append("\r\n"));
        return csv.toString();
    }
}
