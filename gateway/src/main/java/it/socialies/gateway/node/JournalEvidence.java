// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.reader.ProofReader;
import it.socialies.engine.journal.reader.ProofTooLong;
import it.socialies.engine.journal.reader.RecordProof;
import it.socialies.gateway.audit.Evidence;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads proofs out of journal and archive, each call with a reader of its own: there are few.
 *
 * @param folder whose history it is
 */
record JournalEvidence(DataFolder folder) implements Evidence {
    /** Steps of 36 bytes: a proof has at most 3 MiB of base64. */
    private static final int BATCHES_MAX = 65_536;

    @Override
    public @Nullable Way way(long sequence, long upTo) throws TooLong {
        try (ProofReader reader = ProofReader.open(folder)) {
            RecordProof proof = reader.prove(sequence, upTo, BATCHES_MAX);
            return proof == null
                    ? null
                    : new Way(
                            proof.record(),
                            proof.before().sequence() + 1,
                            proof.count(),
                            proof.before().hash(),
                            proof.path(),
                            proof.batchesBehind(),
                            HexFormat.of().formatHex(proof.end().hash()),
                            proof.end().sequence());
        } catch (ProofTooLong e) {
            throw new TooLong();
        }
    }
}
