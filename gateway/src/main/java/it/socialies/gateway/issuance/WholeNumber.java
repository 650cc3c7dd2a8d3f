// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A count as it stands in a file: "4", "4,00", "1°"; the number inside "4 persone" is only suggested. Stateless. */
final class WholeNumber {
    private static final Pattern COUNT = Pattern.compile("0*(\\d{1,7})(?:[.,]0+)?[°º^.)]?");
    private static final Pattern INSIDE = Pattern.compile("\\D*(\\d{1,2})\\D*");

    private WholeNumber() {}

    static Reading<Integer> read(String text, FaultCode unreadable) {
        Matcher count = COUNT.matcher(text);
        if (count.matches()) {
            return Reading.of(Integer.parseInt(count.group(1)));
        }
        Matcher inside = INSIDE.matcher(text);
        boolean isNegative = text.startsWith("-") || text.startsWith("−");
        return Reading.faulty(unreadable, inside.matches() && !isNegative ? inside.group(1) : "");
    }
}
