// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import java.util.Locale;

/** Nine ways in which a row of a real ranking is wrong, named as the validation report names them. */
enum RankingFault {
    TAX_CODE_CONFUSED(RankingColumn.TAX_CODE),
    TAX_CODE_LENGTH(RankingColumn.TAX_CODE),
    TAX_CODE_TWICE(RankingColumn.TAX_CODE),
    NAME_MISSING(RankingColumn.FAMILY_NAME),
    DATE_IMPOSSIBLE(RankingColumn.BIRTH_DATE),
    HOUSEHOLD_SIZE_ZERO(RankingColumn.HOUSEHOLD_SIZE),
    AMOUNT_UNREADABLE(RankingColumn.AMOUNT),
    AMOUNT_ABOVE_CAP(RankingColumn.AMOUNT),
    OUTCOME_UNCLEAR(RankingColumn.OUTCOME);

    private static final int[] DIGITS = {6, 7, 9, 10, 12, 13, 14};

    private final RankingColumn column;

    RankingFault(RankingColumn column) {
        this.column = column;
    }

    RankingColumn column() {
        return column;
    }

    /** The cell with the fault; the same cell when it cannot have this one. */
    String spoil(String cell, String cellOfFirstRow) {
        return switch (this) {
            case TAX_CODE_CONFUSED -> withLetterForDigit(cell);
            case TAX_CODE_LENGTH -> cell.substring(1);
            case TAX_CODE_TWICE -> cellOfFirstRow;
            case NAME_MISSING -> "";
            case DATE_IMPOSSIBLE -> "31/02/1970";
            case HOUSEHOLD_SIZE_ZERO -> "0";
            case AMOUNT_UNREADABLE -> "trecento";
            case AMOUNT_ABOVE_CAP -> "9.999,00";
            case OUTCOME_UNCLEAR -> "da vedere";
        };
    }

    /** As the report says it. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String withLetterForDigit(String code) {
        StringBuilder wrong = new StringBuilder(code);
        for (int digit : DIGITS) {
            if (wrong.charAt(digit) == '0') {
                wrong.setCharAt(digit, 'O');
                break;
            }
        }
        return wrong.toString();
    }
}
