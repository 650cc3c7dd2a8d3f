// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.pipeline;

import it.socialies.engine.journal.files.LogFile;
import it.socialies.engine.journal.files.LogFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Real files whose sync does nothing: what the engine would do if nothing had to be durable. For comparison only. */
final class NoSyncLogFiles implements LogFiles {
    @Override
    public LogFile open(Path path) throws IOException {
        return new NoSync(LogFiles.REAL.open(path));
    }

    @Override
    public LogFile create(Path path) throws IOException {
        return new NoSync(LogFiles.REAL.create(path));
    }

    private record NoSync(LogFile file) implements LogFile {
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
        public void sync() {
            // What is measured is the rest.
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
