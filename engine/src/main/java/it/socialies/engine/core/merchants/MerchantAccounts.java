// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.merchants;

import org.agrona.collections.Long2LongHashMap;

/**
 * The accounts of one kind by merchant and programme: what merchants are owed (programme 0 being IES), what is being settled, what they owe. Looked up by key only,
 * never iterated.
 */
public final class MerchantAccounts {
    /** Programmes per installation fit below this bit. */
    private static final int PROGRAMME_BITS = 24;

    private final Long2LongHashMap accountIds = new Long2LongHashMap(0);

    /** Books the account opened for a merchant and a programme. */
    public void add(final long merchantId, final long programmeId, final long accountId) {
        accountIds.put(key(merchantId, programmeId), accountId);
    }

    /** Account of a merchant and a programme; 0 when none was opened yet. */
    public long accountId(final long merchantId, final long programmeId) {
        return accountIds.get(key(merchantId, programmeId));
    }

    private static long key(final long merchantId, final long programmeId) {
        return (merchantId << PROGRAMME_BITS) | programmeId;
    }
}
