// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.api;

/** External identifiers: a prefix that says the kind, and the core's number in base 36. */
public enum Ids {
    CIRCUIT("cir_"),
    OPERATOR("opr_"),
    PROGRAMME("prg_"),
    MERCHANT("mer_"),
    /** Where a shop is paid: its number in the office database, which is the reference that the core is told. */
    PAYEE("pye_"),
    MERCHANT_APPLICATION("app_"),
    AGREEMENT("agr_"),
    OUTLET("out_"),
    TERMINAL("trm_"),
    CARD("crd_"),
    WALLET("wal_"),
    CARD_BATCH("cbt_"),
    /** A PIN that was reset at the desk: the number of its record in the journal. */
    PIN_RESET("rst_"),
    /** A person: the number of its record in the people vault, which is the holder the core knows. */
    HOLDER("hld_"),
    HOUSEHOLD("fam_"),
    /** Why names are read. */
    CASE("cas_"),
    DATA_SUBJECT_REQUEST("dsr_"),
    ISSUANCE_BATCH("iss_"),
    EMERGENCY_AWARD("emg_"),
    /** An act of the municipality, as the office keeps it; its number is the reference that the core is told. */
    ACT("act_"),
    SETTLEMENT("stl_"),
    SETTLEMENT_LINE("sln_"),
    PAYMENT_ORDER("ord_"),
    /** A file that told what became of payments. */
    RECONCILIATION("rec_"),
    /** Payments drawn for an audit. */
    AUDIT_SAMPLE("smp_"),
    DISPUTE("dsp_"),
    REPORT("rpt_"),
    WEBHOOK_ENDPOINT("whk_"),
    NOTICE("ntc_"),
    /** Letters that were printed together. */
    NOTICE_RUN("nlr_"),
    PAYMENT("pay_"),
    PROPOSAL("prp_"),
    TRANSFER("trf_"),
    ACCOUNT("acc_");

    /** What {@link #read} returns for a text that is not such an identifier. */
    public static final long INVALID = -1;

    private static final int RADIX = 36;
    private static final int MAX_DIGITS = 13;
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
        long number = read(text);
        if (number > 0 && number <= (this == CIRCUIT ? Integer.MAX_VALUE : Long.MAX_VALUE)) {
            return number;
        }
        throw new ProblemException("not_found");
    }

    /**
     * Reads an external identifier or one with the number 0 ("none", or the installation itself). One number has one spelling: upper case,
     * signs and leading zeros are refused.
     *
     * @return the number, or {@link #INVALID}
     */
    public long read(String text) {
        int start = prefix.length();
        int digits = text.length() - start;
        if (digits < 1 || digits > MAX_DIGITS || !text.startsWith(prefix)) {
            return INVALID;
        }
        if (digits > 1 && text.charAt(start) == '0') {
            return INVALID;
        }
        long number = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'z' ? c - 'a' + 10 : -1;
            if (digit < 0 || number > (Long.MAX_VALUE - digit) / RADIX) {
                return INVALID;
            }
            number = number * RADIX + digit;
        }
        return number;
    }
}
