// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.ranking;

import it.socialies.gateway.issuance.Euro;
import it.socialies.gateway.issuance.Outcome;
import it.socialies.gateway.issuance.SafeCsv;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The ranking as the municipality may publish it (art. 26 c. 4 D.Lgs. 33/2013: nobody whose need could be read from it is named): codes, positions, sums. Neither scores nor
 * reasons nor household sizes, which together would point at somebody in a small town. Stateless.
 */
public final class PublicList {
    private PublicList() {}

    /**
     * One line of the list.
     *
     * @param position 0 for who is excluded
     */
    public record Line(int position, String code, Outcome outcome, long amountCents) {}

    /** The lines: the eligible by position, the excluded by code, since their order is none. */
    public static List<Line> lines(Ranking ranking, PublicCodes codes) {
        List<Line> lines = new ArrayList<>();
        List<Line> excluded = new ArrayList<>();
        for (Placement placement : ranking.placements()) {
            Line line = new Line(
                    placement.position(),
                    codes.code(placement.application()),
                    placement.outcome(),
                    placement.amountCents());
            (placement.outcome() == Outcome.EXCLUDED ? excluded : lines).add(line);
        }
        excluded.sort(Comparator.comparing(Line::code));
        lines.addAll(excluded);
        return lines;
    }

    /** Writes the list in Italian and closes the stream. */
    public static void write(List<Line> lines, OutputStream output) throws IOException {
        try (SafeCsv csv = new SafeCsv(output)) {
            csv.row("Posizione", "Codice domanda", "Esito", "Importo");
            for (Line line : lines) {
                csv.row(
                        line.position() == 0 ? "" : Integer.toString(line.position()),
                        line.code(),
                        switch (line.outcome()) {
                            case ADMITTED -> "Ammessa";
                            case RESERVE -> "Riserva";
                            case EXCLUDED -> "Esclusa";
                        },
                        line.outcome() == Outcome.ADMITTED ? Euro.text(line.amountCents()) : "");
            }
        }
    }
}
