// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.bankfiles;

import java.text.Normalizer;
import java.util.Map;

/**
 * Text as every bank of the SEPA schemes takes it: the Latin characters a–z, A–Z, 0–9, {@code / - ? : ( ) . , ' +} and space, neither beginning nor ending with a slash and without two in a row (EPC217-08). Accents are left away, what has
 * a usual spelling gets it, anything else becomes a full stop: names stay readable and as long as they were, so that nothing is dropped without a trace. Stateless.
 */
final class SepaText {
    private static final String ALLOWED = "/-?:().,'+ ";
    private static final Map<Character, String> SPELLED = Map.of(
            'ß', "ss", 'æ', "ae", 'Æ', "AE", 'ø', "o", 'Ø', "O", 'ł', "l", 'Ł', "L", '&', "+", '€', "EUR", '’', "'");

    private SepaText() {}

    /**
     * @param lengthMax what is longer is cut
     * @throws IllegalArgumentException when nothing is left
     */
    static String of(String text, int lengthMax) {
        StringBuilder plain = new StringBuilder();
        String stripped = text.strip();
        for (int i = 0; i < stripped.length(); i++) {
            char c = stripped.charAt(i);
            plain.append(SPELLED.getOrDefault(c, String.valueOf(c)));
        }
        String parts = Normalizer.normalize(plain, Normalizer.Form.NFD);
        StringBuilder allowed = new StringBuilder();
        for (int i = 0; i < parts.length(); i++) {
            char c = parts.charAt(i);
            if (isAllowed(c)) {
                allowed.append(c);
            } else if (Character.getType(c) != Character.NON_SPACING_MARK) {
                allowed.append('.');
            }
        }
        String cut = allowed.substring(0, Math.min(lengthMax, allowed.length()))
                .replaceAll("/{2,}", "/")
                .replaceAll("^/+|/+$", "")
                .strip();
        if (cut.isEmpty()) {
            throw new IllegalArgumentException("a text of which a bank could read nothing");
        }
        return cut;
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || ALLOWED.indexOf(c) >= 0;
    }
}
