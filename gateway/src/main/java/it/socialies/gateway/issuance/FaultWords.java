// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The explanation of a fault to a clerk, in Italian or English. Immutable. */
public final class FaultWords {
    public static final FaultWords ITALIAN = new FaultWords(Locale.ITALIAN);
    public static final FaultWords ENGLISH = new FaultWords(Locale.ENGLISH);

    private final Locale locale;
    private final ResourceBundle words;

    private FaultWords(Locale locale) {
        this.locale = locale;
        words = ResourceBundle.getBundle(
                FaultWords.class.getPackageName() + ".faults",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** What is wrong and what to do. */
    public String explanation(Fault fault) {
        return new MessageFormat(words.getString(fault.code().name()), locale)
                .format(fault.details().toArray());
    }
}
