// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.text;

import com.vaadin.flow.i18n.I18NProvider;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * The console's words, Italian first. The part of a key before its first dot names the file: {@code dashboard.title} is in
 * {@code i18n/dashboard_it.properties} and {@code i18n/dashboard_en.properties}.
 *
 * <p>Texts take their arguments as {@link MessageFormat} does, choices included, except that an apostrophe is an apostrophe. Thread-safe.
 */
public final class Messages implements I18NProvider {
    public static final Locale ITALIAN = Locale.ITALY;
    public static final Locale ENGLISH = Locale.UK;

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    @Override
    public List<Locale> getProvidedLocales() {
        return List.of(ITALIAN, ENGLISH);
    }

    /** The language of a locale that is Italian or English; Italian for any other. */
    public static Locale supported(Locale locale) {
        return locale.getLanguage().equals(ENGLISH.getLanguage()) ? ENGLISH : ITALIAN;
    }

    /** A key without a text shows as itself between marks: nothing breaks, and a test finds it. */
    @Override
    public String getTranslation(String key, Locale locale, Object... params) {
        return text(key, locale, params);
    }

    /** The same, where no session is at hand. */
    public static String text(String key, Locale locale, Object... params) {
        String pattern;
        try {
            String file = key.substring(0, Math.max(0, key.indexOf('.')));
            pattern = ResourceBundle.getBundle("i18n." + file, supported(locale), NO_FALLBACK)
                    .getString(key);
        } catch (MissingResourceException e) {
            return "⟦" + key + "⟧";
        }
        return params.length == 0 ? pattern : new MessageFormat(pattern.replace("'", "''"), locale).format(params);
    }
}
