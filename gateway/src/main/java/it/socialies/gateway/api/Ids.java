// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.api;

/** External identifiers: a prefix that says the kind, and the core's number in base 36. */
public enum Ids {
    CIRCUIT("cir_"),
    OPERATOR("opr_"),
    PROGRAMME("prg_"),
    MERCHANT("mer_"),
    OUTLET("out_"),
    TERMINAL("trm_"),
    CARD("crd_"),
    WALLET("wal_"),
    HOLDER("hld_"),
    PAYMENT("pay_"),
    PROPOSAL("prp_"),
    TRANSFER("trf_"),
    ACCOUNT("acc_");

    private static final int RADIX = 36;
    private final String prefix;

    Ids(String prefix) {
        this.prefix = prefix;
    }

    /** Writes a number of the core as an external identifier. */
    public String format(long number) {
        return prefix + Long.toString(number, RADIX);
    }

    /**
     * Reads an external identifier.
     *
     * @throws ProblemException not_found, when it cannot name anything of this kind
     */
    public long parse(String text) {
        if (text.startsWith(prefix) && text.length() > prefix.length() && text.charAt(prefix.length()) != '-') {
            long number = number(text);
            if (number > 0 && number <= (this == CIRCUIT ? Integer.MAX_VALUE : Long.MAX_VALUE)) {
                return number;
            }
        }
        throw new ProblemException("not_found");
    }

    private long number(String text) {
        try {
            return Long.parseLong(text, prefix.length(), text.length(), RADIX);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
