// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.projection;

/** Reads one circuit and no other; a view gets the one of its operator. Thread-safe. */
public final class CircuitReader {
    private final ProjectionDatabase projection;
    private final int circuitId;

    /** @param circuitId of the operator who is logged in */
    public CircuitReader(ProjectionDatabase projection, int circuitId) {
        this.projection = projection;
        this.circuitId = circuitId;
    }

    public int circuitId() {
        return circuitId;
    }

    /**
     * Reads several things at one sequence, in one transaction.
     *
     * @throws ProjectionAway when Postgres does not answer or a query takes too long
     */
    public <T> T read(ProjectionDatabase.Work<? super CircuitView, T> work) {
        return projection.read(circuitId, work);
    }
}
