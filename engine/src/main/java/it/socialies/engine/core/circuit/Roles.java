// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.circuit;

/** Roles of operators, as bits. */
public final class Roles {
    /** Opens circuits and appoints their first operators; never moves money. */
    public static final int INSTALLATION = 1;
    /** Circuit manager. */
    public static final int ADMIN = 2;
    /** Social services. */
    public static final int SOCIAL = 4;
    /** Treasurer. */
    public static final int TREASURER = 8;
    /** Reads everything of its circuit, changes nothing. */
    public static final int AUDITOR = 16;

    /** Every role that belongs to a circuit. */
    public static final int OF_A_CIRCUIT = ADMIN | SOCIAL | TREASURER | AUDITOR;

    private Roles() {}
}
