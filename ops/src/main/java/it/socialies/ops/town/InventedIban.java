// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.town;

import java.math.BigInteger;
import java.util.Locale;

/** Italian IBANs with right check characters, of accounts that do not exist: the bank code 99999 is nobody's. Stateless. */
public final class InventedIban {
    /** What an odd place adds to the check character (CIN) for each digit. */
    private static final int[] ODD = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21};

    private static final String BANK_AND_BRANCH = "9999904600";
    private static final int LETTERS = 26;
    private static final BigInteger MODULUS = BigInteger.valueOf(97);

    private InventedIban() {}

    /** The same for the same number. */
    public static String of(int number) {
        String account = BANK_AND_BRANCH + String.format(Locale.ROOT, "%012d", number);
        int sum = 0;
        for (int i = 0; i < account.length(); i++) {
            int digit = Character.digit(account.charAt(i), 10);
            sum += i % 2 == 0 ? ODD[digit] : digit;
        }
        String domestic = (char) ('A' + sum % LETTERS) + account;
        int check = 98 - new BigInteger(numbers(domestic + "IT00")).mod(MODULUS).intValueExact();
        return String.format(Locale.ROOT, "IT%02d%s", check, domestic);
    }

    private static String numbers(String text) {
        StringBuilder numbers = new StringBuilder();
        text.chars().forEach(c -> numbers.append(Character.digit(c, 36)));
        return numbers.toString();
    }
}
