// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.audit;

import it.socialies.engine.journal.files.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints that the installation itself keeps beside its history. Whoever can write the whole folder can take them away; but those that are there
 * must agree, and a node does not start when they do not. One thread.
 */
final class OwnCheckpoints {
    private static final String FOLDER = "checkpoints";
    private static final String KEYS = "keys.json";
    private static final String NAME = "\\d{20}\\.jws";

    private final Path folder;
    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private final List<AuditFault> faults = new ArrayList<>();

    private OwnCheckpoints(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads all that are there, and checks their signatures with the key beside them.
     *
     * @throws IOException when the folder cannot be listed, or a file of it cannot be read
     */
    static OwnCheckpoints of(DataFolder dataFolder) throws IOException {
        OwnCheckpoints own = new OwnCheckpoints(dataFolder.root().resolve(FOLDER));
        if (Files.isDirectory(own.folder)) {
            own.readAll();
        }
        return own;
    }

    private void readAll() throws IOException {
        CheckpointKeys keys = keys();
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.getFileName().toString().matches(NAME))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            read(file, keys);
        }
    }

    private @Nullable CheckpointKeys keys() throws IOException {
        Path file = folder.resolve(KEYS);
        try {
            return Files.exists(file) ? CheckpointKeys.read(file) : null;
        } catch (CheckpointUnusable e) {
            add(file, 0, e.getMessage());
            return null;
        }
    }

    private void read(Path file, @Nullable CheckpointKeys keys) throws IOException {
        long sequence = Long.parseLong(file.getFileName().toString().replace(".jws", ""));
        try {
            Checkpoint checkpoint = Checkpoint.read(file);
            String wrong = checkpoint.jws() == null || keys == null ? null : keys.fault(checkpoint.jws());
            if (wrong != null) {
                add(file, sequence, wrong);
            } else if (checkpoint.claims().sequence() != sequence) {
                add(file, sequence, "it speaks of record " + checkpoint.claims().sequence());
            } else {
                checkpoints.add(checkpoint);
            }
        } catch (CheckpointUnusable e) {
            add(file, sequence, e.getMessage());
        }
    }

    private void add(Path file, long sequence, @Nullable String detail) {
        faults.add(AuditFault.damage(
                place(file),
                sequence,
                "un checkpoint nella cartella, o la sua chiave, non è quello scritto",
                "a checkpoint in the folder, or its key, is not what was written",
                String.valueOf(detail)));
    }

    /** Below the data folder. */
    static String place(Path file) {
        return FOLDER + "/" + file.getFileName();
    }

    /** Those with a good signature, by ascending record. */
    List<Checkpoint> checkpoints() {
        return checkpoints;
    }

    List<AuditFault> faults() {
        return faults;
    }
}
