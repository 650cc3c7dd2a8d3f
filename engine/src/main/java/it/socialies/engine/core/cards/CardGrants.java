// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.cards;

import it.socialies.engine.core.collections.ByteColumn;
import it.socialies.engine.core.collections.IntColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.CoreTags;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.protocol.EntityHash;
import it.socialies.engine.protocol.sbe.CardGrantedDecoder;
import it.socialies.engine.protocol.sbe.CardKind;

/**
 * What cards may do that are no plain card of a holder: kind, shop, limits, end; what they have spent today; and how much a holder pays without a PIN. Columns
 * by card id, and by wallet id how many such cards it has. A card that nothing was granted to has no entry in any hash.
 */
public final class CardGrants implements StateTable {
    private final Cards cards;
    private final Wallets wallets;
    private final HashSums sums;
    private final ByteColumn kind;
    private final LongColumn merchantId;
    private final LongColumn paymentMax;
    private final LongColumn dayMax;
    private final LongColumn validUntilMs;
    private final LongColumn pinFreeDayMax;
    private final IntColumn spentDay;
    private final LongColumn daySpent;
    private final LongColumn pinFreeSpent;
    private final ByteColumn delegates;
    private final IntColumn errandDay;
    private final ByteColumn errandsOfDay;

    /** For at most so many cards and wallets. */
    public CardGrants(
            final int maxCards, final int maxWallets, final Cards cards, final Wallets wallets, final HashSums sums) {
        this.cards = cards;
        this.wallets = wallets;
        this.sums = sums;
        kind = new ByteColumn(maxCards);
        merchantId = new LongColumn(maxCards);
        paymentMax = new LongColumn(maxCards);
        dayMax = new LongColumn(maxCards);
        validUntilMs = new LongColumn(maxCards);
        pinFreeDayMax = new LongColumn(maxCards);
        spentDay = new IntColumn(maxCards);
        daySpent = new LongColumn(maxCards);
        pinFreeSpent = new LongColumn(maxCards);
        delegates = new ByteColumn(maxWallets);
        errandDay = new IntColumn(maxWallets);
        errandsOfDay = new ByteColumn(maxWallets);
    }

    /** What kind of card it is. */
    public CardKind kind(final long cardId) {
        final byte value = kind.get(cardId);
        return value == 0 ? CardKind.HOLDER : CardKind.get(value);
    }

    /** The only shop an errand is for; 0 = any. */
    public long merchantId(final long cardId) {
        return merchantId.get(cardId);
    }

    /** What one payment may draw at most, in minor units; 0 = no limit. */
    public long paymentMax(final long cardId) {
        return paymentMax.get(cardId);
    }

    /** What the payments of a day may draw at most; 0 = no limit. */
    public long dayMax(final long cardId) {
        return dayMax.get(cardId);
    }

    /** When it ends; 0 = never. */
    public long validUntilMs(final long cardId) {
        return validUntilMs.get(cardId);
    }

    /** What payments of a day may draw without a PIN; 0 = nothing. */
    public long pinFreeDayMax(final long cardId) {
        return pinFreeDayMax.get(cardId);
    }

    /** True when what is spent with the card is counted. */
    public boolean isCounted(final long cardId) {
        return kind.get(cardId) != 0 || pinFreeDayMax.get(cardId) != 0;
    }

    /** What was spent on that day. */
    public long daySpent(final long cardId, final int epochDay) {
        return spentDay.get(cardId) == epochDay ? daySpent.get(cardId) : 0;
    }

    /** What of that was spent without a PIN. */
    public long pinFreeSpent(final long cardId, final int epochDay) {
        return spentDay.get(cardId) == epochDay ? pinFreeSpent.get(cardId) : 0;
    }

    /** Delegates of a wallet that are not blocked. */
    public int delegates(final long walletId) {
        return delegates.get(walletId);
    }

    /** Errands that a wallet was given on that day. */
    public int errands(final long walletId, final int epochDay) {
        return errandDay.get(walletId) == epochDay ? errandsOfDay.get(walletId) : 0;
    }

