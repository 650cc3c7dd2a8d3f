// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds what may stand in a file once only: people, applications, cards, households. Of a row it keeps its number and these keys, bounded by the limit of rows.
 * Somebody excluded does not stand against another application of the same person or household. One thread.
 */
final class Doubles {
    private final Map<String, Integer> applications = new HashMap<>();
    private final Map<String, Integer> cards = new HashMap<>();
    private final Map<String, Integer> wallets = new HashMap<>();
    private final Map<String, Integer> excludedTaxCodes = new HashMap<>();
    private final Map<String, Integer> taxCodes = new HashMap<>();
    private final Map<String, Integer> households = new HashMap<>();
    /** By a hash: a false alarm once in a long while is only a warning. */
    private final Map<Long, Integer> homes = new HashMap<>();

    void check(
            RowCells cells,
            String application,
            String card,
            PersonCells person,
            HouseholdCells household,
            String address,
            boolean mayGetMoney) {
        once(cells, applications, application, Column.APPLICATION, FaultCode.APPLICATION_TWICE);
        once(cells, cards, card, Column.CARD, FaultCode.CARD_TWICE);
        boolean isSamePerson = person(cells, person.taxCode(), mayGetMoney);
        if (!mayGetMoney) {
            return;
        }
        boolean isSameHousehold =
                once(cells, households, household.code(), Column.HOUSEHOLD_CODE, FaultCode.HOUSEHOLD_TWICE);
        if (household.code().isEmpty()
                && !address.isEmpty()
                && !person.familyName().isEmpty()) {
            Integer other = homes.putIfAbsent(home(person.familyName(), address), cells.number());
            if (other != null && !isSamePerson && !isSameHousehold) {
                cells.fault(Column.ADDRESS, FaultCode.HOUSEHOLD_PERHAPS_TWICE, "", other);
            }
        }
    }

    /** The same in a list by card, where a wallet gets one sum. */
    void check(RowCells cells, String application, CardCell card) {
        once(cells, applications, application, Column.APPLICATION, FaultCode.APPLICATION_TWICE);
        if (!once(cells, cards, card.code(), Column.CARD, FaultCode.CARD_TWICE) && card.walletId() != 0) {
            once(cells, wallets, Long.toString(card.walletId()), Column.CARD, FaultCode.CARD_SAME_WALLET);
        }
    }

    private boolean person(RowCells cells, String taxCode, boolean mayGetMoney) {
        if (taxCode.isEmpty()) {
            return false;
        }
        Integer other = taxCodes.get(taxCode);
        Integer excluded = excludedTaxCodes.get(taxCode);
        if (other != null) {
            cells.fault(Column.TAX_CODE, mayGetMoney ? FaultCode.TAX_CODE_TWICE : FaultCode.TAX_CODE_AGAIN, "", other);
        } else if (excluded != null) {
            cells.fault(Column.TAX_CODE, FaultCode.TAX_CODE_AGAIN, "", excluded);
        }
        (mayGetMoney ? taxCodes : excludedTaxCodes).putIfAbsent(taxCode, cells.number());
        return other != null;
    }

    private static boolean once(RowCells cells, Map<String, Integer> seen, String key, Column column, FaultCode code) {
        if (key.isEmpty()) {
            return false;
        }
        Integer other = seen.putIfAbsent(key, cells.number());
        if (other != null) {
            cells.fault(column, code, "", other);
        }
        return other != null;
    }

    private static long home(String familyName, String address) {
        String key = Folded.of(familyName) + '|' + Folded.of(address);
        return ((long) key.hashCode() << 32)
                ^ (key + '#').chars().mapToLong(c -> c).reduce(7, (h, c) -> h * 1_000_003 + c);
    }
}
