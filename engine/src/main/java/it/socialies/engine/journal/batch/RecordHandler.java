// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.batch;

import org.agrona.DirectBuffer;

/** Receives durable records in the order of their sequences. The buffer is valid only during the call. */
@FunctionalInterface
public interface RecordHandler {
    void onRecord(DirectBuffer buffer, int offset, int length);
}
