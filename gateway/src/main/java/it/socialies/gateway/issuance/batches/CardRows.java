// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.buffer.Buffer;
import it.socialies.gateway.issuance.CardBook;
import it.socialies.gateway.issuance.NamedCard;
import it.socialies.gateway.issuance.RankingRow;
import it.socialies.gateway.issuance.ranking.PublicCodes;
import it.socialies.gateway.people.PeopleRegister;
import it.socialies.gateway.people.PersonSeal;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Takes the rows of a list by card in file order and enters them some at a time, those that are there already left out. Nobody's data are read: their holders are numbers. One thread, which may block. */
final class CardRows {
    private static final int CHUNK_ROWS = 500;

    private final PeopleRegister people;
    private final Batch batch;
    private final CardBook cards;
    private final PublicCodes codes;
    private final List<RankingRow> waiting = new ArrayList<>(CHUNK_ROWS);
    private int left;
    private int next;

    /** @param there rows that an interrupted reading has entered */
    CardRows(PeopleRegister people, Batch batch, CardBook cards, int there) {
        this.people = people;
        this.batch = batch;
        this.cards = cards;
        codes = PublicCodes.keyed(people.publicCodes(batch.circuitId()), batch.id());
        left = there;
        next = there;
    }

    void take(RankingRow row) {
        if (left > 0) {
            left--;
            return;
        }
        waiting.add(row);
        if (waiting.size() == CHUNK_ROWS) {
            flush();
        }
    }

    void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        List<NamedCard> named = waiting.stream()
                .map(row -> Objects.requireNonNull(cards.find(row.card())))
                .toList();
        List<Long> holders = named.stream().map(NamedCard::holderId).distinct().toList();
        Map<Long, Long> households = Waiting.on(people.households(batch.circuitId(), holders));
        Map<Long, PersonSeal> seals = Waiting.on(people.applications(batch.circuitId(), holders));
        List<IssuanceRow> rows = new ArrayList<>(waiting.size());
        for (int i = 0; i < named.size(); i++) {
            long holderId = named.get(i).holderId();
            Long householdId = households.get(holderId);
            PersonSeal seal = seals.get(holderId);
            if (householdId == null || seal == null) {
                // Erased since the file was checked: it is checked again.
                throw new Refusal(RefusalCode.OFFICE_UNAVAILABLE);
            }
            rows.add(row(waiting.get(i), named.get(i), householdId, seal, next + i));
        }
        Waiting.on(people.inCircuit(batch.circuitId(), connection -> Rows.insert(connection, batch, rows)));
        next += rows.size();
        waiting.clear();
    }

    private IssuanceRow row(RankingRow row, NamedCard card, long householdId, PersonSeal seal, int number) {
        Applied applied = Applied.of(row, card.householdSize());
        return IssuanceRow.entered(
                number,
                row.sheetRow(),
                card.holderId(),
                householdId,
                applied.householdSize(),
                codes.code(applied.application(applied.number(), householdId)),
                Buffer.buffer(seal.seal(PersonSeal.place(batch.batchId(), 0, number), applied.bytes())),
                false,
                card.walletId());
    }
}
