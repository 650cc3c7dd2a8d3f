// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.cards;

import it.socialies.engine.core.collections.ByteColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.CoreTags;
import it.socialies.engine.core.kernel.Digest;
import it.socialies.engine.core.kernel.DigestColumn;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.protocol.EntityHash;
import it.socialies.engine.protocol.sbe.Digest256Decoder;

/**
 * The PIN of each card as a verifier, which is a keyed HMAC made outside; the key never enters the core. Columns by card id. The verifiers are in
 * {@code coreHash}, never in {@code ledgerHash}.
 */
public final class Pins implements StateTable {
    private final Cards cards;
    private final HashSums sums;
    private final DigestColumn verifier;
    private final ByteColumn pepperVersion;
    private final ByteColumn tries;
    private final ByteColumn locks;
    private final LongColumn lockedUntilMs;

    /** PINs of at most {@code max} cards. */
    public Pins(final int max, final Cards cards, final HashSums sums) {
        this.cards = cards;
        this.sums = sums;
        verifier = new DigestColumn(max);
        pepperVersion = new ByteColumn(max);
        tries = new ByteColumn(max);
        locks = new ByteColumn(max);
        lockedUntilMs = new LongColumn(max);
    }

    void set(final long cardId, final int pepperVersion, final Digest256Decoder verifier) {
        removeHash(cardId);
        this.verifier.set(cardId, verifier);
        this.pepperVersion.set(cardId, (byte) pepperVersion);
        tries.set(cardId, (byte) 0);
        locks.set(cardId, (byte) 0);
        lockedUntilMs.set(cardId, 0);
        sums.addCore(hash(cardId));
    }

    void attempt(final long cardId, final int tries, final int locks, final long lockedUntilMs) {
        removeHash(cardId);
        this.tries.set(cardId, (byte) tries);
        this.locks.set(cardId, (byte) locks);
        this.lockedUntilMs.set(cardId, lockedUntilMs);
        sums.addCore(hash(cardId));
    }

    /** True when a PIN was set. */
    public boolean isSet(final long cardId) {
        return verifier.isSet(cardId);
    }

    /** True when this is the verifier of the card; compared in constant time. */
    public boolean matches(final long cardId, final Digest digest) {
        return verifier.matches(cardId, digest);
    }

    /** Version of the pepper the verifier was made with. */
    public int pepperVersion(final long cardId) {
        return pepperVersion.get(cardId);
    }

    /** Wrong PINs since the last right one. */
    public int tries(final long cardId) {
        return tries.get(cardId);
    }

    /** Locks since the desk last saw the holder. */
    public int locks(final long cardId) {
        return locks.get(cardId);
    }

    /** Until when the PIN is locked, in milliseconds; 0 when never locked. */
    public long lockedUntilMs(final long cardId) {
        return lockedUntilMs.get(cardId);
    }

    @Override
    public void visit(final StateFields fields) {
        verifier.visit(fields, "pins.verifier");
        pepperVersion.visit(fields, "pins.pepper_version");
        tries.visit(fields, "pins.tries");
        locks.visit(fields, "pins.locks");
        lockedUntilMs.visit(fields, "pins.locked_until_ms");
    }

    @Override
    public void rebuild() {
        for (long cardId = 1; cardId <= cards.count(); cardId++) {
            if (isSet(cardId)) {
                sums.addCore(hash(cardId));
            }
        }
    }

    private void removeHash(final long cardId) {
        if (isSet(cardId)) {
            sums.removeCore(hash(cardId));
        }
    }

    private long hash(final long cardId) {
        long h = EntityHash.start(CoreTags.PIN);
        h = EntityHash.add(h, cardId);
        h = verifier.addTo(h, cardId);
        h = EntityHash.add(h, pepperVersion.get(cardId));
        h = EntityHash.add(h, tries.get(cardId));
        h = EntityHash.add(h, locks.get(cardId));
        h = EntityHash.add(h, lockedUntilMs.get(cardId));
        return EntityHash.end(h);
    }
}
