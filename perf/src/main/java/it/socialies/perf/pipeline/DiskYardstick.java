// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.pipeline;

import it.socialies.engine.journal.files.ChannelLogFile;
import it.socialies.perf.suite.Measurements;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What this disk takes for a write and its fdatasync into a file that is filled already, as the commit log is, and nothing else going on. */
final class DiskYardstick {
    static final String SERIES = "disk alone: write + fdatasync";

    private static final int FILE_BYTES = 64 << 20;
    private static final int KIB = 1024;

    private DiskYardstick() {}

    static void measure(Measurements to, Path file, int seconds, int... writeKib) throws IOException {
        ChannelLogFile log = ChannelLogFile.create(file);
        try {
            log.write(ByteBuffer.allocateDirect(FILE_BYTES), 0);
            log.sync();
            for (int kib : writeKib) {
                to.progress(SERIES + ", " + kib + " KiB");
                Histogram ns = new Histogram(3);
                double took = write(log, ByteBuffer.allocateDirect(kib * KIB), seconds, ns);
                to.row(SERIES, kib + " KiB")
                        .figure("syncs", ns.getTotalCount() / took, "1/s")
                        .latency(ns)
                        .done();
            }
        } finally {
            log.close();
        }
    }

    /** Returns the seconds it took. */
    private static double write(ChannelLogFile log, ByteBuffer bytes, int seconds, Histogram ns) throws IOException {
        long startNs = System.nanoTime();
        long endNs = startNs + TimeUnit.SECONDS.toNanos(seconds);
        long position = 0;
        long beforeNs = startNs;
        while (beforeNs < endNs) {
            bytes.clear();
            log.write(bytes, position);
            log.sync();
            long nowNs = System.nanoTime();
            ns.recordValue(nowNs - beforeNs);
            beforeNs = nowNs;
            position = (position + bytes.capacity()) % FILE_BYTES;
        }
        return (beforeNs - startNs) / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
