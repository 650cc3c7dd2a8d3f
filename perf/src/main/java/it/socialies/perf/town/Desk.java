// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.town;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Where the town's commands are handed in, each under a new key; every one must be accepted.
 *
 * <p>Threading: one thread hands in; who hears of records may be another one.
 */
public interface Desk {
    /**
     * Hands in a command, perhaps without waiting for its answer.
     *
     * @param onRecord hears of the record, in the order of the commands
     */
    void submit(Principal who, Message message, Consumer<Events> onRecord);

    /**
     * Waits for all answers.
     *
     * @throws IllegalStateException when a command was refused
     */
    void await();

    /** The installation's time, in milliseconds since the epoch. */
    long nowMs();

    /** Hands in a command and waits for its record. */
    default Events ask(Principal who, Message message) {
        AtomicReference<Events> record = new AtomicReference<>();
        submit(who, message, record::set);
        await();
        return record.get();
    }
}
