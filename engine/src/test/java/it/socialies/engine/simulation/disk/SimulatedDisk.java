// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The disk of a simulated machine. A process works on it until {@link #crash}; then {@link #start} shows the next process what is left. One thread.
 *
 * <ul>
 *   <li>Bytes are durable when their file was synchronised, names when their folder was forced. A killed process loses neither, a cut of power loses of
 *       the rest what {@link PowerCutStyle} says.
 *   <li>After a failed sync nothing is known of what was written: some of it is durable, the rest never will be, though readers see it.
 *   <li>The process may die in any operation, in a write after a part of it.
 * </ul>
 */
public final class SimulatedDisk {
    private static final Path ROOT = Path.of("/");

    /** An open file, or a folder when there is no inode. */
    static final class Handle {
        private final int life;
        private final Path name;
        private final @Nullable Inode inode;
        /** Failed syncs of the file that this handle knows of: those before it was opened, and those it was told. */
        private int failuresKnown;

        Handle(int life, Path name, @Nullable Inode inode) {
            this.life = life;
            this.name = name;
            this.inode = inode;
            failuresKnown = inode == null ? 0 : inode.syncFailures();
        }

        /** A sync that failed through another handle is told to each that was open then, once; as Linux does since 4.13. */
        private void requireNoFailureElsewhere() throws IOException {
            int failures = inode == null ? 0 : inode.syncFailures();
            if (failures > failuresKnown) {
                failuresKnown = failures;
                throw new IOException("simulated: Input/output error, of a sync through another handle");
            }
        }
    }

    private final Path memory;
    private final SplittableRandom random;
    private final DiskFaults faults;
    private final SimulatedFileSystem fileSystem = new SimulatedFileSystem(this);
    private final NameLog names = new NameLog();

    /** What a process sees. */
    private final TreeMap<Path, NameLog.Entry> tree = new TreeMap<>();

    private int life;
    private Path real;
    private boolean dead;

    /** @param memory an empty real folder, best in memory: what processes see lies below it */
    public SimulatedDisk(Path memory, SplittableRandom random, DiskFaults faults) throws IOException {
        this.memory = memory;
        this.random = random;
        this.faults = faults;
        real = Files.createDirectory(memory.resolve("life-0"));
        tree.put(ROOT, new NameLog.Entry(null));
        names.settle(tree);
    }

    public Path path(String absolute) {
        return fileSystem.getPath(absolute);
    }

    public DiskFaults faults() {
        return faults;
    }

    /** True once the process died in an operation. */
    public boolean isDead() {
        return dead;
    }

    public long usableBytes() {
        return faults.full ? 0 : 1L << 40;
    }

    /** The process ends here, killed or because the power went. Whoever still works on the disk dies too. */
    public void crash(boolean powerCut) throws IOException {
        dead = true;
        discover(ROOT);
        Path next = Files.createDirectory(memory.resolve("life-" + (life + 1)));
        if (powerCut) {
            cutPower(next);
        } else {
            copyTo(next);
        }
    }

    /** The next process finds what the crash left; the files of the one before are deleted, so it has closed what it had open. */
    public void start() throws IOException {
        deleteAll(real);
        life++;
        real = memory.resolve("life-" + life);
        dead = false;
    }

    /** Flips a bit of a file, durable as it is, between {@link #crash} and {@link #start}: the disk rots. Doing the same again mends it. */
    public void flip(Path path, long offset, int bit) throws IOException {
        Path name = bare(path);
        Inode inode = Objects.requireNonNull(tree.get(name)).inode();
        try (FileChannel channel =
                FileChannel.open(nextLife(name), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, offset);
            one.put(0, (byte) (one.get(0) ^ 1 << bit));
            channel.write(one.flip(), offset);
        }
        Objects.requireNonNull(inode).flip(offset, bit);
    }

    /** A byte of a file, between {@link #crash} and {@link #start}; -1 when it is not there. */
    public int byteAt(Path path, long offset) throws IOException {
        Path file = nextLife(bare(path));
        if (!Files.isRegularFile(file)) {
            return -1;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            return channel.read(one, offset) < 1 ? -1 : one.get(0) & 0xFF;
        }
    }

    private Path nextLife(Path name) {
        return below(memory.resolve("life-" + (life + 1)), name);
    }

    /** What died in an operation was not the engine but a process beside it. */
    public void survive() {
        dead = false;
    }

    /** The files in a folder, between {@link #crash} and {@link #start} too. */
    public Stream<Path> files(Path folder) {
        Path name = bare(folder);
        return tree.entrySet().stream()
                .filter(entry -> !entry.getValue().isFolder()
                        && name.equals(entry.getKey().getParent()))
                .map(entry -> path(entry.getKey().toString()));
    }

