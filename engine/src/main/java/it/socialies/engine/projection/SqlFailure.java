// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells failures that pass from those that stay, by their SQLSTATE class. */
final class SqlFailure {
    private SqlFailure() {}

    /** The SQL exception at the root of a failure, or null. */
    static @Nullable SQLException causeOf(final Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    /** True for what trying again cannot cure: wrong data, violated constraints, missing tables or rights. */
    static boolean isLasting(final SQLException failure) {
        final String state = failure.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23") || state.startsWith("42"));
    }
}
