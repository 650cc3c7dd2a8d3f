// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import it.socialies.engine.journal.files.LogFile;
import it.socialies.engine.journal.files.LogFiles;
import it.socialies.engine.measures.Distribution;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.concurrent.NanoClock;

/** Measures how long each sync of the commit log takes: what every answer waits for. Threading: as the file's. */
record TimedLogFiles(LogFiles files, NanoClock nanoClock, Distribution syncNs) implements LogFiles {
    @Override
    public LogFile open(Path path) throws IOException {
        return new Timed(files.open(path), nanoClock, syncNs);
    }

    @Override
    public LogFile create(Path path) throws IOException {
        return new Timed(files.create(path), nanoClock, syncNs);
    }

    private record Timed(LogFile file, NanoClock nanoClock, Distribution syncNs) implements LogFile {
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
            long startNs = nanoClock.nanoTime();
            file.sync();
            syncNs.record(nanoClock.nanoTime() - startNs);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
