// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.ies;

import it.socialies.engine.core.circuit.Circuits;

/**
 * The price of a movement: a flat part and basis points of the amount. The proportional part is rounded down to the minor unit, in the payer's favour; what
 * that leaves is the residue, in ten-thousandths of a minor unit. Exact integer arithmetic.
 */
public final class Tariff {
    private static final long BASIS = 10_000;

    private final Circuits circuits;

    /** Reads the tariffs of circuits. */
    public Tariff(final Circuits circuits) {
        this.circuits = circuits;
    }

    /** Fee of moving an amount, in minor units. */
    public long fee(final int circuitId, final long amount) {
        return Math.addExact(circuits.tariffFlat(circuitId), proportional(circuitId, amount) / BASIS);
    }

    /** What rounding the fee down leaves to the payer, in ten-thousandths of a minor unit. */
    public long residue(final int circuitId, final long amount) {
        return proportional(circuitId, amount) % BASIS;
    }

    private long proportional(final int circuitId, final long amount) {
        return Math.multiplyExact(amount, (long) circuits.tariffBasisPoints(circuitId));
    }
}
