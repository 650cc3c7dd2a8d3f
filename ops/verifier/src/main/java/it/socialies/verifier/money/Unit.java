// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

/** The code of a unit of account. Stateless. */
public final class Unit {
    private Unit() {}

    /** The code that a checkpoint has. */
    public static String code(int unit) {
        return switch (unit) {
            case 1 -> "EUR";
            case 2 -> "IES";
            case 3 -> "HOURS";
            default -> "unit " + unit;
        };
    }
}
