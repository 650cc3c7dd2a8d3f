// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.collections;

import it.socialies.engine.protocol.EntityHash;

/**
 * Finds the id behind a 128-bit token. Tokens are only ever added. Open addressing with linear probing, at most half full. One thread.
 */
public final class TokenIndex {
    private final int maxSize;
    private int size;
    private int mask;
    private long[] tokensHi;
    private long[] tokensLo;

    /** 0 marks a free slot. */
    private long[] ids;

    /**
     * @param initialCapacity number of tokens that fit before the first growth
     * @param maxSize most tokens ever held, at most 2^29
     */
    public TokenIndex(final int initialCapacity, final int maxSize) {
        if (maxSize > 1 << 29) {
            throw new IllegalArgumentException("maximum size " + maxSize);
        }
        this.maxSize = maxSize;
        final int slots = slotsFor(Growth.initialCapacity(initialCapacity, maxSize));
        mask = slots - 1;
        tokensHi = new long[slots];
        tokensLo = new long[slots];
        ids = new long[slots];
    }

    /** The id of the token, 0 when it is unknown. */
    public long idOf(final long tokenHi, final long tokenLo) {
        return ids[slotOf(tokenHi, tokenLo)];
    }

    /**
     * Adds a token.
     *
     * @throws IllegalArgumentException when {@code id} is not positive
     * @throws IllegalStateException when the index is full or knows the token: the caller asks first
     */
    public void put(final long tokenHi, final long tokenLo, final long id) {
        if (id <= 0) {
            throw new IllegalArgumentException("id " + id);
        }
        if (isFull()) {
            throw new IllegalStateException("full at " + size);
        }
        reserve(size + 1);
        final int slot = slotOf(tokenHi, tokenLo);
        if (ids[slot] != 0) {
            throw new IllegalStateException("token of id " + ids[slot] + " put again for id " + id);
        }
        tokensHi[slot] = tokenHi;
        tokensLo[slot] = tokenLo;
        ids[slot] = id;
        size++;
    }

    public int size() {
        return size;
    }

    public boolean isFull() {
        return size == maxSize;
    }

    /** The slot that holds the token, else the free slot where it belongs. */
    private int slotOf(final long tokenHi, final long tokenLo) {
        int slot = (int) EntityHash.add(tokenHi, tokenLo) & mask;
        while (ids[slot] != 0 && (tokensLo[slot] != tokenLo || tokensHi[slot] != tokenHi)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Makes room for so many tokens at once. */
    public void reserve(final int tokens) {
        int slots = ids.length;
        while (tokens * 2L > slots) {
            slots *= 2;
        }
        if (slots > ids.length) {
            growTo(slots);
        }
    }

    private void growTo(final int slots) {
        final long[] oldHi = tokensHi;
        final long[] oldLo = tokensLo;
        final long[] oldIds = ids;
        mask = slots - 1;
        tokensHi = new long[slots];
        tokensLo = new long[slots];
        ids = new long[slots];
        for (int i = 0; i < oldIds.length; i++) {
            if (oldIds[i] != 0) {
                final int slot = slotOf(oldHi[i], oldLo[i]);
                tokensHi[slot] = oldHi[i];
                tokensLo[slot] = oldLo[i];
                ids[slot] = oldIds[i];
            }
        }
    }

    private static int slotsFor(final int tokens) {
        return Integer.highestOneBit(Math.max(tokens, 2) * 2 - 1) * 2;
    }
}
