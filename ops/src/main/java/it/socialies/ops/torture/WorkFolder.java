// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where an installation that lives for one run lies. It holds secrets, though of invented people: mode 0700.
 *
 * @param temporary goes with the run, unless something was wrong
 */
public record WorkFolder(Path path, boolean temporary) {
    /**
     * Makes one.
     *
     * @param asked new or empty; null for a temporary one
     * @throws IOException when it cannot be made, or is not empty
     */
    public static WorkFolder of(@Nullable Path asked) throws IOException {
        if (asked == null) {
            return new WorkFolder(Files.createTempDirectory("ies-torture-"), true);
        }
        Path path = asked.toAbsolutePath().normalize();
        Files.createDirectories(path);
        try (DirectoryStream<Path> content = Files.newDirectoryStream(path)) {
            if (content.iterator().hasNext()) {
                throw new IOException(path + " non è vuota | is not empty");
            }
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        return new WorkFolder(path, false);
    }

    /**
     * Works in it. What the work has started is ended at Ctrl-C too.
     *
     * @param started ends it
     * @param work returns whether all was well
     */
    public boolean during(AutoCloseable started, Callable<Boolean> work) throws IOException, InterruptedException {
        AtomicBoolean ended = new AtomicBoolean();
        Thread closer = new Thread(
                () -> {
                    if (!ended.get()) {
                        close(started);
                        sayKept();
                    }
                },
                "close");
        Runtime.getRuntime().addShutdownHook(closer);
        boolean good = false;
        try (started) {
            good = work.call();
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        } finally {
            ended.set(true);
            if (temporary && good) {
                delete();
            } else {
                sayKept();
            }
        }
        return good;
    }

    private void sayKept() {
        System.out.println("Resta | kept: " + path);
    }

    private static void close(AutoCloseable started) {
        try {
            started.close();
        } catch (Exception e) {
            System.err.println(e.getMessage());
        }
    }

    private void delete() throws IOException {
        List<Path> content;
        try (Stream<Path> all = Files.walk(path)) {
            content = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : content) {
            Files.delete(file);
        }
    }
}
