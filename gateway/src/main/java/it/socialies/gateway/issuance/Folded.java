// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Texts made comparable: small letters, no accents, one space for whatever is neither letter nor digit. */
final class Folded {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHER = Pattern.compile("[^\\p{L}\\p{N}]+");

    private Folded() {}

    static String of(String text) {
        String plain = MARKS.matcher(
                        Normalizer.normalize(text.replace('°', ' ').replace('º', ' '), Normalizer.Form.NFKD))
                .replaceAll("");
        return OTHER.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }
}
