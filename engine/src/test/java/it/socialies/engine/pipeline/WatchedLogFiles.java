// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import it.socialies.engine.journal.files.LogFile;
import it.socialies.engine.journal.files.LogFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Real files whose syncs a test can watch and fail. */
final class WatchedLogFiles implements LogFiles {
    /** Runs before every sync. */
    Runnable beforeSync = () -> {};

    boolean failSync;
    int syncs;

    @Override
    public LogFile open(Path path) throws IOException {
        return new Watched(LogFiles.REAL.open(path));
    }

    @Override
    public LogFile create(Path path) throws IOException {
        return new Watched(LogFiles.REAL.create(path));
    }

    private final class Watched implements LogFile {
        private final LogFile file;

        Watched(LogFile file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int write(ByteBuffer src, long position) throws IOException {
            return file.write(src, position);
        }

        @Override
        public int read(ByteBuffer dst, long position) throws IOException {
            return file.read(dst, position);
        }

        @Override
        public void sync() throws IOException {
            syncs++;
            beforeSync.run();
            if (failSync) {
                throw new IOException("injected: fdatasync failed");
            }
            file.sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
