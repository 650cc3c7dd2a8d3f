// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A real file. {@link #sync()} is {@code FileChannel.force(false)}: fdatasync on Linux. */
public final class ChannelLogFile implements LogFile {
    private final FileChannel channel;

    private ChannelLogFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Opens an existing file for reading and writing. */
    public static ChannelLogFile open(Path path) throws IOException {
        return new ChannelLogFile(FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** Opens an existing file that this process will not write to. */
    public static ChannelLogFile openToRead(Path path) throws IOException {
        return new ChannelLogFile(FileChannel.open(path, StandardOpenOption.READ));
    }

    /** Creates an empty file, or empties the one there is. */
    public static ChannelLogFile create(Path path) throws IOException {
        return new ChannelLogFile(FileChannel.open(
                path,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING));
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int write(ByteBuffer src, long position) throws IOException {
        int written = 0;
        while (src.hasRemaining()) {
            written += channel.write(src, position + written);
        }
        return written;
    }

    @Override
    public int read(ByteBuffer dst, long position) throws IOException {
        int done = 0;
        while (dst.hasRemaining()) {
            int read = channel.read(dst, position + done);
            if (read < 0) {
                break;
            }
            done += read;
        }
        return done;
    }

    @Override
    public void sync() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
