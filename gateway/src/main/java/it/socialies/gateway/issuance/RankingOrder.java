// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Watches that positions rise and scores fall down the file, as a ranking's do. One thread. */
final class RankingOrder {
    private int position = -1;
    private int positionRow;
    private @Nullable BigDecimal score;
    private int scorePosition = -1;
    private int scoreRow;

    void check(RowCells cells, int nextPosition, @Nullable BigDecimal nextScore) {
        if (nextPosition >= 0) {
            if (position > nextPosition) {
                cells.fault(Column.POSITION, FaultCode.POSITION_BACKWARDS, "", positionRow);
            }
            position = nextPosition;
            positionRow = cells.number();
        }
        if (nextScore != null && nextPosition >= 0) {
            if (score != null && nextPosition > scorePosition && nextScore.compareTo(score) > 0) {
                cells.fault(Column.SCORE, FaultCode.SCORE_BACKWARDS, "", scoreRow);
            }
            score = nextScore;
            scorePosition = nextPosition;
            scoreRow = cells.number();
        }
    }
}
