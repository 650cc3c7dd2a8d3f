// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process that the node started owes it. Stateless. */
public final class BesideTheNode {
    /** Where Linux reads which process to take first, and the strongest such wish. */
    private static final Path TAKE_ME_FIRST = Path.of("/proc/self/oom_score_adj");

    private static final String MOST_WILLING = "1000";

    private BesideTheNode() {}

    /** Ends this process when the one that started it ends; offers its memory first, should the machine run out of it. */
    public static void giveWay(int exitCode) {
        ProcessHandle parent = ProcessHandle.current().parent().orElse(null);
        if (parent != null) {
            var unused = parent.onExit().thenRun(() -> Runtime.getRuntime().halt(exitCode));
        }
        try {
            Files.writeString(TAKE_ME_FIRST, MOST_WILLING);
        } catch (IOException e) {
            System.out.println("the kernel does not let this process go first when memory runs out: " + e);
        }
    }
}
