// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A folder for the data of one run, on the disk to be measured. It goes when it is closed, and also when the run is interrupted. */
public final class WorkFolder implements AutoCloseable {
    private final Path path;
    private final List<Runnable> before = new CopyOnWriteArrayList<>();
    private final Thread onInterrupt = new Thread(this::deleteQuietly, "delete-work-folder");

    private WorkFolder(Path path) {
        this.path = path;
        Runtime.getRuntime().addShutdownHook(onInterrupt);
    }

    /** A new folder under the work folder of the suite. */
    public static WorkFolder create(SuiteOptions options, String name) throws IOException {
        Files.createDirectories(options.work());
        return new WorkFolder(Files.createTempDirectory(options.work(), name + "-"));
    }

    public Path path() {
        return path;
    }

    /** The kind of file system, as the machine says it. */
    public String fileSystem() throws IOException {
        return Files.getFileStore(path).type();
    }

    /** Ends what uses the folder before it goes, also when the run is interrupted; it may have ended already. */
    public void endFirst(Runnable end) {
        before.add(end);
    }

    /** Deletes what lies in the folder, and keeps the folder. */
    public void empty() throws IOException {
        delete(false);
    }

    /** Deletes a folder that lies in it. */
    public void delete(Path inside) throws IOException {
        if (!inside.startsWith(path)) {
            throw new IllegalArgumentException(inside + " is not in " + path);
        }
        deleteTree(inside, true);
    }

    @Override
    public void close() throws IOException {
        before.forEach(Runnable::run);
        delete(true);
        Runtime.getRuntime().removeShutdownHook(onInterrupt);
    }

    private void delete(boolean itself) throws IOException {
        deleteTree(path, itself);
    }

    private static void deleteTree(Path root, boolean itself) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(root)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            if (itself || !file.equals(root)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void deleteQuietly() {
        try {
            before.forEach(Runnable::run);
            delete(true);
        } catch (IOException | UncheckedIOException e) {
            System.err.println("could not delete " + path + ": " + e.getMessage());
        }
    }
}
