// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.postgres;

import it.socialies.perf.town.Keys;
import it.socialies.perf.town.Purchases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import org.HdrHistogram.Histogram;

/** One client of a plain ledger: one connection, one prepared call, one transaction a call. One thread. */
final class LedgerClient implements AutoCloseable {
    private static final String ONE = "SELECT %s.transfer_one(?, ?, ?, ?, ?)";
    private static final String SET = "SELECT %s.transfer_batch(?, ?, ?, ?, ?)";

    private final Connection connection;
    private final PreparedStatement call;
    private final Purchases purchases;
    private final int wallets;
    private final int batch;
    private final boolean asSet;
    private final Keys keys = new Keys(ThreadLocalRandom.current().nextLong());
    private final Histogram latencyNs = new Histogram(3);
    private final long[] keysHi;
    private final long[] keysLo;
    private final long[] debits;
    private final long[] credits;
    private final long[] cents;

    /** @param wallets accounts of shops come behind so many */
    LedgerClient(Connection connection, String schema, Purchases purchases, int wallets, int batch, boolean asSet)
            throws SQLException {
        this.connection = connection;
        this.purchases = purchases;
        this.wallets = wallets;
        this.batch = batch;
        this.asSet = asSet;
        call = connection.prepareStatement(String.format(asSet ? SET : ONE, schema));
        keysHi = new long[batch];
        keysLo = new long[batch];
        debits = new long[batch];
        credits = new long[batch];
        cents = new long[batch];
    }

    /** Calls until the time is over; returns the transfers done. */
    long runUntil(long endNs) throws SQLException {
        long transfers = 0;
        long nowNs = System.nanoTime();
        while (nowNs - endNs < 0) {
            once();
            transfers += batch;
            long afterNs = System.nanoTime();
            latencyNs.recordValue(afterNs - nowNs);
            nowNs = afterNs;
        }
        return transfers;
    }

    /** One call; every transfer in it must be done. */
    void once() throws SQLException {
        long first = purchases.take(batch);
        for (int i = 0; i < batch; i++) {
            keys.next(System.currentTimeMillis());
            keysHi[i] = keys.hi();
            keysLo[i] = keys.lo();
            debits[i] = 1L + purchases.wallet(first + i);
            credits[i] = 1L + wallets + purchases.shop(first + i);
            cents[i] = purchases.cents(first + i);
        }
        if (asSet) {
            call.setObject(1, keysHi);
            call.setObject(2, keysLo);
            call.setObject(3, debits);
            call.setObject(4, credits);
            call.setObject(5, cents);
        } else {
            call.setLong(1, keysHi[0]);
            call.setLong(2, keysLo[0]);
            call.setLong(3, debits[0]);
            call.setLong(4, credits[0]);
            call.setLong(5, cents[0]);
        }
        try (ResultSet row = call.executeQuery()) {
            row.next();
            if (row.getLong(1) != (asSet ? batch : 0)) {
                throw new SQLException("the ledger refused a transfer: " + row.getLong(1));
            }
        }
    }

    Histogram latencyNs() {
        return latencyNs;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
