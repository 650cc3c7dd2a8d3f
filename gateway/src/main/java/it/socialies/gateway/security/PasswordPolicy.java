// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import com.nulabinc.zxcvbn.StandardDictionaries;
import com.nulabinc.zxcvbn.StandardKeyboards;
import com.nulabinc.zxcvbn.Zxcvbn;
import com.nulabinc.zxcvbn.ZxcvbnBuilder;
import com.nulabinc.zxcvbn.matchers.Dictionary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which passwords an operator may choose: 12 to 200 characters of any kind, no rules of composition, and not one that a guesser tries
 * early (OWASP ASVS 5.0, 6.2.1–6.2.12; NIST SP 800-63B 5.1.1.2). Guessing is estimated with zxcvbn, whose lists hold the commonest
 * passwords, names and words, and with a list of breached ones ({@link BreachedPasswords}). The lists take some megabytes and a check some milliseconds: call it on a worker.
 */
public final class PasswordPolicy {
    private static final int LENGTH_MIN = 12;
    private static final int LENGTH_MAX = 200;

    /** More than 10^8 guesses: out of reach online, costly offline behind Argon2id. */
    private static final int SCORE_MIN = 3;

    /** zxcvbn's effort grows with the square of the length, and so much decides already. */
    private static final int ESTIMATED_LENGTH_MAX = 64;

    /** Words that somebody at a town hall thinks of first. */
    private static final List<String> WORDS = List.of(
            "socialies",
            "ies",
            "comune",
            "municipio",
            "voucher",
            "buono",
            "buoni",
            "spesa",
            "tessera",
            "sociale",
            "sociali",
            "ragioneria",
            "sindaco",
            "password",
            "segreta",
            "ciao",
            "amore",
            "forza");

    private static final Pattern SIGNS = Pattern.compile("[^\\p{L}]+");

    /** Shorter parts of a name ("di", "la") make nothing guessable. */
    private static final int WORD_LETTERS_MIN = 3;

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private final BreachedPasswords breached = new BreachedPasswords();
    private final Zxcvbn zxcvbn;

    /** Loads the lists. */
    public PasswordPolicy() {
        try {
            zxcvbn = new ZxcvbnBuilder()
                    .dictionaries(StandardDictionaries.loadAllDictionaries())
                    .dictionary(new Dictionary("breached", breached.commonestFirst()))
                    .keyboards(StandardKeyboards.loadAllKeyboards())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("the lists of words are not in the jar", e);
        }
    }

    /**
     * Checks a password that somebody chose.
     *
     * @param known what a guesser knows of who chooses, as the username and the name of the town; null = nothing. Neither it nor its words make a password strong
     * @throws Refusal {@code PASSWORD_TOO_SHORT}, {@code PASSWORD_TOO_LONG} or {@code PASSWORD_TOO_WEAK}
     */
    public void requireGood(String password, @Nullable String... known) {
        int length = password.codePointCount(0, password.length());
        if (length < LENGTH_MIN) {
            throw new Refusal(RefusalCode.PASSWORD_TOO_SHORT);
        }
        if (length > LENGTH_MAX) {
            throw new Refusal(RefusalCode.PASSWORD_TOO_LONG);
        }
        if (breached.holds(password)) {
            throw new Refusal(RefusalCode.PASSWORD_TOO_WEAK);
        }
        String estimated = password.substring(0, Math.min(password.length(), ESTIMATED_LENGTH_MAX));
        List<String> words = new ArrayList<>(WORDS);
        for (String name : known) {
            if (name != null) {
                words.addAll(wordsOf(name));
            }
        }
        if (zxcvbn.measure(estimated, words).getScore() < SCORE_MIN) {
            throw new Refusal(RefusalCode.PASSWORD_TOO_WEAK);
        }
    }

    /** A name whole, without its blanks and signs, and each of its words; also as somebody writes it who leaves the accents out. */
    private static Set<String> wordsOf(String name) {
        Set<String> words = new LinkedHashSet<>();
        for (String spelling : List.of(
                name,
                MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll(""))) {
            words.add(spelling);
            words.add(SIGNS.matcher(spelling).replaceAll(""));
            for (String word : SIGNS.split(spelling)) {
                if (word.length() >= WORD_LETTERS_MIN) {
                    words.add(word);
                }
            }
        }
        return words;
    }
}
