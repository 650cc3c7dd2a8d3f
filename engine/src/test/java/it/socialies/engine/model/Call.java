// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

/**
 * A command or query that reached its own checks.
 *
 * @param command the message
 * @param stampMs the stamp that its record would have
 * @param epochDay the date of that stamp in Italy
 */
record Call(Frame frame, Message command, long stampMs, int epochDay) {
    int circuitId() {
        return frame.circuitId();
    }

    long number(String field) {
        return command.number(field);
    }
}
