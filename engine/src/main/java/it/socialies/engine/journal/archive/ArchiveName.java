// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.archive;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of the archive by its name, which says which records it holds: {@code <first>-<last>.archive}, 20 digits each, so that names sort as sequences.
 *
 * @param path of the file
 * @param firstSequence it holds
 * @param lastSequence it holds
 */
public record ArchiveName(Path path, long firstSequence, long lastSequence) {
    private static final Pattern PATTERN = Pattern.compile("(\\d{20})-(\\d{20})\\.archive");

    static ArchiveName of(Path folder, long firstSequence, long lastSequence) {
        String name = String.format(Locale.ROOT, "%020d-%020d.archive", firstSequence, lastSequence);
        return new ArchiveName(folder.resolve(name), firstSequence, lastSequence);
    }

    /** Null when the file is none of the archive's. */
    static @Nullable ArchiveName parse(Path path) {
        Matcher matcher = PATTERN.matcher(path.getFileName().toString());
        return matcher.matches()
                ? new ArchiveName(path, Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)))
                : null;
    }

    boolean holds(long sequence) {
        return sequence >= firstSequence && sequence <= lastSequence;
    }
}
