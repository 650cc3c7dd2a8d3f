// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import it.socialies.engine.journal.files.LogFiles;
import java.nio.file.Path;
import java.util.function.ToLongFunction;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * What the engine takes from the machine; a test passes its own.
 *
 * @param epochClock wall clock, milliseconds
 * @param nanoClock monotonic clock
 * @param logFiles file operations under the commit log
 * @param usableBytes free space of the disk under a folder
 * @param halt ends the process on doubt
 */
public record EngineEnvironment(
        EpochClock epochClock, NanoClock nanoClock, LogFiles logFiles, ToLongFunction<Path> usableBytes, Halt halt) {

    /** The real machine. */
    public static final EngineEnvironment MACHINE = new EngineEnvironment(
            SystemEpochClock.INSTANCE,
            SystemNanoClock.INSTANCE,
            LogFiles.REAL,
            folder -> folder.toFile().getUsableSpace(),
            Halt.PROCESS);
}
