// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The invented files of {@code src/test/resources/issuance} and what comes of them. */
final class SampleFiles {
    static final LocalDate TODAY = LocalDate.of(2026, 4, 1);
    static final RankingRules RULES = RankingRules.of(HouseholdTable.SICILY, TODAY);

    private SampleFiles() {}

    /** A report and the rows that the sink got. */
    record Checked(ValidationReport report, List<RankingRow> rows) {
        boolean has(FaultCode code) {
            return report.counts().containsKey(code);
        }
    }

    static byte[] bytes(String name) {
        try (InputStream input = SampleFiles.class.getResourceAsStream("/issuance/" + name)) {
            return input.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Checked check(byte[] file, RankingRules rules) {
        List<RankingRow> rows = new ArrayList<>();
        try {
            return new Checked(RankingValidation.run(() -> new ByteArrayInputStream(file), rules, rows::add), rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Checked check(String text) {
        return check(text.getBytes(StandardCharsets.UTF_8), RULES);
    }

    static String csv(ValidationReport report) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ReportCsv.write(report, output);
        return output.toString(StandardCharsets.UTF_8);
    }
}
