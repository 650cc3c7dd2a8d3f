// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A CSV that an Italian spreadsheet opens with a double click: UTF-8 with BOM, semicolons, CRLF, no cell a formula. One thread; closes its stream. */
public final class SafeCsv implements AutoCloseable {
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final CsvWriter writer;

    public SafeCsv(OutputStream output) throws IOException {
        output.write(BOM);
        writer = CsvWriter.builder()
                .fieldSeparator(';')
                .lineDelimiter(LineDelimiter.CRLF)
                .build(output, StandardCharsets.UTF_8);
    }

    public void row(String... cells) {
        List<String> safe = new ArrayList<>(cells.length);
        for (String cell : cells) {
            safe.add(SafeText.cell(cell));
        }
        writer.writeRecord(safe);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
