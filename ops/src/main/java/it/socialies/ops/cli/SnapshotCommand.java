// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import it.socialies.engine.core.ClearingCore;
import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.snapshot.SnapshotFiles;
import it.socialies.engine.snapshot.SnapshotResult;
import it.socialies.engine.snapshot.SnapshotResult.Outcome;
import it.socialies.engine.snapshot.SnapshotSettings;
import it.socialies.engine.snapshot.SnapshotTaker;
import it.socialies.ops.data.DataFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.agrona.concurrent.SystemNanoClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes a snapshot by hand, beside a running node or while none runs. */
@Command(
        name = "snapshot",
        mixinStandardHelpOptions = true,
        description = "Scrive un'istantanea, con il nodo acceso o spento | takes a snapshot, node running or not.")
final class SnapshotCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--reserve-bytes",
            paramLabel = "N",
            description =
                    "Spazio da lasciare libero sul disco, predefinito | free space to leave on the disk, default: "
                            + "${DEFAULT-VALUE}")
    private long reserveBytes = SnapshotSettings.DEFAULTS.storageReserveBytes();

    @Override
    public Integer call() throws IOException {
        DataFolder folder = data.folder();
        long startNs = System.nanoTime();
        SnapshotResult result = new SnapshotTaker(
                        folder.engine(),
                        SnapshotFiles.REAL,
                        SnapshotSettings.DEFAULTS.withStorageReserveBytes(reserveBytes),
                        () -> new ClearingCore(CoreLimits.defaults(), new SecureRandom().nextLong()),
                        SystemNanoClock.INSTANCE)
                .take();
        print(result, (System.nanoTime() - startNs) / 1e9, System.out);
        return result.outcome() == Outcome.WRITTEN || result.outcome() == Outcome.NOTHING_NEW
                ? Ies.AGREED
                : Ies.DISAGREED;
    }

    private static void print(SnapshotResult result, double seconds, PrintStream out) {
        result.notes().forEach(out::println);
        switch (result.outcome()) {
            case WRITTEN ->
                out.printf(
                        Locale.ROOT,
                        "Istantanea alla registrazione | snapshot at record %d: %,d byte, %.1f s%n"
                                + "  da | from %d: %,d ms, rigiocate | replayed %,d: %,d ms, scritta | written: %,d ms%n",
                        result.sequence(),
                        result.bytes(),
                        seconds,
                        result.baseSequence(),
                        result.restoreMs(),
                        result.replayedRecords(),
                        result.replayMs(),
                        result.writeMs());
            case NOTHING_NEW ->
                out.println("Niente di nuovo dopo la registrazione | nothing new behind record " + result.sequence());
            case BUSY ->
                out.println("Un altro processo sta scrivendo un'istantanea | another process is taking a snapshot");
            case STORAGE_LOW ->
                out.printf(
                        Locale.ROOT,
                        "Poco spazio: servono %,d byte oltre alla riserva | too little free space: it takes %,d bytes on top of"
                                + " the reserve%n",
                        result.bytes(),
                        result.bytes());
        }
    }
}
