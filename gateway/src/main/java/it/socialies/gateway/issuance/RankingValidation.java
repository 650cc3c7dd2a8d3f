// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks a ranking file from its first byte to its last, in one thread, holding one row at a time and what {@link Doubles} needs to remember. Takes seconds for a large file:
 * never on an event loop.
 */
public final class RankingValidation {
    private final FileSource source;
    private final RankingRules rules;
    private final RowSink sink;
    private final FaultLog faults;
    private final Totals totals = new Totals();
    private final CanonicalRows canonical = new CanonicalRows();
    private int rowsRead;
    private int applications;
    /** While a column is missing, twice there or forbidden, rows are examined but none is taken. */
    private boolean isHeaderGood;

    private final Map<Outcome, Integer> rowsByOutcome = new EnumMap<>(Outcome.class);
    private long totalCents;

    private RankingValidation(FileSource source, RankingRules rules, RowSink sink) {
        this.source = source;
        this.rules = rules;
        this.sink = sink;
        faults = new FaultLog(rules.limits().faults());
    }

    /**
     * Reads the file.
     *
     * @param sink gets each row without error while the file is read, before it is known whether later rows have any: it must keep nothing of a file whose report is not approvable
     * @throws IOException when the source cannot be read; whatever is wrong with its content stands in the report
     */
    public static ValidationReport run(FileSource source, RankingRules rules, RowSink sink) throws IOException {
        return new RankingValidation(source, rules, sink).run();
    }

    private ValidationReport run() throws IOException {
        FileEncoding encoding;
        try {
            encoding = FileEncoding.of(source, rules.limits().bytes());
        } catch (FileEncoding.NotText e) {
            faults.add(0, "", e.code(), "", rules.limits().bytes());
            return report("", ';', null);
        }
        Sheet sheet = Sheet.of(source, encoding, rules.limits());
        String charset = encoding.charset().name();
        if (sheet.headerRow() == 0) {
            faults.add(0, "", FaultCode.HEADER_MISSING, "");
            return report(charset, sheet.separator(), null);
        }
        return report(charset, sheet.separator(), read(sheet));
    }

    private @Nullable HeaderRow read(Sheet sheet) throws IOException {
        HeaderRow header = null;
        RowReader reader = null;
        try (CsvReader<SheetRow> rows = sheet.rows(source, rules.limits())) {
            Iterator<SheetRow> each = rows.iterator();
            while (each.hasNext()) {
                SheetRow row = each.next();
                if (row.number() > rules.limits().rows()) {
                    faults.add(
                            row.number(),
                            "",
                            FaultCode.ROWS_TOO_MANY,
                            "",
                            rules.limits().rows());
                    break;
                }
                rowsRead = row.number();
                if (row.number() == sheet.headerRow()) {
                    int errorsBefore = faults.errors();
                    header = HeaderRow.read(row, rules, faults);
                    isHeaderGood = faults.errors() == errorsBefore;
                    reader = new RowReader(header, rules, faults, totals);
                } else if (header != null && reader != null) {
                    take(row, header, reader);
                }
            }
        } catch (CsvParseException e) {
            // Its message quotes the file.
            faults.add(
                    rowsRead + 1,
                    "",
                    FaultCode.LINE_UNREADABLE,
                    "",
                    rules.limits().lineChars());
        }
        if (applications == 0 && faults.errors() == 0) {
            faults.add(0, "", FaultCode.ROWS_MISSING, "");
        }
        return header;
    }

    private void take(SheetRow row, HeaderRow header, RowReader reader) {
        int filled = row.filled();
        if (filled == 0) {
            return;
        }
        if (Totals.isTotal(row, header)) {
            totals.compare(row, header, faults);
            return;
        }
        if (header.isRepeatedIn(row)) {
            faults.add(row.number(), "", FaultCode.HEADER_REPEATED, "");
            return;
        }
        if (filled == 1 && header.width() > 2 && !TaxCodes.isValid(CellText.plain(row.firstFilled()))) {
            faults.add(row.number(), "", FaultCode.LINE_SKIPPED, "");
            return;
        }
        applications++;
        RankingRow application = reader.read(row);
        if (application != null && isHeaderGood) {
            canonical.add(application);
            rowsByOutcome.merge(application.outcome(), 1, Integer::sum);
            if (application.outcome() == Outcome.ADMITTED) {
                totalCents = Math.addExact(totalCents, application.amountCents());
            }
            sink.accept(application);
        }
    }

    private ValidationReport report(String encoding, char separator, @Nullable HeaderRow header) {
        int admitted = rowsByOutcome.getOrDefault(Outcome.ADMITTED, 0);
        int reserve = rowsByOutcome.getOrDefault(Outcome.RESERVE, 0);
        int excluded = rowsByOutcome.getOrDefault(Outcome.EXCLUDED, 0);
        return new ValidationReport(
                encoding,
                separator,
                header == null ? 0 : header.row(),
                header == null ? Map.of() : header.columns(),
                rowsRead,
                applications,
                admitted + reserve + excluded,
                admitted,
                reserve,
                excluded,
                totalCents,
                canonical.digest(),
                faults.errors(),
                faults.warnings(),
                faults.counts(),
                faults.kept());
    }
}
