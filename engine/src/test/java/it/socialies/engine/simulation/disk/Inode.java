// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A file under whatever names: what is durable of it, and which sectors a process wrote since. Writes through a channel are noted; what Chronicle writes
 * through a mapping is found by comparing. One thread.
 */
final class Inode {
    private final boolean mapped;
    private Pages durable;
    private final TreeSet<Long> written = new TreeSet<>();

    /**
     * Sectors whose write-back failed. The system takes them for clean, readers see the new content, no later sync writes them; as Linux has it. Only
     * who writes them again makes them dirty again.
     */
    private final Map<Long, byte[]> forgotten = new HashMap<>();

    private int syncFailures;

    /** What the file held when its last name was taken away; its durable name may yet come back. */
    private @Nullable Pages last;

    private Inode(boolean mapped, Pages durable) {
        this.mapped = mapped;
        this.durable = durable;
    }

    /** A file that a process just made: nothing of it is durable. */
    static Inode made(Path name) {
        return new Inode(isMapped(name), new Pages());
    }

    /** A file all of which is durable. */
    static Inode settled(Path name, Pages content) {
        return new Inode(isMapped(name), content);
    }

    private static boolean isMapped(Path name) {
        String text = String.valueOf(name.getFileName());
        return text.endsWith(".cq4") || text.endsWith(".cq4t");
    }

    void onWrite(long position, int length) {
        if (length > 0) {
            for (long sector = position / Pages.SECTOR; sector <= (position + length - 1) / Pages.SECTOR; sector++) {
                written.add(sector);
                forgotten.remove(sector);
            }
        }
    }

    /** What lies behind the new end reads as zeros from now on. */
    void onTruncate(long newSize) {
        for (long sector : durable.numbers()) {
            if ((sector + 1) * Pages.SECTOR > newSize) {
                written.add(sector);
                forgotten.remove(sector);
            }
        }
    }

    /** The last name goes: what it holds is kept here. */
    void detach(Path real) throws IOException {
        last = Pages.read(real);
    }

    /** The last name went unseen, and with it what was not durable. */
    void vanish() {
        last = durable.copy();
        written.clear();
    }

    /** Everything written is durable. */
    void sync(Path real) throws IOException {
        NavigableMap<Long, byte[]> dirty = dirty(real);
        dirty.forEach(durable::put);
        written.clear();
        durable.size(Files.size(real));
    }

    /** Syncs of it that failed. */
    int syncFailures() {
        return syncFailures;
    }

    /** Each written sector is durable or forgotten. */
    void failSync(Path real, SplittableRandom random) throws IOException {
        syncFailures++;
        NavigableMap<Long, byte[]> dirty = dirty(real);
        dirty.forEach((sector, content) -> {
            if (random.nextBoolean()) {
                durable.put(sector, content);
            } else {
                forgotten.put(sector, content);
            }
        });
        written.clear();
        durable.size(Files.size(real));
    }

    private NavigableMap<Long, byte[]> dirty(Path real) throws IOException {
        NavigableMap<Long, byte[]> dirty = new TreeMap<>();
        if (last != null) {
            Pages content = last;
            for (long sector : written) {
                byte[] held = content.sector(sector);
                dirty.put(sector, held == null ? new byte[Pages.SECTOR] : held);
            }
            if (mapped) {
                for (long sector : content.numbers()) {
                    addIfDirty(dirty, sector, content.sector(sector));
                }
            }
        } else if (mapped) {
            durable.scanBeside(real, (sector, content) -> addIfDirty(dirty, sector, content));
        } else {
            readWritten(real, dirty);
        }
        return dirty;
    }

    private void addIfDirty(Map<Long, byte[]> dirty, long sector, byte[] content) {
        byte[] passedOver = forgotten.get(sector);
        if (!durable.holds(sector, content) && (passedOver == null || !Arrays.equals(passedOver, content))) {
            dirty.put(sector, content.clone());
        }
    }

    private void readWritten(Path real, Map<Long, byte[]> dirty) throws IOException {
        if (written.isEmpty()) {
            return;
        }
        try (FileChannel channel = FileChannel.open(real, StandardOpenOption.READ)) {
            for (long sector : written) {
                ByteBuffer content = ByteBuffer.allocate(Pages.SECTOR);
                channel.read(content, sector * Pages.SECTOR);
                dirty.put(sector, content.array());
            }
        }
    }

    /** What the disk holds after the power went: of what was not synchronised each sector, a beginning, or nothing; and damage where it was being written. */
    Pages afterPowerCut(Path real, PowerCutStyle style, SplittableRandom random) throws IOException {
        NavigableMap<Long, byte[]> dirty = dirty(real);
        Pages left = durable.copy();
        long sizeNow = last != null ? last.size() : Files.size(real);
        left.size(random.nextBoolean() ? sizeNow : durable.size());
        int count = dirty.size();
        int prefix = count == 0 ? 0 : random.nextInt(count + 1);
        int place = 0;
        for (Map.Entry<Long, byte[]> entry : dirty.entrySet()) {
            long sector = entry.getKey();
            if (style.survives(place++, prefix, random) && sector * Pages.SECTOR < left.size()) {
                left.put(sector, entry.getValue());
            }
        }
        if (style.tears() && prefix < count) {
            long sector =
                    dirty.navigableKeySet().stream().skip(prefix).findFirst().orElseThrow();
            // A sector that held something durable is written whole or not at all: the disk promises that much.
            if (sector * Pages.SECTOR < left.size() && durable.sector(sector) == null) {
                left.put(sector, torn(dirty.get(sector), random));
            }
        }
        return left;
    }

    private static byte[] torn(byte[] content, SplittableRandom random) {
        byte[] torn = content.clone();
        int end = random.nextInt(Pages.SECTOR);
        for (int i = end; i < Pages.SECTOR; i++) {
            torn[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 0);
        }
        torn[random.nextInt(Pages.SECTOR)] ^= (byte) (1 << random.nextInt(8));
        return torn;
    }

    void flip(long offset, int bit) {
        long sector = offset / Pages.SECTOR;
        byte[] known = durable.sector(sector);
        byte[] content = known == null ? new byte[Pages.SECTOR] : known.clone();
        content[(int) (offset % Pages.SECTOR)] ^= (byte) (1 << bit);
        durable.put(sector, content);
    }

    /** What is durable. */
    Pages durable() {
        return durable;
    }
}
