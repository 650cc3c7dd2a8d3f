// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import static it.socialies.gateway.issuance.SampleFiles.RULES;
import static it.socialies.gateway.issuance.SampleFiles.check;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import it.socialies.gateway.issuance.NamedCard.State;
import it.socialies.gateway.issuance.SampleFiles.Checked;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Lists that name cards and sums and nobody. */
class CardListTest {
    private static final String HEADER = "Numero carta;Importo\n";

    private static final Map<String, NamedCard> CARDS = new TreeMap<>();

    static {
        add("AAAA", 11, State.USABLE);
        add("BBBB", 12, State.USABLE);
        add("B2B2", 12, State.REPLACED);
        add("CCCC", 13, State.BLOCKED);
        add("DDDD", 14, State.WITHOUT_HOLDER);
        add("EEEE", 15, State.CLOSED);
        add("FFFF", 16, State.HOLDER_UNAVAILABLE);
        add("GGGG", 0, State.UNKNOWN);
    }

    private static void add(String code, long walletId, State state) {
        CARDS.put(code, new NamedCard(code, walletId, walletId + 100, state, 1));
    }

    private static final CardBook BOOK =
            typed -> CARDS.get(typed.toUpperCase(Locale.ROOT).replace("-", ""));

    private static Checked byCard(String text) {
        return check(text.getBytes(StandardCharsets.UTF_8), RULES.byCard(BOOK));
    }

    @Test
    void shouldTakeCardsAndSumsAlone() {
        Checked checked = byCard(HEADER + "aa-aa;150,00\nBBBB;\"€ 20,50\"\nTotale;170,50\n");

        assertThat(checked.report().isApprovable()).isTrue();
        assertThat(checked.report().totalCents()).isEqualTo(170_50);
        assertThat(checked.rows())
                .extracting(RankingRow::sheetRow, RankingRow::card, RankingRow::amountCents, RankingRow::taxCode)
                .containsExactly(tuple(2, "AAAA", 150_00L, ""), tuple(3, "BBBB", 20_50L, ""));
        // What the file says is bound, not how it spells it.
        assertThat(byCard("N. tessera\tImporto (euro)\nAAAA\t150\nBBBB\t20,5\n")
                        .report()
                        .digest())
                .isEqualTo(checked.report().digest());
    }

    @Test
    void shouldExplainEveryRowThatCannotBeTakenAndTellOfThoseThatCan() {
        Checked checked = byCard(HEADER
                + "AAAA;1,00\nAAAX;1,00\nGGGG;1,00\nDDDD;1,00\nEEEE;1,00\nFFFF;1,00\n;1,00\nCCCC;1,00\nB2B2;1,00\n"
                + "BBBB;1,00\nA-AAA;1,00\nBBBB;\n1,5E+15;1,00\nBBBB;0,00\n");

        assertThat(checked.report().faults())
                .extracting(Fault::row, Fault::code)
                .containsExactly(
                        tuple(3, FaultCode.CARD_WRONG),
                        tuple(4, FaultCode.CARD_UNKNOWN),
                        tuple(5, FaultCode.CARD_WITHOUT_HOLDER),
                        tuple(6, FaultCode.CARD_CLOSED),
                        tuple(7, FaultCode.CARD_HOLDER_UNAVAILABLE),
                        tuple(8, FaultCode.CARD_MISSING),
                        tuple(9, FaultCode.CARD_BLOCKED),
                        tuple(10, FaultCode.CARD_REPLACED),
                        tuple(11, FaultCode.CARD_SAME_WALLET),
                        tuple(12, FaultCode.CARD_TWICE),
                        tuple(13, FaultCode.AMOUNT_MISSING),
                        tuple(13, FaultCode.CARD_TWICE),
                        tuple(14, FaultCode.NUMBER_SCIENTIFIC),
                        tuple(15, FaultCode.AMOUNT_ZERO),
                        tuple(15, FaultCode.CARD_TWICE));
        assertThat(checked.rows()).extracting(RankingRow::card).containsExactly("AAAA", "CCCC", "B2B2");
        assertThat(checked.report().isApprovable()).isFalse();
    }

    @Test
    void shouldHoldTheMaximumOfTheHouseholdAgainstASumByCardToo() {
        long cap = HouseholdTable.SICILY.cents(1);
        assertThat(byCard(HEADER + "AAAA;" + cap / 100 + ",01\n").has(FaultCode.AMOUNT_ABOVE_CAP))
                .isTrue();
        assertThat(byCard(HEADER + "AAAA;" + cap / 100 + ",00\n").report().isApprovable())
                .isTrue();
    }

    @Test
    void shouldAskForThePersonWhereTheFileSaysAnythingOfIt() {
        Checked named = byCard("Numero carta;Cognome;Nome;Importo\nAAAA;Amari;Niccolò;1,00\n");
        assertThat(named.has(FaultCode.COLUMN_MISSING)).isTrue();
        assertThat(named.rows()).isEmpty();
        // And in a call, where nobody is known by a card.
        assertThat(check(HEADER + "AAAA;1,00\n").has(FaultCode.COLUMN_MISSING)).isTrue();
    }
}
