// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.cards;

import it.socialies.engine.core.collections.ByteColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.collections.TokenIndex;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.protocol.EntityHash;
import it.socialies.engine.protocol.sbe.CardStatus;

/** Cards: an opaque token each, pointing at a wallet. Columns by card id. */
public final class Cards implements StateTable {
    private static final int INITIAL_TOKENS = 1024;

    private final int max;
    private final HashSums sums;
    private final TokenIndex tokens;
    private final LongColumn walletId;
    private final LongColumn tokenHi;
    private final LongColumn tokenLo;
    private final LongColumn replacesCardId;
    private final ByteColumn status;
    private long count;

    /** At most {@code max} cards. */
    public Cards(final int max, final HashSums sums) {
        this.max = max;
        this.sums = sums;
        tokens = new TokenIndex(INITIAL_TOKENS, max);
        walletId = new LongColumn(max);
        tokenHi = new LongColumn(max);
        tokenLo = new LongColumn(max);
        replacesCardId = new LongColumn(max);
        status = new ByteColumn(max);
    }

    /** Id of the next card. */
    public long nextId() {
        return count + 1;
    }

    /** Cards so far. */
    public long count() {
        return count;
    }

    /** True when this many more cards fit. */
    public boolean hasRoomFor(final int cards) {
        return count + cards <= max;
    }

    /** True when there is such a card, of whatever circuit. */
    public boolean exists(final long id) {
        return id > 0 && id <= count;
    }

    /** Card of a token; not positive when there is none. */
    public long idOfToken(final long tokenHi, final long tokenLo) {
        return tokens.idOf(tokenHi, tokenLo);
    }

    void issue(final long id, final long walletId, final long tokenHi, final long tokenLo, final long replacesCardId) {
        if (id != count + 1) {
            throw new InvariantViolated("card " + id + " issued after " + count);
        }
        count = id;
        this.walletId.set(id, walletId);
        this.tokenHi.set(id, tokenHi);
        this.tokenLo.set(id, tokenLo);
        this.replacesCardId.set(id, replacesCardId);
        status.set(id, (byte) CardStatus.ISSUED.value());
        tokens.put(tokenHi, tokenLo, id);
        sums.addLedger(hash(id));
    }

    /** A card of the stock joins another wallet. */
    void move(final long id, final long newWalletId, final long replacedCardId) {
        sums.removeLedger(hash(id));
        walletId.set(id, newWalletId);
        replacesCardId.set(id, replacedCardId);
        sums.addLedger(hash(id));
    }

    void changeStatus(final long id, final CardStatus newStatus) {
        sums.removeLedger(hash(id));
        status.set(id, (byte) newStatus.value());
        sums.addLedger(hash(id));
    }

    /** Wallet the card points at. */
    public long walletId(final long id) {
        return walletId.get(id);
    }

    /** First half of the token. */
    public long tokenHi(final long id) {
        return tokenHi.get(id);
    }

    /** Second half of the token. */
    public long tokenLo(final long id) {
        return tokenLo.get(id);
    }

    /** Status, as in the schema. */
    public CardStatus status(final long id) {
        return CardStatus.get(status.get(id));
    }

    @Override
    public void visit(final StateFields fields) {
        count = fields.count("cards.count", count, max);
        walletId.visit(fields, "cards.wallet_id");
        tokenHi.visit(fields, "cards.token_hi");
        tokenLo.visit(fields, "cards.token_lo");
        replacesCardId.visit(fields, "cards.replaces_card_id");
        status.visit(fields, "cards.status");
    }

    @Override
    public void rebuild() {
        tokens.reserve((int) count);
        for (long id = 1; id <= count; id++) {
            tokens.put(tokenHi.get(id), tokenLo.get(id), id);
            sums.addLedger(hash(id));
        }
    }

    private long hash(final long id) {
        return EntityHash.card(
                id, walletId.get(id), tokenHi.get(id), tokenLo.get(id), replacesCardId.get(id), status.get(id));
    }
}
