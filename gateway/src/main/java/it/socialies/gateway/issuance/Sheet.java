// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.util.List;

/**
 * How a file is to be read as a sheet.
 *
 * @param headerRow where the headers stand, as the spreadsheet shows it; 0 = nowhere
 */
record Sheet(FileEncoding encoding, char separator, int headerRow) {
    /** Headers stand below a few lines of titles at most. */
    private static final int TITLE_ROWS_MAX = 40;

    private static final List<Character> SEPARATORS = List.of(';', '\t', ',', '|');

    /**
     * Finds separator and headers: of all separators the one under which some row near the top has the most headers that are known.
     */
    static Sheet of(FileSource source, FileEncoding encoding, FileLimits limits) throws IOException {
        Sheet best = new Sheet(encoding, ';', 0);
        int mostKnown = 0;
        for (char separator : SEPARATORS) {
            Sheet sheet = new Sheet(encoding, separator, 0);
            try (CsvReader<SheetRow> rows = sheet.rows(source, limits)) {
                for (SheetRow row : rows) {
                    int known = HeaderRow.knownHeaders(row);
                    if (known > mostKnown) {
                        mostKnown = known;
                        best = new Sheet(encoding, separator, row.number());
                    }
                    if (row.number() >= TITLE_ROWS_MAX) {
                        break;
                    }
                }
            } catch (CsvParseException e) {
                // Not a row under this separator; under the right one the reading proper reports it.
            }
        }
        return best;
    }

    /** All rows, empty ones included, so that they count as in the spreadsheet. */
    CsvReader<SheetRow> rows(FileSource source, FileLimits limits) throws IOException {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(false)
                .commentStrategy(CommentStrategy.NONE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(limits.lineChars())
                .build(new SheetRowHandler(limits), encoding.open(source));
    }
}
