// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What every cell goes through before it is read as something: the damage that spreadsheets and conversions do. Stateless. */
final class CellText {
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern INVISIBLE = Pattern.compile("[\\u200b-\\u200f\\u2060\\ufeff\\u00ad]");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Co}\\p{Cn}]");
    private static final Pattern QUOTED_TEXT = Pattern.compile("=\"([^\"]*)\"");
    private static final Pattern ERROR_VALUE = Pattern.compile(
            "#(?:N/D|N/A|RIF!|REF!|VALORE!|VALUE!|DIV/0!|NOME\\?|NAME\\?|NUM!|NULLO!|NULL!|ESPANSIONE!|SPILL!|CALC!|#+)|#{3,}|Err:\\d{3}",
            Pattern.CASE_INSENSITIVE);
    /** UTF-8 of an Italian letter, read as Windows-1252: Ã or Â and what follows. */
    private static final Pattern MOJIBAKE = Pattern.compile(
            "[\\u00c2\\u00c3][\\u0080-\\u00bf\\u20ac\\u2018-\\u201d\\u2020-\\u2022\\u2026\\u2030\\u2039\\u203a\\u0152\\u0153\\u0160\\u0161\\u0178\\u017d\\u017e\\u0192\\u02c6\\u02dc\\u2122]");

    private static final Pattern QUESTION_MARK_INSIDE = Pattern.compile("\\p{L}\\?");
    private static final Pattern ISEE_VALUE = Pattern.compile(
            "\\b(?:isee|isr|reddit[oi])\\b\\D{0,30}(?!(?:19|20)\\d\\d(?![\\d.,]))\\d", Pattern.CASE_INSENSITIVE);
    private static final Pattern POWER = Pattern.compile("\\d(?:[.,]\\d+)?E\\+?\\d{1,2}", Pattern.CASE_INSENSITIVE);
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private CellText() {}

    /** Without blanks around it, single spaces inside, letters and their accents as one. */
    static String plain(String cell) {
        String visible = INVISIBLE.matcher(cell).replaceAll("");
        return Normalizer.normalize(BLANKS.matcher(visible).replaceAll(" ").strip(), Normalizer.Form.NFC);
    }

    /** Whether a plain cell says nothing: empty, or the dash people put where nothing is. */
    static boolean isNothing(String text) {
        return text.isEmpty() || text.equals("-") || text.equals("--") || text.equals("/") || text.equals("//");
    }

    /** A cell of some column; its value is null when nothing can be made of it. */
    static Reading<String> read(Column column, String cell) {
        String text = plain(cell);
        if (isNothing(text)) {
            return Reading.of("");
        }
        Matcher quoted = QUOTED_TEXT.matcher(text);
        if (quoted.matches()) {
            return unwrapped(column, quoted.group(1).strip(), FaultCode.CELL_QUOTED_TEXT);
        }
        FaultCode fault = fault(column, text);
        if (fault == FaultCode.CELL_MOJIBAKE) {
            return Reading.faulty(fault, repaired(text));
        }
        if (fault != null) {
            return Reading.faulty(fault);
        }
        if (text.startsWith("'") && isTextMark(column, text)) {
            return unwrapped(column, text.substring(1).strip(), FaultCode.CELL_APOSTROPHE);
        }
        return Reading.of(text);
    }

    /** An apostrophe belongs to the name in "'Ndrangheta", and to the spreadsheet before a digit and in codes. */
    private static boolean isTextMark(Column column, String text) {
        return !column.isText() || (text.length() > 1 && !Character.isLetter(text.charAt(1)));
    }

    /** What was inside is a cell of its own; whatever else is wrong with it comes before the warning. */
    private static Reading<String> unwrapped(Column column, String inner, FaultCode warning) {
        Reading<String> reading = read(column, inner);
        String value = reading.value();
        return value == null ? reading : Reading.warned(value, warning, "");
    }

    private static @Nullable FaultCode fault(Column column, String text) {
        if (text.indexOf('\ufffd') >= 0
                || (isName(column) && QUESTION_MARK_INSIDE.matcher(text).find())) {
            return FaultCode.CELL_CHARACTER_LOST;
        }
        if (CONTROL.matcher(text).find()) {
            return FaultCode.CELL_CONTROL_CHARACTER;
        }
        if (ERROR_VALUE.matcher(text).matches()) {
            return FaultCode.CELL_ERROR_VALUE;
        }
        if (isFormula(column, text)) {
            return FaultCode.CELL_FORMULA;
        }
        if (MOJIBAKE.matcher(text).find()) {
            return FaultCode.CELL_MOJIBAKE;
        }
        if (column.isText() && ISEE_VALUE.matcher(text).find()) {
            return FaultCode.CELL_ISEE;
        }
        return column.isCode() && POWER.matcher(text).matches() ? FaultCode.NUMBER_SCIENTIFIC : null;
    }

    private static boolean isName(Column column) {
        return column == Column.FULL_NAME || column == Column.FAMILY_NAME || column == Column.GIVEN_NAME;
    }

    private static boolean isFormula(Column column, String text) {
        char first = text.charAt(0);
        boolean isSign = first == '+' || first == '-';
        return first == '=' || first == '@' || (isSign && column.isText());
    }

    private static String repaired(String text) {
        String likely = new String(text.getBytes(WINDOWS_1252), StandardCharsets.UTF_8);
        return likely.indexOf('\ufffd') >= 0 ? "" : likely;
    }
}
