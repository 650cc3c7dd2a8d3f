// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

/**
 * What the projector shows of itself. Immutable.
 *
 * @param reason why it is not running, in English, with the remedy where there is one; empty while it runs
 * @param lastSequence last record known to be in Postgres; the lag is the durable sequence less this
 * @param lastTimestampMs stamp of that record
 */
public record ProjectionStatus(ProjectionState state, String reason, long lastSequence, long lastTimestampMs) {
    static final ProjectionStatus NOT_CONNECTED =
            new ProjectionStatus(ProjectionState.WAITING_FOR_POSTGRES, "not connected yet", 0, 0);
}
