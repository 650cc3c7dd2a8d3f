// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier;

import it.socialies.verifier.checkpoint.Checkpoint;
import it.socialies.verifier.checkpoint.CheckpointCheck;
import it.socialies.verifier.checkpoint.KeySet;
import it.socialies.verifier.checkpoint.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checkpoints that were given, with their signatures looked at. Immutable. */
final class KeptCheckpoints {
    /**
     * One of them.
     *
     * @param refusal why its signature is not good; null when it is, or when there was no key to ask
     */
    record Kept(
            String file, Checkpoint checkpoint, @Nullable String refusal) {}

    private final List<Kept> kept;
    private final boolean hasKeys;

    private KeptCheckpoints(List<Kept> kept, boolean hasKeys) {
        this.kept = kept;
        this.hasKeys = hasKeys;
    }

    static KeptCheckpoints read(List<Path> files, @Nullable Path jwks) throws IOException, Malformed {
        KeySet keys = jwks == null ? null : KeySet.parse(Files.readString(jwks));
        List<Kept> kept = new ArrayList<>();
        for (Path file : files) {
            Checkpoint checkpoint = Checkpoint.parse(Files.readString(file));
            kept.add(new Kept(
                    String.valueOf(file.getFileName()), checkpoint, keys == null ? null : checkpoint.refusal(keys)));
        }
        return new KeptCheckpoints(kept, keys != null);
    }

    List<Kept> all() {
        return kept;
    }

    /** Whether signatures could be looked at. */
    boolean hasKeys() {
        return hasKeys;
    }

    /** Those that a history that begins behind this sequence can be held against; what another key signed accuses nobody. */
    CheckpointCheck checkBehind(long sequence) {
        CheckpointCheck check = new CheckpointCheck();
        for (Kept each : kept) {
            if (each.refusal == null && each.checkpoint.chain().sequence() >= sequence) {
                check.add(each.file, each.checkpoint);
            }
        }
        return check;
    }
}