    /** Where a file holds data, in bytes from its beginning to behind its last sector that is not zero; between {@link #crash} and {@link #start}. */
    public long dataBytes(Path path) {
        NameLog.Entry entry = tree.get(bare(path));
        Inode inode = entry == null ? null : entry.inode();
        if (inode == null) {
            return 0;
        }
        long[] sectors = inode.durable().numbers();
        long end = sectors.length == 0 ? 0 : (sectors[sectors.length - 1] + 1) * Pages.SECTOR;
        return Math.min(end, inode.durable().size());
    }

    /** Deletes everything. */
    public void dispose() throws IOException {
        dead = true;
        deleteAll(memory);
    }

    Path real(Path path) {
        return below(real, bare(path));
    }

    FileChannel open(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attrs) throws IOException {
        Path name = bare(path);
        Path file = below(real, name);
        boolean writes = options.contains(StandardOpenOption.WRITE);
        boolean creates =
                options.contains(StandardOpenOption.CREATE) || options.contains(StandardOpenOption.CREATE_NEW);
        boolean exists = Files.exists(file);
        if (Files.isDirectory(file)) {
            return new SimulatedChannel(this, new Handle(life, name, null), FileChannel.open(file, options));
        }
        boolean truncates = exists && writes && options.contains(StandardOpenOption.TRUNCATE_EXISTING);
        if (writes && (truncates || (creates && !exists))) {
            step();
            requireRoom();
        }
        FileChannel channel = FileChannel.open(file, withoutAppending(options), attrs);
        Inode inode = inode(name);
        if (truncates) {
            inode.onTruncate(0);
        }
        return new SimulatedChannel(this, new Handle(life, name, inode), channel);
    }

    private static Set<OpenOption> withoutAppending(Set<? extends OpenOption> options) {
        if (options.contains(StandardOpenOption.APPEND) || options.contains(StandardOpenOption.DELETE_ON_CLOSE)) {
            throw new UnsupportedOperationException("not simulated: " + options);
        }
        return new HashSet<>(options);
    }

    int write(Handle handle, FileChannel channel, ByteBuffer src, long position) throws IOException {
        requireLife(handle);
        Inode inode = handle.inode;
        if (inode == null) {
            throw new IOException("a folder");
        }
        boolean dies = faults.step();
        if (!dies && faults.failsWrite()) {
            throw new IOException("simulated: Input/output error");
        }
        if (position + src.remaining() > channel.size()) {
            requireRoom();
        }
        int length = dies ? random.nextInt(src.remaining() + 1) : src.remaining();
        ByteBuffer part = src.duplicate().limit(src.position() + length);
        long at = position;
        while (part.hasRemaining()) {
            at += channel.write(part, at);
        }
        inode.onWrite(position, length);
        if (dies) {
            die();
        }
        src.position(src.position() + length);
        return length;
    }

    void truncate(Handle handle, FileChannel channel, long size) throws IOException {
        requireLife(handle);
        step();
        channel.truncate(size);
        if (handle.inode != null) {
            handle.inode.onTruncate(size);
        }
    }

    void force(Handle handle) throws IOException {
        requireLife(handle);
        step();
        Inode inode = handle.inode;
        if (faults.failsSync()) {
            if (inode != null) {
                inode.failSync(realOf(inode, handle), random);
                handle.failuresKnown = inode.syncFailures();
            }
            throw new IOException("simulated: Input/output error");
        }
        handle.requireNoFailureElsewhere();
        if (inode == null) {
            discover(handle.name);
            names.force(handle.name);
        } else {
            inode.sync(realOf(inode, handle));
        }
    }

    void createFolder(Path path, FileAttribute<?>... attrs) throws IOException {
        Path name = bare(path);
        if (!Files.exists(below(real, name))) {
            step();
            requireRoom();
        }
        Files.createDirectory(below(real, name), attrs);
        add(name, null);
    }

    void link(Path link, Path existing) throws IOException {
        step();
        requireRoom();
        Inode inode = inode(bare(existing));
        Files.createLink(real(link), real(existing));
        add(bare(link), inode);
    }

