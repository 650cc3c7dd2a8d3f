// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.files;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The file operations under the commit log, passed in so that a simulator can lose, tear and fail them. One thread at a time. */
public interface LogFile extends AutoCloseable {
    long size() throws IOException;

    /** Writes all remaining bytes; nothing is durable before {@link #sync()} returns. */
    int write(ByteBuffer src, long position) throws IOException;

    /** Reads until {@code dst} is full or the file ends; returns the bytes read. */
    int read(ByteBuffer dst, long position) throws IOException;

    /** Returns when everything written is on the disk (fdatasync). After a failure nothing is known about any unsynchronised write. */
    void sync() throws IOException;

    @Override
    void close() throws IOException;
}
