// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.figures;

/** The identifiers of the interface: a prefix and the core's number in base 36. */
public final class ExternalIds {
    private static final int BASE = 36;

    private ExternalIds() {}

    public static String programme(long id) {
        return "prg_" + Long.toString(id, BASE);
    }

    public static String merchant(long id) {
        return "mer_" + Long.toString(id, BASE);
    }

    public static String wallet(long id) {
        return "wal_" + Long.toString(id, BASE);
    }

    public static String holder(long id) {
        return "hld_" + Long.toString(id, BASE);
    }

    /** The core's number behind any identifier. */
    public static long number(String externalId) {
        return Long.parseLong(externalId.substring(externalId.indexOf('_') + 1), BASE);
    }
}
