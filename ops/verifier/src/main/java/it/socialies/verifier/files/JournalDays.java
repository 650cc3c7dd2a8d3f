// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.files;

import it.socialies.verifier.history.Batch;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The batches in the days of a journal, one file after the other. At the end it may be asked again: an engine may have gone on. One thread. */
final class JournalDays implements Closeable {
    private static final Pattern NAME = Pattern.compile("\\d{8}F\\.cq4");

    private final Path folder;
    private @Nullable DayScan day;

    JournalDays(Path folder) {
        this.folder = folder;
    }

    boolean isEmpty() throws IOException {
        return days().isEmpty();
    }

    /** The next batch, or what begins like one; null when there is none now. */
    @Nullable
    Batch next() throws IOException {
        while (true) {
            DayScan current = day;
            Batch batch = current == null ? null : current.next();
            if (batch != null || !openNext(current)) {
                return batch;
            }
        }
    }

    /** So that the next call gives this batch again. */
    void backTo(Batch batch) {
        if (day != null) {
            day.backTo(batch.place().offset());
        }
    }

    private boolean openNext(@Nullable DayScan current) throws IOException {
        for (Path path : days()) {
            if (current == null || path.compareTo(current.path()) > 0) {
                close();
                day = new DayScan(path, folder.getFileName() + "/" + path.getFileName());
                return true;
            }
        }
        return false;
    }

    private List<Path> days() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        if (day != null) {
            day.close();
        }
    }
}
