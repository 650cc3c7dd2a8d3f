// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.reader;

import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalDamaged;
import org.jspecify.annotations.Nullable;

/**
 * Where a reader of the journal stopped, and why.
 *
 * @param chain behind the last good batch
 * @param lastIndex Chronicle's index of that batch, -1 when there is none
 * @param lastOffset where it lies in the file of its day, -1 when there is none
 * @param lastPosition of that batch in the commit log, -1 when there is none
 * @param endPosition behind that batch in the commit log, 0 when there is none
 * @param damage what stopped the reader; null when there was nothing more
 */
public record JournalEnd(
        Chain chain,
        long lastIndex,
        long lastOffset,
        long lastPosition,
        long endPosition,
        @Nullable JournalDamaged damage) {

    public static JournalEnd of(JournalTailer tailer, @Nullable JournalDamaged damage) {
        return new JournalEnd(
                tailer.chain().copy(),
                tailer.lastIndex(),
                tailer.lastOffset(),
                tailer.lastPosition(),
                tailer.endPosition(),
                damage);
    }

    /** The same place with another reason to stop there. */
    public JournalEnd with(@Nullable JournalDamaged newDamage) {
        return new JournalEnd(chain, lastIndex, lastOffset, lastPosition, endPosition, newDamage);
    }
}
