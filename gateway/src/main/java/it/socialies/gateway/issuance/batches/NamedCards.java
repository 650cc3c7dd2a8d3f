// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.issuance.CardBook;
import it.socialies.gateway.issuance.NamedCard;
import it.socialies.gateway.issuance.NamedCard.State;
import it.socialies.gateway.people.PeopleRegister;
import it.socialies.gateway.projection.Projection;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cards by the codes that stand on them, for lists that name nobody: whose they are and whether money can go there. May be called from any thread. */
final class NamedCards {
    private static final int BLOCKED = 3;
    private static final int REPLACED = 4;

    private static final long NONE = 0;

    /** As it stands on the card, {@code crd_4h}; capitals, and a space or hyphen for the underscore, are what spreadsheets and people make of it. */
    private static final Pattern NUMBER = Pattern.compile("CRD[ _-]?([0-9A-Z]{1,12})", Pattern.CASE_INSENSITIVE);

    private static final String CARDS =
            "SELECT c.card_id, c.wallet_id, c.status, w.holder_id, w.household_size, w.closed_for"
                    + " FROM card c JOIN wallet w ON w.wallet_id = c.wallet_id WHERE c.circuit_id = $1 AND c.card_id = ANY ($2)";

    private final Projection projection;
    private final PeopleRegister people;

    NamedCards(Projection projection, PeopleRegister people) {
        this.projection = projection;
        this.people = people;
    }

    /**
     * A book for a first reading: takes whatever is written like the number of a card.
     *
     * @param named gets the numbers of the cards
     */
    CardBook gathering(Set<Long> named) {
        return typed -> {
            long cardId = number(typed);
            if (cardId == NONE) {
                return null;
            }
            named.add(cardId);
            return card(cardId, cardId, 0, State.USABLE, 0);
        };
    }

    private NamedCard card(long cardId, long walletId, long holderId, State state, int householdSize) {
        return new NamedCard(Ids.CARD.format(cardId), walletId, holderId, state, householdSize);
    }

    /** The book of these cards in a circuit. */
    Future<CardBook> of(int circuitId, Collection<Long> cardIds) {
        Map<Long, NamedCard> found = new HashMap<>();
        return Rows.inPages(
                        List.copyOf(cardIds),
                        page -> projection
                                .rows(0, CARDS, Tuple.of(circuitId).addValue(page.toArray(Long[]::new)))
                                .compose(rows -> {
                                    Set<Long> holders = new HashSet<>();
                                    rows.forEach(row -> holders.add(row.getLong("holder_id")));
                                    return people.inCircuit(
                                                    circuitId, connection -> people.unavailable(connection, holders))
                                            .map(gone -> {
                                                Set<Long> unavailable = new HashSet<>(gone);
                                                rows.forEach(row ->
                                                        found.put(row.getLong("card_id"), card(row, unavailable)));
                                                return null;
                                            });
                                }))
                .map(done -> typed -> {
                    long cardId = number(typed);
                    return cardId == NONE ? null : found.getOrDefault(cardId, card(cardId, 0, 0, State.UNKNOWN, 0));
                });
    }

    private NamedCard card(Row row, Set<Long> unavailable) {
        return card(
                row.getLong("card_id"),
                row.getLong("wallet_id"),
                row.getLong("holder_id"),
                state(row, unavailable),
                row.getShort("household_size"));
    }

    private static State state(Row row, Set<Long> unavailable) {
        int status = row.getShort("status");
        if (row.getLong("holder_id") == 0) {
            return State.WITHOUT_HOLDER;
        }
        if (row.getShort("closed_for") != 0) {
            return State.CLOSED;
        }
        if (unavailable.contains(row.getLong("holder_id"))) {
            return State.HOLDER_UNAVAILABLE;
        }
        return switch (status) {
            case BLOCKED -> State.BLOCKED;
            case REPLACED -> State.REPLACED;
            default -> State.USABLE;
        };
    }

    private static long number(String typed) {
        Matcher number = NUMBER.matcher(typed.strip());
        return number.matches() ? Long.parseLong(number.group(1), Character.MAX_RADIX) : NONE;
    }
}
