// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import static it.socialies.fuzzing.Judgement.require;

import it.socialies.fuzzing.FuzzTarget;
import it.socialies.fuzzing.Seeds;
import it.socialies.gateway.security.FixedKeys;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Tax codes: taken or TAX_CODE_INVALID; sixteen letters and digits with a good last letter; the same person in any case of letters; printed as nothing. */
public final class TaxCodeFuzz implements FuzzTarget {
    private static final int[] ODD_VALUES = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };

    private final KeyedHash people = new KeyedHash(FixedKeys.ring().current());

    @Override
    public void test(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        TaxCode code;
        try {
            code = TaxCode.parse(text);
        } catch (Refusal e) {
            require(e.code() == RefusalCode.TAX_CODE_INVALID, "refused with " + e.code());
            return;
        }
        String plain = text.strip().toUpperCase(Locale.ROOT);
        require(
                plain.matches("[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]"),
                "form");
        require(plain.charAt(15) == checkCharacter(plain), "check character");
        require(!code.toString().contains(plain), "printed as nothing");
        require(
                Arrays.equals(
                        code.hmac(people),
                        TaxCode.parse(' ' + plain.toLowerCase(Locale.ROOT)).hmac(people)),
                "the same person in small letters");
    }

    /** D.M. 23 December 1976, by its table and nothing else. */
    private static char checkCharacter(String code) {
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            char c = code.charAt(i);
            int value = c <= '9' ? c - '0' : c - 'A';
            sum += i % 2 == 0 ? ODD_VALUES[value] : value;
        }
        return (char) ('A' + sum % 26);
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.texts(
                "RSSMRA80A01H501U",
                "rssmra80a01h501u",
                " RSSMRA80A01H501U ",
                "RSSMRA80A01H501V",
                "RSSMRA80A01H5LMU",
                "12345678901");
    }
}
