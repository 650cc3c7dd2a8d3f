// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

/**
 * What happened in a world that broke no promise.
 *
 * @param digest of the whole history: equal for equal seeds
 */
record WorldReport(
        long seed,
        long commands,
        long replies,
        long records,
        long lostUnheard,
        int starts,
        int powerCuts,
        int kills,
        int diedRecovering,
        int refusals,
        int snapshots,
        int archivings,
        long diskFailures,
        long postgresFailures,
        long steps,
        long digest) {

    String line() {
        return "seed " + Long.toUnsignedString(seed) + ": " + commands + " commands, " + replies + " replies, "
                + records
                + " records, " + lostUnheard + " lost unheard, " + starts + " starts (" + powerCuts + " power cuts, "
                + kills + " kills, " + diedRecovering + " died recovering, " + refusals + " refused), " + snapshots
                + " snapshots, " + archivings + " archived, " + diskFailures + " disk and " + postgresFailures
                + " Postgres failures, " + steps + " steps, history " + Long.toHexString(digest);
    }
}
