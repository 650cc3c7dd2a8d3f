// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Passwords that breaches have made known, from a list beside this class: nobody is asked over the network. What guessers make of a known one counts as
 * known: other capitals, the whole of it repeated, digits and signs in front and behind. Immutable.
 */
final class BreachedPasswords {
    private static final String RESOURCE = "breached-passwords.txt";
    private static final Pattern FRAME = Pattern.compile("^[^a-z]+|[^a-z]+$");
    private static final Pattern REPEATED = Pattern.compile("(.+?)\\1+");

    private final List<String> commonestFirst;
    private final Set<String> known;

    BreachedPasswords() {
        try (InputStream in = BreachedPasswords.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the list " + RESOURCE + " is not in the jar");
            }
            commonestFirst = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            known = new HashSet<>(commonestFirst);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of them, for estimates of how soon a guesser comes to something. */
    List<String> commonestFirst() {
        return commonestFirst;
    }

    /** Whether a password is a known one, or made of one as guessers do. */
    boolean holds(String password) {
        String plain = Normalizer.normalize(password, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String core = FRAME.matcher(plain).replaceAll("");
        return known.contains(plain) || isKnown(core) || isKnown(once(plain)) || isKnown(once(core));
    }

    private boolean isKnown(String part) {
        return known.contains(part);
    }

    private static String once(String text) {
        var repeated = REPEATED.matcher(text);
        return repeated.matches() ? repeated.group(1) : text;
    }
}
