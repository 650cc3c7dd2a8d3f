// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.collections;

/**
 * A part of the core with a state that snapshots hold. A field that is added to it belongs into {@link #visit}, or it must follow from those that
 * are there and be made anew in {@link #rebuild}.
 */
public interface StateTable {

    /** Visits every field that is stored, in the order of the snapshot. */
    void visit(StateFields fields);

    /** Makes anew, once every table is filled, what follows from the stored fields: indexes, sums, hashes. */
    void rebuild();
}
