// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import it.socialies.gateway.issuance.SafeText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes a report as a workbook: a sheet with the head, then a sheet a table. The same report gives the same bytes. Stateless. */
final class XlsxReport {
    private static final Pattern CREATED = Pattern.compile("(<dcterms:created [^>]*>)[^<]*(</dcterms:created>)");
    private static final String PROPERTIES = "docProps/core.xml";
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final int SHEET_NAME_MAX = 31;
    private static final int CELL_MAX = 32_767;
    private static final int WIDTH_MIN = 12;
    private static final int WIDTH_MAX = 60;
    private static final double LINE_POINTS = 15;

    private XlsxReport() {}

    /** The stream stays open. */
    static void write(Report report, OutputStream output) throws IOException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(raw, "Social IES", "1.0")) {
            workbook.properties().setTitle(report.title());
            head(workbook.newWorksheet(report.words().get("sheet.head")), report);
            int number = 0;
            for (Table table : report.tables()) {
                table(workbook.newWorksheet(name(++number, table.title())), table);
            }
        }
        atItsTime(raw.toByteArray(), report.atMs(), output);
    }

    private static void head(Worksheet sheet, Report report) {
        sheet.width(0, WIDTH_MAX / 2.0);
        sheet.width(1, WIDTH_MAX);
        text(sheet, 0, 0, report.title());
        sheet.style(0, 0).bold().set();
        text(sheet, 1, 0, report.words().get("municipality"));
        text(sheet, 1, 1, report.municipality());
        int row = 2;
        for (List<String> line : report.head()) {
            for (int column = 0; column < line.size(); column++) {
                text(sheet, row, column, line.get(column));
            }
            row++;
        }
        for (String remark : report.remarks()) {
            row++;
            // In one column: the library writes merged cells in no order.
            text(sheet, row, 1, remark);
            sheet.style(row, 1).wrapText(true).verticalAlignment("top").set();
            sheet.rowHeight(row, LINE_POINTS * Math.ceilDiv(remark.length(), WIDTH_MAX));
        }
        print(sheet);
    }

    /** On paper: A4, as wide as the page and as long as it takes. */
    private static void print(Worksheet sheet) {
        sheet.paperSize(PaperSize.A4_PAPER);
        sheet.pageOrientation("landscape");
        sheet.setFitToPage(true);
        sheet.fitToWidth((short) 1);
        sheet.fitToHeight((short) 0);
    }

    private static void table(Worksheet sheet, Table table) {
        for (int column = 0; column < table.columns().size(); column++) {
            Table.Column type = table.columns().get(column);
            text(sheet, 0, column, type.header());
            sheet.style(0, column)
                    .bold()
                    .horizontalAlignment(type.type() == Table.Type.TEXT ? "left" : "right")
                    .set();
            sheet.width(column, width(table, column));
        }
        sheet.freezePane(0, 1);
        sheet.repeatRows(0);
        print(sheet);
        int row = 0;
        for (List<Object> cells : table.rows()) {
            row++;
            for (int column = 0; column < cells.size(); column++) {
                cell(sheet, row, column, table.columns().get(column), cells.get(column));
            }
        }
    }

    private static int width(Table table, int column) {
        int widest = table.columns().get(column).header().length() + 2;
        for (List<Object> row : table.rows()) {
            widest = Math.max(widest, row.get(column).toString().length() + 2);
        }
        return Math.clamp(widest, WIDTH_MIN, WIDTH_MAX);
    }

    private static void cell(Worksheet sheet, int row, int column, Table.Column type, Object cell) {
        if (cell instanceof Long number) {
            if (type.type() == Table.Type.EURO) {
                sheet.value(row, column, BigDecimal.valueOf(number, 2));
                sheet.style(row, column).format("#,##0.00").set();
            } else {
                sheet.value(row, column, number);
            }
        } else if (!cell.toString().isEmpty()) {
            text(sheet, row, column, cell.toString());
        }
    }

    /** Guarded as in CSV, since sheets are saved as such. */
    private static void text(Worksheet sheet, int row, int column, String text) {
        String safe = SafeText.cell(text);
        sheet.value(row, column, safe.length() > CELL_MAX ? safe.substring(0, CELL_MAX) : safe);
    }

    private static String name(int number, String title) {
        String name = number + " " + title.replaceAll("[\\[\\]:*?/\\\\']", " ").strip();
        return name.length() > SHEET_NAME_MAX
                ? name.substring(0, SHEET_NAME_MAX).strip()
                : name;
    }

    /** The library stamps the workbook with the clock; a report has the time that it is as of. */
    private static void atItsTime(byte[] raw, long atMs, OutputStream output) throws IOException {
        // What the library writes is read by its directory only, which needs a file.
        Path file = Files.createTempFile("ies-report", ".xlsx");
        ZipOutputStream zip = new ZipOutputStream(output);
        try {
            Files.write(file, raw);
            try (ZipFile parts = new ZipFile(file.toFile())) {
                for (ZipEntry part : Collections.list(parts.entries())) {
                    copy(parts, part, atMs, zip);
                }
            }
        } finally {
            Files.delete(file);
        }
        zip.finish();
    }

    private static void copy(ZipFile parts, ZipEntry part, long atMs, ZipOutputStream zip) throws IOException {
        ZipEntry copy = new ZipEntry(part.getName());
        copy.setTimeLocal(NO_TIME);
        zip.putNextEntry(copy);
        try (InputStream content = parts.getInputStream(part)) {
            byte[] bytes = content.readAllBytes();
            zip.write(part.getName().equals(PROPERTIES) ? created(bytes, atMs) : bytes);
        }
        zip.closeEntry();
    }

    private static byte[] created(byte[] properties, long atMs) {
        Matcher stamp = CREATED.matcher(new String(properties, StandardCharsets.UTF_8));
        if (!stamp.find()) {
            throw new IllegalStateException("the workbook has no time of creation");
        }
        String time = Instant.ofEpochMilli(atMs).toString();
        return stamp.replaceAll("$1" + time + "$2").getBytes(StandardCharsets.UTF_8);
    }
}
