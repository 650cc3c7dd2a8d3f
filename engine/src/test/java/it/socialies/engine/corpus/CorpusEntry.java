// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A data folder as a released format wrote it, kept for ever: {@code folder.zip}, and in {@code figures.properties} what it comes to.
 *
 * @param name of its folder: the format's version and, where one version has several, a word
 */
record CorpusEntry(String name, Path resources) {
    private static final int BLOCK = 4096;
    /** So that equal folders give equal archives. */
    private static final long STAMP_MS = 1_700_000_000_000L;

    /** Everything there is. */
    static List<CorpusEntry> all() {
        try (Stream<Path> folders = Files.list(root())) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(folder -> new CorpusEntry(folder.getFileName().toString(), folder))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CorpusEntry named(String name) {
        return new CorpusEntry(name, root().resolve(name));
    }

    private static Path root() {
        return Path.of("src", "test", "resources", "corpus");
    }

    Properties figures() throws IOException {
        Properties figures = new Properties();
        try (InputStream in = Files.newInputStream(resources.resolve("figures.properties"))) {
            figures.load(in);
        }
        return figures;
    }

    /** Unpacks the folder; blocks of zeros become holes again. */
    void unpack(Path target) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(resources.resolve("folder.zip")))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = target.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                write(zip, file);
            }
        }
    }

    private static void write(InputStream in, Path file) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            long at = 0;
            for (byte[] block = in.readNBytes(BLOCK); block.length > 0; block = in.readNBytes(BLOCK)) {
                if (!isZeros(block)) {
                    out.seek(at);
                    out.write(block);
                }
                at += block.length;
            }
            out.setLength(at);
        }
    }

    private static boolean isZeros(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** Packs history, snapshots and archive of a folder, and what they come to. */
    void pack(Path folder, Properties figures) throws IOException {
        Files.createDirectories(resources);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(resources.resolve("folder.zip")))) {
            zip.setLevel(9);
            for (String part : List.of("commit-log", "journal", "journal-archive", "snapshots")) {
                pack(folder, folder.resolve(part), zip);
            }
        }
        try (OutputStream out = Files.newOutputStream(resources.resolve("figures.properties"))) {
            figures.store(out, "What " + name + " comes to");
        }
    }

    private static void pack(Path root, Path part, ZipOutputStream zip) throws IOException {
        try (Stream<Path> files = Files.walk(part)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (file.toString().endsWith(".lock")) {
                    continue;
                }
                ZipEntry entry = new ZipEntry(root.relativize(file).toString());
                entry.setTime(STAMP_MS);
                zip.putNextEntry(entry);
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
    }
}
