// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.bankfiles;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads which mandates accounting made of the payments that it was asked for: a CSV with a row of headers, Italian or English, in any order; {@code riferimento}, {@code esercizio}, {@code mandato} and {@code importo} must be there, {@code beneficiario} (else
 * 1), {@code esito}, {@code data} and {@code motivo} may. Separated by semicolons, commas or tabs. Amounts have two decimals and no sign, days are {@code 05/11/2026} or {@code 2026-11-05}. The reference may stand among other words.
 */
public final class MandateFile {
    private static final Pattern REFERENCE = Pattern.compile("IES-[0-9A-Z]{1,13}-\\d{1,6}");
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,3}(?:\\.\\d{3})+|\\d{1,12})[,.](\\d{2})");
    private static final Pattern DAY = Pattern.compile("(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{4})");
    private static final Pattern ISO_DAY = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");
    private static final int REASON_MAX = 140;

    private static final Map<String, Column> HEADERS = Map.ofEntries(
            Map.entry("riferimento", Column.REFERENCE),
            Map.entry("reference", Column.REFERENCE),
            Map.entry("causale", Column.REFERENCE),
            Map.entry("esercizio", Column.YEAR),
            Map.entry("anno", Column.YEAR),
            Map.entry("year", Column.YEAR),
            Map.entry("mandato", Column.MANDATE),
            Map.entry("numero mandato", Column.MANDATE),
            Map.entry("mandate", Column.MANDATE),
            Map.entry("beneficiario", Column.BENEFICIARY),
            Map.entry("progressivo", Column.BENEFICIARY),
            Map.entry("beneficiary", Column.BENEFICIARY),
            Map.entry("importo", Column.AMOUNT),
            Map.entry("amount", Column.AMOUNT),
            Map.entry("esito", Column.OUTCOME),
            Map.entry("outcome", Column.OUTCOME),
            Map.entry("data", Column.DAY),
            Map.entry("date", Column.DAY),
            Map.entry("motivo", Column.REASON),
            Map.entry("reason", Column.REASON));
    private static final Map<String, Boolean> OUTCOMES = Map.of(
            "pagato", true, "eseguito", true, "paid", true, "respinto", false, "stornato", false, "rejected", false);

    private enum Column {
        REFERENCE,
        YEAR,
        MANDATE,
        BENEFICIARY,
        AMOUNT,
        OUTCOME,
        DAY,
        REASON
    }

    private final Map<Column, Integer> places = new EnumMap<>(Column.class);

    private MandateFile(CsvRecord header) throws FileFault {
        for (int i = 0; i < header.getFieldCount(); i++) {
            Column column = HEADERS.get(header.getField(i)
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z]+", " ")
                    .strip());
            if (column != null && places.put(column, i) != null) {
                throw new FileFault(1, i + 1, "header_twice", "each column once");
            }
        }
        for (Column needed : List.of(Column.REFERENCE, Column.YEAR, Column.MANDATE, Column.AMOUNT)) {
            if (!places.containsKey(needed)) {
                throw new FileFault(1, 0, "header_missing", "the columns riferimento, esercizio, mandato and importo");
            }
        }
    }

    /** Reads a whole file, in its order; the first fault refuses it. */
    public static List<MandateRow> read(InputStream input) throws FileFault {
        String text;
        try {
            text = new String(input.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new FileFault(0, 0, "unreadable", "a file that can be read");
        }
        if (text.startsWith("ï»¿")) {
            text = new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).substring(1);
        }
        List<MandateRow> rows = new ArrayList<>();
        MandateFile file = null;
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .fieldSeparator(separator(text))
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(new StringReader(text))) {
            for (CsvRecord record : csv) {
                if (file == null) {
                    file = new MandateFile(record);
                } else {
                    rows.add(file.row(record));
                }
            }
        } catch (CsvParseException | UncheckedIOException | IOException e) {
            throw new FileFault(0, 0, "not_csv", "a CSV file");
        }
        if (file == null) {
            throw new FileFault(0, 0, "empty", "a row of headers");
        }
        return rows;
    }

    /** The one of which the headers have most. */
    private static char separator(String text) {
        String headers = text.lines().findFirst().orElse("");
        char most = ';';
        for (char each : new char[] {',', '\t'}) {
            if (headers.chars().filter(c -> c == each).count()
                    > headers.chars().filter(c -> c == ';').count()) {
                most = each;
            }
        }
        return most;
    }

    private MandateRow row(CsvRecord record) throws FileFault {
        Matcher reference = REFERENCE.matcher(cell(record, Column.REFERENCE).toUpperCase(Locale.ROOT));
        if (!reference.find()) {
            throw fault(record, Column.REFERENCE, "reference", "the reference of a payment, such as IES-6W4PX10QDT-1");
        }
        String beneficiary = cell(record, Column.BENEFICIARY);
        String outcome = cell(record, Column.OUTCOME);
        Boolean isPaid = outcome.isEmpty() ? null : OUTCOMES.get(outcome.toLowerCase(Locale.ROOT));
        if (!outcome.isEmpty() && isPaid == null) {
            throw fault(record, Column.OUTCOME, "outcome", "pagato, respinto or nothing");
        }
        String reason = cell(record, Column.REASON);
        return new MandateRow(
                reference.group(),
                (int) number(record, Column.YEAR, 2000, 2199),
                number(record, Column.MANDATE, 1, Integer.MAX_VALUE),
                beneficiary.isEmpty() ? 1 : (int) number(record, Column.BENEFICIARY, 1, 99_999),
                cents(record),
                isPaid,
                day(record),
                reason.isEmpty() ? null : reason.substring(0, Math.min(reason.length(), REASON_MAX)));
    }

    private String cell(CsvRecord record, Column column) {
        Integer place = places.get(column);
        return place == null || place >= record.getFieldCount()
                ? ""
                : record.getField(place).strip();
    }

    private long number(CsvRecord record, Column column, long least, long most) throws FileFault {
        try {
            long number = Long.parseLong(cell(record, column));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw fault(record, column, "number", "a number from " + least + " to " + most);
    }

    private long cents(CsvRecord record) throws FileFault {
        Matcher amount = AMOUNT.matcher(cell(record, Column.AMOUNT));
        if (!amount.matches()) {
            throw fault(record, Column.AMOUNT, "amount", "an amount with two decimals, such as 412,50");
        }
        return Long.parseLong(amount.group(1).replace(".", "")) * 100 + Long.parseLong(amount.group(2));
    }

    private @Nullable LocalDate day(CsvRecord record) throws FileFault {
        String text = cell(record, Column.DAY);
        if (text.isEmpty()) {
            return null;
        }
        Matcher italian = DAY.matcher(text);
        Matcher iso = ISO_DAY.matcher(text);
        try {
            if (italian.matches()) {
                return LocalDate.of(part(italian, 3), part(italian, 2), part(italian, 1));
            }
            if (iso.matches()) {
                return LocalDate.of(part(iso, 1), part(iso, 2), part(iso, 3));
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw fault(record, Column.DAY, "date", "a day such as 05/11/2026");
    }

    private static int part(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private FileFault fault(CsvRecord record, Column column, String code, String expected) {
        return new FileFault((int) record.getStartingLineNumber(), places.getOrDefault(column, -1) + 1, code, expected);
    }
}
