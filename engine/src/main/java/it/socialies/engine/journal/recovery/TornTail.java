// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.recovery;

import it.socialies.engine.journal.files.ChannelLogFile;
import it.socialies.engine.journal.files.Folders;
import it.socialies.engine.journal.files.LogFile;
import it.socialies.engine.protocol.BatchDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The remains of a write that was never synchronised, so never acknowledged.
 *
 * @param position in the commit log
 * @param length whole blocks, in bytes
 */
public record TornTail(long position, int length) {

    /** Keeps the bytes in {@code folder}, then zeroes the blocks. Interrupted, it can be repeated: at worst the bytes are kept twice. */
    void cut(LogFile file, long capacity, Path folder, RecoveryReport report) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(length);
        file.read(bytes, position % capacity);
        Path kept = unusedName(folder);
        Files.createFile(kept);
        try (LogFile copy = ChannelLogFile.open(kept)) {
            copy.write(bytes.flip(), 0);
            copy.sync();
        }
        Folders.force(folder);
        file.write(ByteBuffer.allocateDirect(length), position % capacity);
        file.sync();
        report.add("commit log: a torn tail of " + length + " bytes at log position " + position
                + " was cut; nothing in it was ever acknowledged; its bytes are kept in " + kept);
    }

    private Path unusedName(Path folder) {
        Path name = folder.resolve("torn-" + position + ".bin");
        for (int i = 1; Files.exists(name); i++) {
            name = folder.resolve("torn-" + position + "-" + i + ".bin");
        }
        return name;
    }

    /** Bytes from {@code position} to the end of its lap, at most one batch. */
    public static int longest(long position, long capacity) {
        return (int) Math.min(BatchDescriptor.MAX_BATCH_LENGTH, capacity - position % capacity);
    }
}
