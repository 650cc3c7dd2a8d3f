// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** What a town hall has on its desk: files, reports, papers to print. Names and secrets are on them, so the folder is 0700 and each file 0600. Any thread. */
final class Papers {
    private final Path folder;

    private Papers(Path folder) {
        this.folder = folder;
    }

    static Papers in(Path folder) {
        try {
            Path real = folder.toAbsolutePath();
            Files.createDirectories(real);
            Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwx------"));
            return new Papers(real);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path write(String name, byte[] content) {
        try {
            Path file = folder.resolve(name);
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path write(String name, String text) {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
