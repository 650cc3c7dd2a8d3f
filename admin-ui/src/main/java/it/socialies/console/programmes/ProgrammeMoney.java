// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.programmes;

import it.socialies.console.projection.CircuitView;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Where the money of a programme is; minor units. All of it follows from the counters of a few kinds of accounts: what the funder gave, the fund, and what shops are
 * owed, are about to get, got and owe, one account a shop. So a programme of a million cards is told as fast as one of ten.
 *
 * @param assigned by the funder, less what went back to the funder
 * @param inFund not awarded to anybody, or come back
 * @param awarded to cards, in all
 * @param expired came back from cards into the fund
 * @param held set aside for payments that the shops have not captured yet
 * @param spent at shops, refunds taken off
 */
public record ProgrammeMoney(long assigned, long inFund, long awarded, long expired, long held, long spent) {
    private static final String SUMS = """
            SELECT coalesce(sum(a.debits_posted - a.credits_posted) FILTER (WHERE a.kind = 1), 0) AS assigned,
                   coalesce(sum(a.available) FILTER (WHERE a.kind = 2), 0) AS in_fund,
                   coalesce(sum(CASE a.kind WHEN 2 THEN a.debits_posted WHEN 1 THEN -a.credits_posted END), 0) AS awarded,
                   coalesce(sum(CASE a.kind WHEN 2 THEN a.credits_posted WHEN 1 THEN -a.debits_posted END), 0) AS expired,
                   coalesce(sum(a.credits_pending) FILTER (WHERE a.kind = 4), 0) AS held,
                   coalesce(sum(a.credits_posted - a.debits_posted) FILTER (WHERE a.kind IN (4, 10, 11, 12)), 0) AS spent
            FROM account a WHERE a.programme_id <> 0 AND a.kind IN (1, 2, 4, 10, 11, 12)""";

    /** To be joined to a row of {@code programme p}; names the columns that {@link #of} reads. */
    static final String JOIN = " CROSS JOIN LATERAL (" + SUMS + " AND a.programme_id = p.programme_id) money";

    /** That of all programmes together. */
    public static ProgrammeMoney ofAll(CircuitView view) throws SQLException {
        return view.list(SUMS, ProgrammeMoney::of).getFirst();
    }

    static ProgrammeMoney of(ResultSet row) throws SQLException {
        return new ProgrammeMoney(
                row.getLong("assigned"),
                row.getLong("in_fund"),
                row.getLong("awarded"),
                row.getLong("expired"),
                row.getLong("held"),
                row.getLong("spent"));
    }

    /** On cards, free to be spent. */
    public long onCards() {
        return awarded - expired - held - spent;
    }
}
