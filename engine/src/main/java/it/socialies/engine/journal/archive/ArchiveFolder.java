// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.archive;

import it.socialies.engine.journal.batch.JournalFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of the archive, by their names; looked up anew each time, because another process adds to them. Stateless. */
public final class ArchiveFolder {
    private final Path folder;

    public ArchiveFolder(Path folder) {
        this.folder = folder;
    }

    public Path path() {
        return folder;
    }

    /** All files, oldest first. */
    public List<ArchiveName> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(ArchiveName::parse)
                    .filter(Objects::nonNull)
                    .sorted(Comparator.comparingLong(ArchiveName::firstSequence))
                    .toList();
        } catch (IOException e) {
            throw new JournalFailure("the archive " + folder + " cannot be read", e);
        }
    }

    /** The file that holds a sequence, if there is one. */
    @Nullable
    public ArchiveName holding(long sequence) {
        for (ArchiveName file : files()) {
            if (file.holds(sequence)) {
                return file;
            }
        }
        return null;
    }

    /** The first file behind a sequence, if there is one. */
    @Nullable
    public ArchiveName behind(long sequence) {
        for (ArchiveName file : files()) {
            if (file.firstSequence() > sequence) {
                return file;
            }
        }
        return null;
    }
}
