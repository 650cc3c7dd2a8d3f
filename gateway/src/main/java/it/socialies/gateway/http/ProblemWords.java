// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The title of every problem in one language: what happened, to the person who reads it. Italian where {@code Accept-Language} prefers it, else English. Immutable.
 */
public final class ProblemWords {
    public static final ProblemWords ENGLISH = new ProblemWords(Locale.ROOT, "en");
    public static final ProblemWords ITALIAN = new ProblemWords(Locale.ITALIAN, "it");

    /** A browser names a handful of languages; what is longer is not read. */
    private static final int MAX_HEADER_LENGTH = 200;

    private static final List<String> TAGS = List.of(ENGLISH.tag, ITALIAN.tag);

    private final String tag;
    private final Map<String, String> titles;

    private ProblemWords(Locale bundle, String tag) {
        this.tag = tag;
        ResourceBundle words = ResourceBundle.getBundle(
                ProblemWords.class.getPackageName() + ".problems",
                bundle,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        titles = words.keySet().stream().collect(Collectors.toUnmodifiableMap(Function.identity(), words::getString));
    }

    /** The words that a request asks for. */
    public static ProblemWords of(HttpServerRequest request) {
        return of(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    }

    /** The words that an {@code Accept-Language} asks for; English for none, or for one that is none. */
    static ProblemWords of(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.length() > MAX_HEADER_LENGTH) {
            return ENGLISH;
        }
        try {
            String best = Locale.lookupTag(Locale.LanguageRange.parse(acceptLanguage), TAGS);
            return ITALIAN.tag.equals(best) ? ITALIAN : ENGLISH;
        } catch (IllegalArgumentException e) {
            return ENGLISH;
        }
    }

    /** For {@code Content-Language}. */
    public String tag() {
        return tag;
    }

    /** One sentence; the code itself for one that is unknown. */
    public String title(String code) {
        return titles.getOrDefault(code, code);
    }

    /** Every code that has words. */
    Map<String, String> titles() {
        return titles;
    }
}
