// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a person is reached. None of it stands against an award, so it is only warned of. */
record ContactCells(String address, String phone, String email) {
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@]+\\.[^\\s@.]{2,}");
    private static final Pattern PHONE = Pattern.compile("(?:\\+|00)?[0-9]{6,15}");
    private static final Pattern PHONE_SIGNS = Pattern.compile("[\\s./()\\-]+");
    /** Italian numbers begin with 0 (a town), 3 (a mobile) or 8 (a service); a spreadsheet eats the zero. */
    private static final Pattern ZERO_LOST = Pattern.compile("[124-79]\\d{7,9}");

    static ContactCells read(RowCells cells) {
        String email = cells.text(Column.EMAIL);
        if (!email.isEmpty() && !EMAIL.matcher(email).matches()) {
            cells.fault(Column.EMAIL, FaultCode.EMAIL_UNREADABLE, "");
        }
        return new ContactCells(cells.text(Column.ADDRESS), phone(cells), email);
    }

    private static String phone(RowCells cells) {
        String text = cells.text(Column.PHONE);
        if (text.isEmpty()) {
            return "";
        }
        String digits = PHONE_SIGNS.matcher(text).replaceAll("");
        Matcher zeroLost = ZERO_LOST.matcher(digits);
        if (zeroLost.matches()) {
            cells.fault(Column.PHONE, FaultCode.PHONE_ZERO_LOST, "0" + digits);
        } else if (!PHONE.matcher(digits).matches()) {
            cells.fault(Column.PHONE, FaultCode.PHONE_UNREADABLE, "");
        }
        return text;
    }

    @Override
    public String toString() {
        return "ContactCells[redacted]";
    }
}
