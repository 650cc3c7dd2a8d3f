// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.protocol.sbe.DebtSettledDecoder;
import it.socialies.engine.protocol.sbe.LineDrawnDecoder;
import it.socialies.engine.protocol.sbe.LineReturnedDecoder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The parts of lines and of debts paid back, in the order in which they came to be: what a line takes another one cannot take. Steps of one kind that follow each
 * other are one statement, as long as each is of another shop or programme and they are no more than {@value #SHOPS_MAX}: the statement compares shops with payments, and with thousands of shops it would outlast the connection. One thread.
 */
final class SettledParts {
    private static final int SHOPS_MAX = 32;

    private record Shop(long merchantId, long programmeId) {}

    private final LineDrawnDecoder lineDrawn = new LineDrawnDecoder();
    private final LineReturnedDecoder lineReturned = new LineReturnedDecoder();
    private final DebtSettledDecoder debtSettled = new DebtSettledDecoder();
    private final List<ColumnBuffer> runs = new ArrayList<>();
    /** Of the last run. */
    private final Set<Shop> shops = new HashSet<>();

    private int kind;

    /** Gathers the step of the event under the cursor, if it is one; the event is for others too. */
    void hear(final EventCursor event) {
        switch (event.templateId()) {
            case LineDrawnDecoder.TEMPLATE_ID -> onLineDrawn(event);
            case LineReturnedDecoder.TEMPLATE_ID -> {
                lineReturned.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                if (kind != LineReturnedDecoder.TEMPLATE_ID) {
                    begin(LineReturnedDecoder.TEMPLATE_ID, PartStatements.returned());
                }
                runs.getLast()
                        .row(lineReturned.lineId(), LineState.RETURNED.code(), event.timestampMs(), event.sequence());
            }
            case DebtSettledDecoder.TEMPLATE_ID -> onDebtSettled(event);
            default -> {
                // No step.
            }
        }
    }

    private void onLineDrawn(final EventCursor event) {
        lineDrawn.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        final Shop shop = new Shop(lineDrawn.merchantId(), lineDrawn.programmeId());
        if (kind != LineDrawnDecoder.TEMPLATE_ID || !fits(shop)) {
            begin(LineDrawnDecoder.TEMPLATE_ID, PartStatements.drawn());
        }
        shops.add(shop);
        runs.getLast()
                .row(
                        lineDrawn.lineId(),
                        event.circuitId(),
                        shop.merchantId,
                        shop.programmeId,
                        lineDrawn.amount(),
                        lineDrawn.netted(),
                        event.sequence(),
                        event.index());
    }

    private void onDebtSettled(final EventCursor event) {
        debtSettled.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        final Shop shop = new Shop(debtSettled.merchantId(), debtSettled.programmeId());
        if (kind != DebtSettledDecoder.TEMPLATE_ID || !fits(shop)) {
            begin(DebtSettledDecoder.TEMPLATE_ID, PartStatements.repaid());
        }
        shops.add(shop);
        runs.getLast()
                .row(
                        debtSettled.proposalId(),
                        event.circuitId(),
                        shop.merchantId,
                        shop.programmeId,
                        debtSettled.amount(),
                        event.sequence());
    }

    private boolean fits(final Shop shop) {
        return shops.size() < SHOPS_MAX && !shops.contains(shop);
    }

    private void begin(final int newKind, final ColumnBuffer run) {
        kind = newKind;
        shops.clear();
        runs.add(run);
    }

    /** Executes the steps; all other rows of the transaction are written. */
    void execute(final Connection connection) throws SQLException {
        for (final ColumnBuffer run : runs) {
            run.execute(connection);
        }
    }

    void reset() {
        runs.clear();
        shops.clear();
        kind = 0;
    }
}
