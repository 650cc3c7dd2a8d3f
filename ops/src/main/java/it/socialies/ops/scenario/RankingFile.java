// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import it.socialies.ops.town.Beneficiary;
import it.socialies.ops.town.Person;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** A list of the town as a municipal spreadsheet exports it: a title, Italian headers, semicolons, decimal commas. One thread. */
final class RankingFile {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ITALIAN);

    /** Row of the sheet with the first application: title, empty line and headers stand above. */
    private static final int FIRST_SHEET_ROW = 4;

    private final String title;
    private final List<Map<RankingColumn, String>> rows;

    private RankingFile(String title, List<Map<RankingColumn, String>> rows) {
        this.title = title;
        this.rows = rows;
    }

    /** Everybody with an amount, by rank. */
    static RankingFile of(String title, List<Beneficiary> beneficiaries, ToLongFunction<Beneficiary> cents) {
        return new RankingFile(
                title,
                beneficiaries.stream()
                        .map(each -> row(each, cents.applyAsLong(each)))
                        .toList());
    }

    private static Map<RankingColumn, String> row(Beneficiary beneficiary, long cents) {
        Person person = beneficiary.person();
        Map<RankingColumn, String> row = new EnumMap<>(RankingColumn.class);
        row.put(RankingColumn.POSITION, Integer.toString(beneficiary.rank()));
        row.put(RankingColumn.APPLICATION, "2026/" + (1_000 + beneficiary.rank()));
        row.put(RankingColumn.FAMILY_NAME, person.familyName());
        row.put(RankingColumn.GIVEN_NAME, person.givenName());
        row.put(RankingColumn.TAX_CODE, person.taxCode());
        row.put(RankingColumn.BIRTH_DATE, DATE.format(person.birthDate()));
        row.put(RankingColumn.HOUSEHOLD_SIZE, Integer.toString(beneficiary.householdSize()));
        row.put(RankingColumn.HOUSEHOLD_CODE, "BAL" + beneficiary.rank());
        row.put(RankingColumn.OUTCOME, "Ammesso");
        row.put(RankingColumn.AMOUNT, String.format(Locale.ITALIAN, "%,d,%02d", cents / 100, cents % 100));
        return row;
    }

    /**
     * Spoils a row for each kind of fault, none of them twice and never the first.
     *
     * @return the faults by row of the sheet
     */
    Map<Integer, RankingFault> spoil() {
        Map<Integer, RankingFault> planted = new TreeMap<>();
        for (RankingFault fault : RankingFault.values()) {
            String first = rows.getFirst().getOrDefault(fault.column(), "");
            for (int i = 1; ; i++) {
                if (i == rows.size()) {
                    throw new IllegalArgumentException("no row can have " + fault);
                }
                String wrong = fault.spoil(rows.get(i).getOrDefault(fault.column(), ""), first);
                if (!planted.containsKey(FIRST_SHEET_ROW + i)
                        && !wrong.equals(rows.get(i).put(fault.column(), wrong))) {
                    planted.put(FIRST_SHEET_ROW + i, fault);
                    break;
                }
            }
        }
        return planted;
    }

    /** As an old spreadsheet saves it. */
    byte[] inWindows1252() {
        return csv().getBytes(WINDOWS_1252);
    }

    /** As a newer one does, with a byte order mark. */
    byte[] inUtf8WithBom() {
        return ("\uFEFF" + csv()).getBytes(StandardCharsets.UTF_8);
    }

    private String csv() {
        StringWriter text = new StringWriter();
        List<RankingColumn> columns = Arrays.asList(RankingColumn.values());
        try (CsvWriter csv = CsvWriter.builder()
                .fieldSeparator(';')
                .lineDelimiter(LineDelimiter.CRLF)
                .build(text)) {
            csv.writeRecord(title);
            csv.writeRecord("");
            csv.writeRecord(columns.stream().map(RankingColumn::header).toList());
            for (Map<RankingColumn, String> row : rows) {
                List<String> cells = new ArrayList<>();
                columns.forEach(column -> cells.add(row.get(column)));
                csv.writeRecord(cells);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
