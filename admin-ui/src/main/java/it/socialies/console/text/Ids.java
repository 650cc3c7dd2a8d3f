// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.text;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Identifiers as the gateway writes them: a prefix that tells the kind, and the core's number in base 36. */
public enum Ids {
    CIRCUIT("cir"),
    OPERATOR("opr"),
    PROGRAMME("prg"),
    MERCHANT("mer"),
    OUTLET("out"),
    TERMINAL("trm"),
    CARD("crd"),
    WALLET("wal"),
    SETTLEMENT("stl"),
    DISPUTE("dsp"),
    PAYMENT("pay"),
    PROPOSAL("prp"),
    TRANSFER("trf"),
    ACCOUNT("acc"),
    HOLDER("hld");

    private static final int RADIX = 36;

    private final String prefix;
    private final Pattern pattern;

    Ids(String prefix) {
        this.prefix = prefix + "_";
        pattern = Pattern.compile(this.prefix + "[0-9a-z]{1,13}");
    }

    /** {@code pay_1k}; nothing for 0, which means none. */
    public String format(long number) {
        return number == 0 ? "" : prefix + Long.toString(number, RADIX);
    }

    /** The number, or empty when the text is no identifier of this kind. */
    public OptionalLong parse(String text) {
        if (!pattern.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text, prefix.length(), text.length(), RADIX));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
