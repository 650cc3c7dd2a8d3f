// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Makes names durable: on Linux a new or renamed file survives a power cut only when its folder was forced too. */
public final class Folders {
    private Folders() {}

    /** The path itself when nothing has its name, else the first of {@code path-1}, {@code path-2}, … */
    public static Path unusedName(Path path) {
        Path name = path;
        for (int i = 1; Files.exists(name); i++) {
            name = path.resolveSibling(path.getFileName() + "-" + i);
        }
        return name;
    }

    /** Makes the names in a folder durable. */
    public static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Makes the name of a file durable. */
    public static void forceParent(Path path) throws IOException {
        force(Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file has a folder"));
    }
}
