// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.dashboard;

import it.socialies.console.dashboard.CircuitFigures.Cards;
import it.socialies.console.dashboard.CircuitFigures.Ies;
import it.socialies.console.dashboard.CircuitFigures.Shops;
import it.socialies.console.payments.PaymentFilter;
import it.socialies.console.payments.PaymentSearch;
import it.socialies.console.programmes.ProgrammeMoney;
import it.socialies.console.projection.CircuitView;
import it.socialies.console.projection.Position;
import it.socialies.console.text.Times;
import java.sql.SQLException;
import java.time.LocalDate;

/** Reads the figures of one circuit, again and again. Not thread-safe. */
final class FiguresReader {
    static final int LAST_PAYMENTS = 8;

    private static final String CARDS = """
            SELECT count(*) FILTER (WHERE status = 2) AS active, count(*) FILTER (WHERE status <> 4) AS issued,
                   count(*) FILTER (WHERE status = 3) AS blocked
            FROM card""";
    private static final String SHOPS = """
            SELECT count(*) FILTER (WHERE status = 1) AS active, count(*) FILTER (WHERE status = 2) AS suspended FROM merchant""";
    private static final String IES = "SELECT outstanding, reserve FROM circuit_balance";
    private static final String WAITING = "SELECT count(*) FROM proposal WHERE state = 1";

    private final PaymentDays days = new PaymentDays();
    private long sequence;

    /** @param nowMs the machine's clock; a sandbox adds what its own was moved forward */
    CircuitFigures read(CircuitView rows, long nowMs) throws SQLException {
        Position position = rows.position();
        if (position.sequence() < sequence) {
            days.forget();
        }
        LocalDate today = Times.date(nowMs + position.clockOffsetMs());
        days.advance(rows, today);
        sequence = position.sequence();
        return new CircuitFigures(
                ProgrammeMoney.ofAll(rows),
                rows.first(
                                CARDS,
                                row -> new Cards(row.getLong("active"), row.getLong("issued"), row.getLong("blocked")))
                        .orElseThrow(),
                rows.first(SHOPS, row -> new Shops(row.getLong("active"), row.getLong("suspended")))
                        .orElseThrow(),
                rows.first(IES, row -> new Ies(row.getLong("outstanding"), row.getLong("reserve")))
                        .orElse(new Ies(0, 0)),
                rows.number(WAITING),
                days.today(rows),
                days.past(),
                PaymentSearch.open(rows, PaymentFilter.ALL).page(rows, null, 0, LAST_PAYMENTS));
    }
}
