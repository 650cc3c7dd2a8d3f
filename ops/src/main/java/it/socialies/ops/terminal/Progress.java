// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.terminal;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how far something long has come: a bar on a terminal, one line at its end elsewhere. Any thread may step. */
public final class Progress implements AutoCloseable {
    private static final int UPDATE_INTERVAL_MS = 250;

    private final PrintStream out;
    private final String name;
    private final long startNs = System.nanoTime();
    private final @Nullable ProgressBar bar;
    /** What the line at the end tells. */
    private volatile long steps;

    private Progress(PrintStream out, String name, long steps, @Nullable ProgressBar bar) {
        this.out = out;
        this.name = name;
        this.steps = steps;
        this.bar = bar;
    }

    public static Progress start(PrintStream out, String name, long steps) {
        // The scripts look: System.console() answers differently from JDK to JDK.
        boolean terminal = Boolean.getBoolean("ies.terminal");
        ProgressBar bar = !terminal
                ? null
                : new ProgressBarBuilder()
                        .setTaskName(name)
                        .setInitialMax(steps)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(UPDATE_INTERVAL_MS)
                        .showSpeed()
                        .build();
        return new Progress(out, name, steps, bar);
    }

    public void step() {
        if (bar != null) {
            bar.step();
        }
    }

    /** Goes to a step, which may turn out to be the last one. */
    public void reach(long step) {
        steps = step;
        if (bar != null) {
            bar.stepTo(step);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        } else {
            out.printf("%s: %,d (%.1f s)%n", name, steps, (System.nanoTime() - startNs) / 1e9);
            out.flush();
        }
    }
}
