// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.projection;

import java.sql.SQLException;
import java.util.Set;

/** Postgres does not answer, or not in time. It comes back by itself; payments go on meanwhile. */
public final class ProjectionAway extends RuntimeException {
    private static final String QUERY_CANCELED = "57014";
    private static final String UNDEFINED_TABLE = "42P01";
    private static final String UNDEFINED_SCHEMA = "3F000";
    private static final String NO_DATABASE = "3D000";
    /** The projection is being built again: its tables are not there, or not yet for us. */
    private static final Set<String> BEING_BUILT = Set.of(UNDEFINED_TABLE, UNDEFINED_SCHEMA, NO_DATABASE, "42501");

    /** Connection, log-in, resources, operator intervention (a cancelled or timed-out query is 57014), system error. */
    private static final Set<String> AWAY_CLASSES = Set.of("08", "28", "53", "57", "58");

    public ProjectionAway(String message, SQLException cause) {
        super(message, cause);
    }

    /** Whether Postgres is there and only this query took too long: to ask for less helps, to wait does not. */
    public boolean isTimeout() {
        return getCause() instanceof SQLException cause && QUERY_CANCELED.equals(cause.getSQLState());
    }

    static boolean isOne(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return BEING_BUILT.contains(state) || (state.length() > 2 && AWAY_CLASSES.contains(state.substring(0, 2)));
    }
}
