// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.reader;

/** More batches lie between a record and the end of its proof than a proof may have. */
public final class ProofTooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProofTooLong(int batchesMax) {
        super("more than " + batchesMax + " batches");
    }
}
