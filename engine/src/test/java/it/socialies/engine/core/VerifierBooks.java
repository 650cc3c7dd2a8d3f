// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.verifier.history.Entry;
import it.socialies.verifier.history.NotAsWritten;
import it.socialies.verifier.history.Place;
import it.socialies.verifier.money.Books;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** The standalone verifier's books over a journal in memory. */
final class VerifierBooks {
    private VerifierBooks() {}

    /** The record that the books stop at; null when they balance. */
    static @Nullable Long firstWrong(final List<DirectBuffer> records) {
        final Books books = new Books();
        try {
            for (final DirectBuffer record : records) {
                final byte[] bytes = new byte[record.capacity()];
                record.getBytes(0, bytes);
                final Entry entry = Entry.at(bytes, 0, bytes.length);
                assertThat(entry).isNotNull();
                books.onRecord(entry, new Place("memory", 0));
            }
            return null;
        } catch (final NotAsWritten wrong) {
            return wrong.firstSequence();
        }
    }
}