    void grant(final CardGrantedDecoder granted) {
        final long id = granted.cardId();
        final long walletId = granted.walletId();
        removeHashes(id);
        sums.removeCore(walletHash(walletId));
        kind.set(id, (byte) granted.kind().value());
        merchantId.set(id, granted.merchantId());
        paymentMax.set(id, granted.paymentMax());
        dayMax.set(id, granted.dayMax());
        validUntilMs.set(id, granted.validUntilMs());
        if (granted.kind() == CardKind.ERRAND) {
            errandsOfDay.set(walletId, (byte) (errands(walletId, granted.epochDay()) + 1));
            errandDay.set(walletId, granted.epochDay());
        } else {
            delegates.set(walletId, (byte) (delegates(walletId) + 1));
        }
        sums.addCore(walletHash(walletId));
        addHashes(id);
    }

    /** A card was blocked for good: a delegate leaves room for another. */
    void blocked(final long cardId) {
        if (kind(cardId) == CardKind.DELEGATE) {
            final long walletId = cards.walletId(cardId);
            sums.removeCore(walletHash(walletId));
            delegates.set(walletId, (byte) (delegates(walletId) - 1));
            sums.addCore(walletHash(walletId));
        }
    }

    void spend(final long cardId, final int epochDay, final long daySpent, final long pinFreeSpent) {
        removeHashes(cardId);
        spentDay.set(cardId, epochDay);
        this.daySpent.set(cardId, daySpent);
        this.pinFreeSpent.set(cardId, pinFreeSpent);
        addHashes(cardId);
    }

    void allowPinFree(final long cardId, final long dayMax) {
        removeHashes(cardId);
        pinFreeDayMax.set(cardId, dayMax);
        addHashes(cardId);
    }

    @Override
    public void visit(final StateFields fields) {
        kind.visit(fields, "grants.kind");
        merchantId.visit(fields, "grants.merchant_id");
        paymentMax.visit(fields, "grants.payment_max");
        dayMax.visit(fields, "grants.day_max");
        validUntilMs.visit(fields, "grants.valid_until_ms");
        pinFreeDayMax.visit(fields, "grants.pin_free_day_max");
        spentDay.visit(fields, "grants.spent_day");
        daySpent.visit(fields, "grants.day_spent");
        pinFreeSpent.visit(fields, "grants.pin_free_spent");
        delegates.visit(fields, "grants.delegates");
        errandDay.visit(fields, "grants.errand_day");
        errandsOfDay.visit(fields, "grants.errands_of_day");
    }

    @Override
    public void rebuild() {
        for (long id = 1; id <= cards.count(); id++) {
            addHashes(id);
        }
        for (long id = 1; id <= wallets.count(); id++) {
            sums.addCore(walletHash(id));
        }
    }

    private void addHashes(final long id) {
        sums.addLedger(grantHash(id));
        sums.addCore(spentHash(id));
    }

    private void removeHashes(final long id) {
        sums.removeLedger(grantHash(id));
        sums.removeCore(spentHash(id));
    }

    private long grantHash(final long id) {
        return EntityHash.cardGrant(
                id,
                kind.get(id),
                merchantId.get(id),
                paymentMax.get(id),
                dayMax.get(id),
                validUntilMs.get(id),
                pinFreeDayMax.get(id));
    }

    private long spentHash(final long id) {
        if ((spentDay.get(id) | daySpent.get(id) | pinFreeSpent.get(id)) == 0) {
            return 0;
        }
        long h = EntityHash.start(CoreTags.CARD_SPENT);
        h = EntityHash.add(h, id);
        h = EntityHash.add(h, spentDay.get(id));
        h = EntityHash.add(h, daySpent.get(id));
        h = EntityHash.add(h, pinFreeSpent.get(id));
        return EntityHash.end(h);
    }

    private long walletHash(final long id) {
        if ((delegates.get(id) | errandDay.get(id) | errandsOfDay.get(id)) == 0) {
            return 0;
        }
        long h = EntityHash.start(CoreTags.WALLET_CARDS);
        h = EntityHash.add(h, id);
        h = EntityHash.add(h, delegates.get(id));
        h = EntityHash.add(h, errandDay.get(id));
        h = EntityHash.add(h, errandsOfDay.get(id));
        return EntityHash.end(h);
    }
}
