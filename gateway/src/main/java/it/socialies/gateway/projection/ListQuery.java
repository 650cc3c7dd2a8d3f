// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.projection;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A page of rows: columns, source, conditions, and the order, which is that of one growing number.
 *
 * <p>Every condition is a bound parameter; what callers send never becomes SQL.
 */
public final class ListQuery {
    private final String columns;
    private final String source;
    private final String order;
    private final boolean newestFirst;
    private final Function<Row, JsonObject> json;
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    /**
     * @param columns select list
     * @param source from clause
     * @param order column that orders the page; unique and positive
     */
    public ListQuery(String columns, String source, String order, boolean newestFirst, Function<Row, JsonObject> json) {
        this.columns = columns;
        this.source = source;
        this.order = order;
        this.newestFirst = newestFirst;
        this.json = json;
    }

    /** Adds a condition; {@code ?} stands for the parameter. */
    public ListQuery where(String condition, Object parameter) {
        parameters.add(parameter);
        conditions.add(condition.replace("?", "$" + parameters.size()));
        return this;
    }

    String sql(boolean hasCursor) {
        int next = parameters.size() + 1;
        StringBuilder where = new StringBuilder();
        conditions.forEach(
                condition -> where.append(where.isEmpty() ? " WHERE " : " AND ").append(condition));
        if (hasCursor) {
            where.append(where.isEmpty() ? " WHERE " : " AND ")
                    .append(order)
                    .append(newestFirst ? " < $" : " > $")
                    .append(next++);
        }
        String direction = newestFirst ? " DESC" : "";
        return "WITH p AS (SELECT last_sequence AS as_of_sequence FROM position), r AS (SELECT " + columns + ", "
                + order
                + " AS page_order FROM " + source + where + " ORDER BY " + order + direction + " LIMIT $" + next
                + ") SELECT p.as_of_sequence, r.* FROM p LEFT JOIN r ON true ORDER BY page_order" + direction;
    }

    List<Object> parameters() {
        return parameters;
    }

    JsonObject json(Row row) {
        return json.apply(row);
    }
}
