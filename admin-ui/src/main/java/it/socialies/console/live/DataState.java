// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.live;

/**
 * How far what the pages show goes, and how far behind the core that is.
 *
 * @param isSandbox an installation for trying
 * @param sequence last record in the rows, or of the last time that the rows could be read
 * @param lagRecords durable records that the rows do not have yet; 0 when the gateway cannot tell
 * @param lagMs for how long the oldest of them has been missing, milliseconds
 * @param beat another one every few seconds: a page that hears nothing any more shows figures of the past
 */
public record DataState(Health health, boolean isSandbox, long sequence, long lagRecords, long lagMs, long beat) {
    /** Nobody has asked yet. */
    public static final DataState UNKNOWN = new DataState(Health.UNKNOWN, false, 0, 0, 0, 0);

    /** Whether what is shown can be relied upon to be the present. */
    public enum Health {
        UNKNOWN,
        CURRENT,
        LAGGING,
        GATEWAY_AWAY,
        PROJECTION_AWAY,
        BOTH_AWAY
    }
}
