// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who a row is about, checked against the tax code.
 *
 * @param taxCode valid, or empty
 * @param birthDate from its column; null when the file has none
 */
record PersonCells(
        String taxCode,
        String taxCodeReason,
        String familyName,
        String givenName,
        @Nullable LocalDate birthDate) {
    private static final Pattern DIGIT = Pattern.compile("\\d");
    private static final LocalDate OLDEST = LocalDate.of(1900, 1, 1);
    private static final int OF_AGE_YEARS = 18;

    static PersonCells read(RowCells cells, LocalDate today) {
        String taxCode = taxCode(cells);
        String reason = cells.text(Column.TAX_CODE_REASON);
        if (taxCode.isEmpty() && reason.isEmpty() && !cells.isFilled(Column.TAX_CODE)) {
            cells.fault(Column.TAX_CODE, FaultCode.TAX_CODE_MISSING, "");
        } else if (!taxCode.isEmpty() && !reason.isEmpty()) {
            cells.fault(Column.TAX_CODE_REASON, FaultCode.TAX_CODE_AND_REASON, "");
            reason = "";
        }
        PersonName name = name(cells, taxCode);
        LocalDate birthDate = birthDate(cells, taxCode, today);
        if (taxCode.isEmpty() && !reason.isEmpty() && !cells.isFilled(Column.BIRTH_DATE)) {
            // Otherwise nothing but the name would tell two people apart.
            cells.fault(
                    cells.has(Column.BIRTH_DATE) ? Column.BIRTH_DATE : Column.TAX_CODE_REASON,
                    FaultCode.BIRTH_DATE_MISSING,
                    "");
        }
        return new PersonCells(taxCode, reason, name.family(), name.given(), birthDate);
    }

    private static String taxCode(RowCells cells) {
        String text = cells.text(Column.TAX_CODE);
        if (text.isEmpty()) {
            return "";
        }
        Reading<String> reading = TaxCodes.read(text);
        String code = reading.fault() == FaultCode.TAX_CODE_LENGTH
                ? cells.take(Column.TAX_CODE, reading, text.replace(" ", "").length())
                : cells.take(Column.TAX_CODE, reading);
        return code == null ? "" : code;
    }

    private static PersonName name(RowCells cells, String taxCode) {
        Column column = cells.has(Column.FAMILY_NAME) ? Column.FAMILY_NAME : Column.FULL_NAME;
        PersonName name = column == Column.FAMILY_NAME
                ? new PersonName(cells.text(Column.FAMILY_NAME), cells.text(Column.GIVEN_NAME))
                : PersonName.split(cells.text(Column.FULL_NAME), taxCode);
        boolean isWhole = column == Column.FULL_NAME || !cells.has(Column.GIVEN_NAME);
        if (name.family().isEmpty() && !cells.isFilled(column)) {
            cells.fault(column, FaultCode.NAME_MISSING, "");
        } else if (!isWhole && name.given().isEmpty() && !cells.isFilled(Column.GIVEN_NAME)) {
            cells.fault(Column.GIVEN_NAME, FaultCode.NAME_MISSING, "");
        }
        if (DIGIT.matcher(name.family() + name.given()).find()) {
            cells.fault(column, FaultCode.NAME_WITH_DIGITS, "");
            return name;
        }
        if (isWhole && name.given().isEmpty() && !name.family().isEmpty()) {
            boolean isSomebodyElse = !taxCode.isEmpty() && name.family().indexOf(' ') > 0;
            cells.fault(column, isSomebodyElse ? FaultCode.TAX_CODE_NAME : FaultCode.NAME_NOT_SPLIT, "");
        } else if (!taxCode.isEmpty()
                && !name.family().isEmpty()
                && !name.given().isEmpty()
                && !TaxCodes.fits(taxCode, name.family(), name.given())) {
            cells.fault(Column.TAX_CODE, FaultCode.TAX_CODE_NAME, "");
        }
        return name;
    }

    private static @Nullable LocalDate birthDate(RowCells cells, String taxCode, LocalDate today) {
        LocalDate coded = taxCode.isEmpty() ? null : TaxCodes.birthDate(taxCode, today);
        LocalDate written = null;
        String text = cells.text(Column.BIRTH_DATE);
        if (!text.isEmpty()) {
            LocalDateTime time = cells.take(Column.BIRTH_DATE, ItalianDate.read(text, today));
            written = time == null ? null : time.toLocalDate();
        }
        if (written != null && written.isAfter(today)) {
            cells.fault(Column.BIRTH_DATE, FaultCode.DATE_IN_FUTURE, "");
            return null;
        }
        if (written != null && written.isBefore(OLDEST)) {
            cells.fault(Column.BIRTH_DATE, FaultCode.DATE_TOO_OLD, "");
            return null;
        }
        if (written != null && coded != null && !isSameDay(written, coded)) {
            cells.fault(Column.BIRTH_DATE, FaultCode.TAX_CODE_BIRTH_DATE, coded.format(ItalianDate.FORMAT));
        }
        LocalDate known = written == null ? coded : written;
        if (known != null && known.plusYears(OF_AGE_YEARS).isAfter(today)) {
            Column column = cells.has(Column.BIRTH_DATE) ? Column.BIRTH_DATE : Column.TAX_CODE;
            cells.fault(column, FaultCode.APPLICANT_MINOR, "");
        }
        return written;
    }

    /** A tax code has no century. */
    private static boolean isSameDay(LocalDate written, LocalDate coded) {
        return written.getYear() % 100 == coded.getYear() % 100
                && written.getMonthValue() == coded.getMonthValue()
                && written.getDayOfMonth() == coded.getDayOfMonth();
    }

    @Override
    public String toString() {
        return "PersonCells[redacted]";
    }
}
