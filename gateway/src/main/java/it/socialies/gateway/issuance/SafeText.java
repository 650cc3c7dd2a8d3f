// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

/**
 * Cells that a spreadsheet must not take for formulas (CWE-1236): what begins with =, +, -, @, a tab or a line end gets the apostrophe that spreadsheets show as nothing. Stateless.
 */
public final class SafeText {
    private SafeText() {}

    public static String cell(String text) {
        String start = text.stripLeading();
        if (start.isEmpty()) {
            return text;
        }
        boolean isRisky = "=+-@＝＋－＠".indexOf(start.charAt(0)) >= 0 || text.charAt(0) < ' ';
        return isRisky ? "'" + text : text;
    }
}
