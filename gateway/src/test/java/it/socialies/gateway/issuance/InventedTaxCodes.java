// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import it.kamaladafrica.codicefiscale.internal.ControlPart;
import java.util.Locale;

/** Valid tax codes of nobody: all of one Niccolò Amari, born on one of 28 days of a month in some town. */
final class InventedTaxCodes {
    private static final String MONTHS = "ABCDEHLMPRST";

    private InventedTaxCodes() {}

    /** @param i 0 or more; another number gives another code up to 3 million */
    static String of(int i) {
        int day = 1 + i % 28;
        char month = MONTHS.charAt(i / 28 % 12);
        int year = 50 + i / 336 % 40;
        int town = 1 + i / 13_440 % 899;
        String code = String.format(Locale.ROOT, "MRANCL%02d%c%02dA%03d", year, month, day, town);
        return code + ControlPart.of(code).getValue();
    }
}
