// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The headers of a file and what they mean. Immutable. */
final class HeaderRow {
    /** One word alone may be a title. */
    private static final int KNOWN_MIN = 2;

    /** Some column that says who it is about. */
    private static final Set<Column> WHO =
            EnumSet.of(Column.TAX_CODE, Column.FULL_NAME, Column.FAMILY_NAME, Column.APPLICATION, Column.CARD);

    private final int row;
    private final List<String> headers;
    private final Map<Column, Integer> places = new EnumMap<>(Column.class);

    private HeaderRow(SheetRow row) {
        this.row = row.number();
        List<String> texts = new ArrayList<>();
        for (String cell : row.cells()) {
            texts.add(CellText.plain(cell));
        }
        while (!texts.isEmpty() && texts.getLast().isEmpty()) {
            texts.removeLast();
        }
        headers = List.copyOf(texts);
    }

    /** How many cells are headers of different known columns; 0 when they do not say who a row is about. */
    static int knownHeaders(SheetRow row) {
        Set<Column> known = EnumSet.noneOf(Column.class);
        for (String cell : row.cells()) {
            Column column = Headers.meaning(cell);
            if (column != null) {
                known.add(column);
            }
        }
        boolean saysWho = known.stream().anyMatch(WHO::contains);
        return saysWho && known.size() >= KNOWN_MIN ? known.size() : 0;
    }

    /** Reads the headers and reports what is wrong with them. */
    static HeaderRow read(SheetRow row, RankingRules rules, FaultLog faults) {
        HeaderRow header = new HeaderRow(row);
        for (int i = 0; i < header.headers.size(); i++) {
            header.place(i, rules, faults);
        }
        if (rules.cards() != null && header.isByCard()) {
            header.require(faults, Column.AMOUNT, "Importo", true);
            return header;
        }
        header.require(faults, Column.TAX_CODE, "Codice fiscale", true);
        header.require(
                faults,
                Column.FULL_NAME,
                "Cognome, Nome",
                !(header.has(Column.FAMILY_NAME) && header.has(Column.GIVEN_NAME)));
        header.require(faults, Column.HOUSEHOLD_SIZE, "Componenti", true);
        header.require(faults, Column.AMOUNT, "Importo", rules.amountsInFile());
        return header;
    }

    private void place(int index, RankingRules rules, FaultLog faults) {
        String header = headers.get(index);
        if (header.isEmpty()) {
            return;
        }
        Column column = Headers.meaning(header);
        if (column == null) {
            faults.add(row, header, FaultCode.COLUMN_UNKNOWN, "");
        } else if (column == Column.ISEE) {
            boolean isDropped = rules.isee() == RankingRules.Isee.DROP;
            faults.add(row, header, isDropped ? FaultCode.COLUMN_ISEE_DROPPED : FaultCode.COLUMN_ISEE, "");
        } else {
            Integer other = places.putIfAbsent(column, index);
            if (other != null) {
                faults.add(row, header, FaultCode.COLUMN_TWICE, "", headers.get(other) + ", " + header);
            }
        }
    }

    private void require(FaultLog faults, Column column, String name, boolean isNeeded) {
        if (isNeeded && !has(column)) {
            faults.add(row, "", FaultCode.COLUMN_MISSING, "", name);
        }
    }

    /** Whether cards say who the rows are about, and nothing else does. */
    boolean isByCard() {
        return CardList.isIn(places.keySet());
    }

    int row() {
        return row;
    }

    boolean has(Column column) {
        return places.containsKey(column);
    }

    /** Where the column stands, from 0; null when the file has none. */
    @Nullable
    Integer place(Column column) {
        return places.get(column);
    }

    /** The column's own header; empty when the file has none. */
    String header(Column column) {
        Integer place = places.get(column);
        return place == null ? "" : headers.get(place);
    }

    /** The header of the column at a place, from 0; empty when it has none. */
    String headerAt(int place) {
        return place < headers.size() ? headers.get(place) : "";
    }

    /** Columns up to the last with a header. */
    int width() {
        return headers.size();
    }

    /** The known columns with their own headers, in their order in {@link Column}. */
    Map<Column, String> columns() {
        Map<Column, String> columns = new EnumMap<>(Column.class);
        places.forEach((column, place) -> columns.put(column, headers.get(place)));
        return columns;
    }

    /** Whether a row says the same headers once more. */
    boolean isRepeatedIn(SheetRow other) {
        for (int i = 0; i < headers.size(); i++) {
            if (!Folded.of(headers.get(i)).equals(Folded.of(CellText.plain(other.cell(i))))) {
                return false;
            }
        }
        return true;
    }
}
