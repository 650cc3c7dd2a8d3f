// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.queries;

import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.protocol.sbe.CoreTable;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TablesViewEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Answers QueryTables, to the gateway itself: a table that fills up must be seen before it is full. */
public final class TablesQuery {
    private record Table(CoreTable name, LongSupplier rows, long rowsMax) {}

    private final TablesViewEncoder tablesView = new TablesViewEncoder();
    private final AnswerWriter answer;
    private final List<Table> tables = new ArrayList<>();

    public TablesQuery(final AnswerWriter answer) {
        this.answer = answer;
    }

    /** Adds a table to the answer. */
    public TablesQuery with(final CoreTable name, final LongSupplier rows, final long rowsMax) {
        tables.add(new Table(name, rows, rowsMax));
        return this;
    }

    /** Every table, in the order they were added. */
    public ResultCode tables(final CommandContext command) {
        if (!command.isFrom(PrincipalKind.SYSTEM)) {
            return ResultCode.FORBIDDEN;
        }
        final TablesViewEncoder.TablesEncoder group = answer.start(tablesView).tablesCount(tables.size());
        for (int i = 0; i < tables.size(); i++) {
            final Table table = tables.get(i);
            group.next().rows(table.rows().getAsLong()).rowsMax(table.rowsMax()).table(table.name());
        }
        answer.end(tablesView);
        return ResultCode.OK;
    }
}
