// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A small file system of its own in a file, so that it can be filled without harm to anybody else. It is ext4 on a loop device, and what is synchronised
 * on it is synchronised on the disk below. Needs root. One thread.
 */
final class SmallDisk implements AutoCloseable {
    private static final String BALLAST = "ballast";
    /** The image holds the secrets of the installation on it. */
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final int FILL_BYTES = 64 << 10;

    private final Path image;
    private final Path mountPoint;
    private boolean mounted;

    private SmallDisk(Path image, Path mountPoint) {
        this.image = image;
        this.mountPoint = mountPoint;
    }

    /** Why there can be none here, Italian and English; empty when there can. */
    static String hindrance() {
        if (!Shell.isRoot()) {
            return "serve root | needs root";
        }
        return Shell.has("mkfs.ext4") && Shell.has("mount") && Shell.has("fallocate")
                ? ""
                : "mancano mkfs.ext4, mount o fallocate | mkfs.ext4, mount or fallocate is missing";
    }

    /**
     * Makes one and mounts it.
     *
     * @param folder for the image and the mount point
     * @param bytes its size; the image takes no more room than is used of it
     * @throws IOException when this machine does not allow it
     */
    static SmallDisk create(Path folder, long bytes) throws IOException {
        SmallDisk disk = new SmallDisk(folder.resolve("disk.img"), folder.resolve("disk"));
        try (FileChannel channel = FileChannel.open(
                disk.image, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY)) {
            channel.write(ByteBuffer.allocate(1), bytes - 1);
        }
        Files.createDirectories(disk.mountPoint);
        // No blocks kept aside for root, who is the one that writes here.
        Shell.run("mkfs.ext4", "-q", "-m", "0", disk.image.toString());
        Shell.run("mount", "-o", "loop", disk.image.toString(), disk.mountPoint.toString());
        disk.mounted = true;
        return disk;
    }

    Path root() {
        return mountPoint;
    }

    /** Takes room until so much is left; never more than there is. */
    void leave(long bytes) throws IOException {
        long takenBytes = freeBytes() - bytes;
        if (takenBytes > 0) {
            Shell.run("fallocate", "-l", Long.toString(takenBytes), ballast().toString());
        }
    }

    /** Takes all of it, to the last block. */
    void fill() throws IOException {
        leave(32L << 20);
        try (FileChannel channel = FileChannel.open(
                ballast(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (channel.write(ByteBuffer.allocateDirect(FILL_BYTES)) > 0) {
                // until the disk is full
            }
        } catch (IOException e) {
            if (freeBytes() > FILL_BYTES) {
                throw e;
            }
        }
    }

    /** Gives back what was taken. */
    void release() throws IOException {
        Files.deleteIfExists(ballast());
    }

    private Path ballast() {
        return mountPoint.resolve(BALLAST);
    }

    long freeBytes() throws IOException {
        return Files.getFileStore(mountPoint).getUsableSpace();
    }

    /** Unmounts it; the image stays. */
    @Override
    public void close() throws IOException {
        if (mounted) {
            mounted = false;
            release();
            Shell.run("umount", mountPoint.toString());
        }
    }
}
