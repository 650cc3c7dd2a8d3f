// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.logs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.CountingNoOpAppender;
import org.apache.logging.log4j.core.config.Configurator;

/** Turns the logs to their files. Before that, lines go to standard output as JSON. Threading: once, by the thread that starts the process. */
public final class Logs {
    /** What goes to standard output besides the files. */
    public enum Console {
        /** Readable lines when it is a terminal, else nothing. */
        AUTO,
        /** Readable lines. */
        TEXT,
        /** The JSON of the files, for a collector. */
        JSON,
        /** Nothing. */
        OFF
    }

    /**
     * How much is written and kept.
     *
     * @param folder of the files; made when it is not there
     * @param bytesMax of old files of one kind together; the oldest go first
     * @param daysMax after which an old file goes
     * @param access whether each request leaves a line
     */
    public record Settings(Path folder, long bytesMax, int daysMax, boolean access, Console console) {
        /** An old file is at most a sixteenth of what is kept. */
        private static final int FILES = 16;

        long fileBytesMax() {
            return bytesMax / FILES;
        }
    }

    private Logs() {}

    /** Starts writing to the files. */
    public static void start(Settings settings) {
        // log4j2.xml reads these.
        System.setProperty("ies.log4j.folder", settings.folder().toString());
        System.setProperty("ies.log4j.file-bytes", Long.toString(settings.fileBytesMax()));
        System.setProperty("ies.log4j.bytes-max", Long.toString(settings.bytesMax()));
        System.setProperty("ies.log4j.age-max", "P" + settings.daysMax() + "D");
        System.setProperty("ies.log4j.access-level", settings.access() ? "INFO" : "OFF");
        System.setProperty("ies.log4j.console", console(settings.console()));
        Configurator.reconfigure();
    }

    /** Lines of the access log that were dropped because the disk did not follow. */
    public static long droppedAccessLines() {
        Appender dropped = LoggerContext.getContext(false).getConfiguration().getAppender("accessDropped");
        return dropped instanceof CountingNoOpAppender counting ? counting.getCount() : 0;
    }

    private static String console(Console console) {
        return switch (console) {
            case AUTO -> isTerminal() ? "text" : "off";
            case TEXT -> "text";
            case JSON -> "json";
            case OFF -> "off";
        };
    }

    /** {@code System.console()} no longer tells: since JDK 22 there is one without a terminal. Elsewhere than on Linux the answer is no. */
    private static boolean isTerminal() {
        try {
            Path output = Files.readSymbolicLink(Path.of("/proc/self/fd/1"));
            return output.startsWith("/dev/pts") || output.toString().startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }
}
