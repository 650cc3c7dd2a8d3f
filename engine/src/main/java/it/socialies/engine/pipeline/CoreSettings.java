// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

/**
 * Settings of the {@link CoreAgent}.
 *
 * @param commandsPerDuty commands taken between two readings of the clocks
 * @param ticksPerDuty steps of due work between two looks at the command ring
 * @param tickIntervalMs milliseconds between ticks while commands keep coming; an idle core ticks at every new millisecond
 * @param clockStepLimitMs a step of the wall clock beyond it, in milliseconds, is implausible
 */
public record CoreSettings(int commandsPerDuty, int ticksPerDuty, long tickIntervalMs, long clockStepLimitMs) {

    /** 64 commands, 8 ticks, every 100 ms, 5 minutes. */
    public static final CoreSettings DEFAULTS = new CoreSettings(64, 8, 100, 5 * 60_000);

    public CoreSettings {
        if (commandsPerDuty <= 0 || ticksPerDuty <= 0 || tickIntervalMs <= 0 || clockStepLimitMs <= 0) {
            throw new IllegalArgumentException("every setting of the core agent must be positive");
        }
    }
}
