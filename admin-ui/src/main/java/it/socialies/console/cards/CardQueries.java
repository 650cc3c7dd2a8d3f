// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.cards;

import it.socialies.console.ledger.AccountKind;
import it.socialies.console.ledger.Coded;
import it.socialies.console.ledger.Movement;
import it.socialies.console.projection.CircuitView;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads cards and their wallets. */
public final class CardQueries {
    private static final String CARD = """
            SELECT c.*, w.vouchers, w.ies FROM card c
            CROSS JOIN LATERAL (
                SELECT coalesce(sum(a.available) FILTER (WHERE a.kind = 3), 0) AS vouchers,
                       coalesce(sum(a.available) FILTER (WHERE a.kind = 8), 0) AS ies
                FROM account a WHERE a.owner_id = c.wallet_id AND a.kind IN (3, 8)) w""";

    private static final String POCKETS = """
            SELECT a.account_id, a.kind, a.programme_id, a.available, a.debits_pending, a.opened_ms,
                   coalesce(p.valid_from_ms, 0) AS valid_from_ms, coalesce(greatest(p.valid_until_ms,
                       (SELECT g.until_ms FROM pocket_grace g WHERE g.account_id = a.account_id ORDER BY g.sequence DESC LIMIT 1)), 0) AS valid_until_ms
            FROM account a LEFT JOIN programme p ON p.programme_id = a.programme_id
            WHERE a.owner_id = ? AND a.kind IN (3, 8)
            ORDER BY a.kind, p.valid_until_ms DESC, a.account_id""";

    private static final String HISTORY = """
            SELECT e.sequence, e.index, e.kind, e.reason, e.debit_account_id, e.credit_account_id, e.amount, e.released, e.hold_id,
                   e.payment_id, e.reference_id, e.timestamp_ms, e.sign, e.programme_id, e.unit
            FROM account a CROSS JOIN LATERAL (
                (SELECT l.*, 1 AS sign, a.programme_id, a.unit FROM ledger_entry l WHERE l.credit_account_id = a.account_id
                 AND (l.sequence, l.index) < (?, ?) ORDER BY l.sequence DESC, l.index DESC LIMIT ?)
                UNION ALL
                (SELECT l.*, -1, a.programme_id, a.unit FROM ledger_entry l WHERE l.debit_account_id = a.account_id
                 AND (l.sequence, l.index) < (?, ?) ORDER BY l.sequence DESC, l.index DESC LIMIT ?)) e
            WHERE a.owner_id = ? AND a.kind IN (3, 8)
            ORDER BY e.sequence DESC, e.index DESC OFFSET ? LIMIT ?""";

    private static final String HISTORY_COUNT = """
            SELECT coalesce(sum((SELECT count(*) FROM ledger_entry l WHERE l.credit_account_id = a.account_id)
                              + (SELECT count(*) FROM ledger_entry l WHERE l.debit_account_id = a.account_id)), 0)
            FROM account a WHERE a.owner_id = ? AND a.kind IN (3, 8)""";

    private CardQueries() {}

    /** A card with what is around it. */
    public record CardDetail(
            CardRow card, int householdSize, List<CardRow> ofSameWallet, List<PocketBalance> pockets) {}

    /**
     * A part of a wallet; minor units.
     *
     * @param programmeId 0 for IES, which have no term either
     * @param held set aside for payments not captured yet
     */
    public record PocketBalance(
            long accountId,
            AccountKind kind,
            long programmeId,
            long available,
            long held,
            long openedMs,
            long validFromMs,
            long validUntilMs) {
        /** Whether money can be spent from it at a moment, as far as its term goes. */
        public boolean isValidAt(long momentMs) {
            return kind == AccountKind.IES_WALLET || (validFromMs <= momentMs && momentMs < validUntilMs);
        }
    }

    /**
     * A movement on one of a wallet's accounts.
     *
     * @param sign 1 into the wallet, −1 out of it
     * @param programmeId of the pocket; 0 = IES
     */
    public record WalletMovement(Movement movement, int sign, long programmeId) {}

    /** Cards behind one, newest first. */
    public static List<CardRow> page(
            CircuitView view, @Nullable CardStatus status, @Nullable CardRow last, int skip, int limit)
            throws SQLException {
        return view.list(
                CARD + " WHERE c.card_id < ?" + (status == null ? "" : " AND c.status = " + status.code())
                        + " ORDER BY c.card_id DESC OFFSET ? LIMIT ?",
                CardRow::of,
                last == null ? Long.MAX_VALUE : last.id(),
                skip,
                limit);
    }

    /** How many cards there are, of one state or in all. */
    public static long count(CircuitView view, @Nullable CardStatus status) throws SQLException {
        return view.number("SELECT count(*) FROM card" + (status == null ? "" : " WHERE status = " + status.code()));
    }

    /** The card of an id, unless this circuit has none. */
    public static Optional<CardRow> find(CircuitView view, long id) throws SQLException {
        return view.first(CARD + " WHERE c.card_id = ?", CardRow::of, id);
    }

    /** The newest card of a wallet. */
    public static Optional<CardRow> newestOf(CircuitView view, long walletId) throws SQLException {
        return view.first(CARD + " WHERE c.wallet_id = ? ORDER BY c.card_id DESC LIMIT 1", CardRow::of, walletId);
    }

    /** A card, the others of its wallet, and the wallet's balances. */
    public static Optional<CardDetail> detail(CircuitView view, long id) throws SQLException {
        Optional<CardRow> found = find(view, id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        CardRow card = found.get();
        return Optional.of(new CardDetail(
                card,
                Math.toIntExact(view.number("SELECT household_size FROM wallet WHERE wallet_id = ?", card.walletId())),
                view.list(
                        CARD + " WHERE c.wallet_id = ? AND c.card_id <> ? ORDER BY c.card_id DESC LIMIT 50",
                        CardRow::of,
                        card.walletId(),
                        id),
                view.list(
                        POCKETS,
                        row -> new PocketBalance(
                                row.getLong("account_id"),
                                Coded.of(AccountKind.class, row.getInt("kind")),
                                row.getLong("programme_id"),
                                row.getLong("available"),
                                row.getLong("debits_pending"),
                                row.getLong("opened_ms"),
                                row.getLong("valid_from_ms"),
                                row.getLong("valid_until_ms")),
                        card.walletId())));
    }

    /** How many movements a wallet's accounts have. */
    public static long historyCount(CircuitView view, long walletId) throws SQLException {
        return view.number(HISTORY_COUNT, walletId);
    }

    /** What happened on a wallet, newest first, behind one movement. */
    public static List<WalletMovement> history(
            CircuitView view, long walletId, @Nullable WalletMovement last, int skip, int limit) throws SQLException {
        long sequence = last == null ? Long.MAX_VALUE : last.movement().sequence();
        int index = last == null ? 0 : last.movement().index();
        return view.list(
                HISTORY,
                row -> new WalletMovement(Movement.of(row), row.getInt("sign"), row.getLong("programme_id")),
                sequence,
                index,
                skip + limit,
                sequence,
                index,
                skip + limit,
                walletId,
                skip,
                limit);
    }
}
