// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation.disk;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;

/** A path on the simulated disk: the algebra is that of the machine's own paths. Immutable. */
final class SimulatedPath implements Path {
    private final SimulatedFileSystem fileSystem;
    private final Path path;

    SimulatedPath(SimulatedFileSystem fileSystem, Path path) {
        this.fileSystem = fileSystem;
        this.path = path;
    }

    /** As a path of the machine, for its algebra only. */
    Path bare() {
        return path;
    }

    private Path wrap(Path other) {
        return new SimulatedPath(fileSystem, other);
    }

    private @Nullable Path wrapOrNull(@Nullable Path other) {
        return other == null ? null : wrap(other);
    }

    private static Path bare(Path other) {
        return other instanceof SimulatedPath simulated ? simulated.path : other;
    }

    @Override
    public FileSystem getFileSystem() {
        return fileSystem;
    }

    @Override
    public boolean isAbsolute() {
        return path.isAbsolute();
    }

    @Override
    @SuppressWarnings("NullAway") // the interface knows no annotations
    public Path getRoot() {
        return wrapOrNull(path.getRoot());
    }

    @Override
    @SuppressWarnings("NullAway") // the interface knows no annotations
    public Path getFileName() {
        return wrapOrNull(path.getFileName());
    }

    @Override
    @SuppressWarnings("NullAway") // the interface knows no annotations
    public Path getParent() {
        return wrapOrNull(path.getParent());
    }

    @Override
    public int getNameCount() {
        return path.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return wrap(path.getName(index));
    }

    @Override
    public Path subpath(int beginIndex, int endIndex) {
        return wrap(path.subpath(beginIndex, endIndex));
    }

    @Override
    public boolean startsWith(Path other) {
        return path.startsWith(bare(other));
    }

    @Override
    public boolean endsWith(Path other) {
        return path.endsWith(bare(other));
    }

    @Override
    public Path normalize() {
        return wrap(path.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return wrap(path.resolve(bare(other)));
    }

    @Override
    public Path relativize(Path other) {
        return wrap(path.relativize(bare(other)));
    }

    @Override
    public URI toUri() {
        return path.toUri();
    }

    @Override
    public Path toAbsolutePath() {
        return wrap(Path.of("/").resolve(path));
    }

    @Override
    public Path toRealPath(LinkOption... options) {
        return toAbsolutePath().normalize();
    }

    /** The real file in memory, for Chronicle to map. */
    @Override
    public File toFile() {
        return fileSystem.disk().real(this).toFile();
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
            throws IOException {
        throw new UnsupportedOperationException("nobody watches a simulated disk");
    }

    @Override
    public int compareTo(Path other) {
        return path.compareTo(bare(other));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SimulatedPath simulated
                && simulated.fileSystem == fileSystem
                && simulated.path.equals(path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