    void delete(Path path) throws IOException {
        Path name = bare(path);
        Path file = below(real, name);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            step();
            if (!Files.isDirectory(file)) {
                detachIfLast(name, inode(name));
            }
        }
        Files.delete(file);
        tree.remove(name);
        names.removed(name);
    }

    void rename(Path source, Path target, CopyOption... options) throws IOException {
        Path from = bare(source);
        Path to = bare(target);
        if (!Files.isRegularFile(below(real, from))) {
            throw new IOException("not simulated, or not there: " + from);
        }
        step();
        Inode inode = inode(from);
        NameLog.Entry replaced = tree.get(to);
        if (replaced != null && replaced.inode() != null && replaced.inode() != inode) {
            detachIfLast(to, replaced.inode());
        }
        Files.move(below(real, from), below(real, to), options);
        tree.remove(from);
        tree.put(to, new NameLog.Entry(inode));
        names.renamed(from, to, inode);
    }

    private void detachIfLast(Path name, Inode inode) throws IOException {
        long others = tree.entrySet().stream()
                .filter(entry ->
                        entry.getValue().inode() == inode && !entry.getKey().equals(name))
                .count();
        if (others == 0) {
            inode.detach(below(real, name));
        }
    }

    private void step() {
        if (dead) {
            throw new ProcessDied();
        }
        if (faults.step()) {
            die();
        }
    }

    private void requireLife(Handle handle) {
        if (dead || handle.life != life) {
            throw new ProcessDied();
        }
    }

    private void requireRoom() throws IOException {
        if (faults.full) {
            throw new IOException("simulated: No space left on device");
        }
    }

    private void die() {
        dead = true;
        throw new ProcessDied();
    }

    /** The file under a name; one that Chronicle made is met here, or when its folder is forced. */
    private Inode inode(Path name) {
        NameLog.Entry entry = tree.get(name);
        Inode known = entry == null ? null : entry.inode();
        if (known != null) {
            return known;
        }
        Inode made = Inode.made(name);
        add(name, made);
        return made;
    }

    private void add(Path name, @Nullable Inode inode) {
        tree.put(name, new NameLog.Entry(inode));
        names.added(name, inode);
    }

    private Path realOf(Inode inode, Handle handle) {
        NameLog.Entry entry = tree.get(handle.name);
        if (entry != null && entry.inode() == inode) {
            return below(real, handle.name);
        }
        for (Map.Entry<Path, NameLog.Entry> other : tree.entrySet()) {
            if (other.getValue().inode() == inode) {
                return below(real, other.getKey());
            }
        }
        return below(real, handle.name);
    }

    /** Meets the files that Chronicle made or deleted without asking. */
    private void discover(Path folder) throws IOException {
        for (Path name : List.copyOf(tree.keySet())) {
            Inode inode = tree.get(name).inode();
            if (inode != null && name.startsWith(folder) && !Files.exists(below(real, name))) {
                inode.vanish();
                tree.remove(name);
                names.removed(name);
            }
        }
        try (Stream<Path> found = Files.walk(below(real, folder))) {
            found.sorted().filter(Files::isRegularFile).forEach(file -> inode(ROOT.resolve(real.relativize(file))));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void copyTo(Path next) throws IOException {
        Map<Inode, Path> written = new HashMap<>();
        for (Map.Entry<Path, NameLog.Entry> entry : tree.entrySet()) {
            Inode inode = entry.getValue().inode();
            Path file = below(next, entry.getKey());
            if (inode == null) {
                Files.createDirectories(file);
            } else if (written.containsKey(inode)) {
                Files.createLink(file, written.get(inode));
            } else {
                Pages.read(below(real, entry.getKey())).writeTo(file);
                written.put(inode, file);
            }
        }
    }

    private void cutPower(Path next) throws IOException {
        PowerCutStyle style = PowerCutStyle.draw(random);
        Map<Inode, Path> realNames = new HashMap<>();
        tree.forEach((name, entry) -> {
            if (entry.inode() != null) {
                realNames.putIfAbsent(entry.inode(), below(real, name));
            }
        });
        TreeMap<Path, NameLog.Entry> left = new TreeMap<>();
        Map<Inode, NameLog.Entry> settled = new HashMap<>();
        Map<Inode, Path> written = new HashMap<>();
        for (Map.Entry<Path, NameLog.Entry> entry : names.afterPowerCut(random).entrySet()) {
            Path name = entry.getKey();
            Inode inode = entry.getValue().inode();
            Path file = below(next, name);
            if (inode == null) {
                Files.createDirectories(file);
                left.put(name, entry.getValue());
            } else if (written.containsKey(inode)) {
                Files.createLink(file, written.get(inode));
                left.put(name, settled.get(inode));
            } else {
                Pages content = inode.afterPowerCut(realNames.getOrDefault(inode, below(real, name)), style, random);
                content.writeTo(file);
                written.put(inode, file);
                settled.put(inode, new NameLog.Entry(Inode.settled(name, content)));
                left.put(name, settled.get(inode));
            }
        }
        tree.clear();
        tree.putAll(left);
        names.settle(tree);
    }

    private static Path below(Path root, Path name) {
        return root.resolve(ROOT.relativize(name));
    }

    private static Path bare(Path path) {
        Path bare = path instanceof SimulatedPath simulated ? simulated.bare() : path;
        return ROOT.resolve(bare).normalize();
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
