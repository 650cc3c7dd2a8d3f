// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.postgres;

import it.socialies.engine.journal.files.LogFiles;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.AccountOpenedDecoder;
import it.socialies.engine.protocol.sbe.HoldPostedDecoder;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.journal.JournalScan;
import it.socialies.perf.pipeline.ClosedLoop;
import it.socialies.perf.pipeline.MeasuredEngine;
import it.socialies.perf.suite.SuiteFailed;
import it.socialies.perf.town.Purchases;
import it.socialies.perf.town.TownPlan;
import java.io.IOException;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.agrona.collections.Long2LongHashMap;

/** The product's own ledger: the payments as till and card make them, through the engine, each durable before its answer. Threading: the suite's thread. */
final class PipelineLedger implements AutoCloseable {
    /** Fewer than the core's table of payments takes, so that nothing is refused. */
    private static final long BURST_PAYMENTS = 1_500_000;

    private static final int FINISHING_OUTSTANDING = 64;
    private static final int NOBODY = -1;

    private final Path folder;
    private final TownPlan plan;
    private final Purchases purchases;
    private final MeasuredEngine engine;
    private final ClosedLoop loop;

    private PipelineLedger(Path folder, TownPlan plan, Purchases purchases, MeasuredEngine engine) {
        this.folder = folder;
        this.plan = plan;
        this.purchases = purchases;
        this.engine = engine;
        loop = new ClosedLoop(engine.client(), engine.town(), engine::nowMs, purchases);
    }

    /** Builds the town in a new installation. */
    static PipelineLedger create(Path folder, Purchases purchases, TownPlan plan) throws IOException {
        return new PipelineLedger(folder, plan, purchases, MeasuredEngine.launch(folder, LogFiles.REAL, plan));
    }

    /** Bursts that together last so long; between them the tables are emptied. */
    ClosedLoop.Burst run(int outstanding, long ns, Histogram into) throws SuiteFailed {
        long payments = 0;
        long doneNs = 0;
        while (doneNs < ns) {
            ClosedLoop.Burst burst = loop.run(outstanding, BURST_PAYMENTS, ns - doneNs, into);
            payments += burst.payments();
            doneNs += burst.ns();
            engine.closePayments();
        }
        return new ClosedLoop.Burst(payments, doneNs);
    }

    /** Exactly so many payments, however long they take; returns the time from the first to the last answer. */
    long runExactly(int outstanding, long payments, Histogram into) throws SuiteFailed {
        long startNs = System.nanoTime();
        loop.run((int) Math.min(outstanding, payments), payments, Long.MAX_VALUE / 2, into);
        return System.nanoTime() - startNs;
    }

    /** Makes the payments that are left of the round begun; returns how many rounds are whole now. */
    long finishRound() throws SuiteFailed {
        long left = Math.floorMod(-purchases.taken(), (long) purchases.length());
        if (left > 0) {
            runExactly(FINISHING_OUTSTANDING, left, new Histogram(3));
        }
        return purchases.taken() / purchases.length();
    }

    long durableSequence() {
        return engine.durableSequence();
    }

    /** Sums up what the journal says, once the engine has stopped. */
    Balances balancesOfTheJournal(long lastSequence) {
        Long2LongHashMap walletOf = wallets();
        Balances balances = new Balances(plan.wallets(), plan.merchants());
        Long2LongHashMap payerOf = new Long2LongHashMap(NOBODY);
        Long2LongHashMap shopOf = new Long2LongHashMap(NOBODY);
        AccountOpenedDecoder opened = new AccountOpenedDecoder();
        HoldPostedDecoder posted = new HoldPostedDecoder();
        JournalScan.of(new DataFolder(folder)).events(lastSequence, (record, header, buffer, offset) -> {
            if (header.templateId() == AccountOpenedDecoder.TEMPLATE_ID) {
                opened.wrap(buffer, offset, header.blockLength(), header.version());
                if (opened.kind() == AccountKind.POCKET) {
                    payerOf.put(opened.accountId(), walletOf.get(opened.ownerId()));
                } else if (opened.kind() == AccountKind.PAYABLE) {
                    // Shops of a new installation are numbered from 1, in the order in which they were registered.
                    shopOf.put(opened.accountId(), opened.ownerId() - 1);
                }
            } else if (header.templateId() == HoldPostedDecoder.TEMPLATE_ID) {
                posted.wrap(buffer, offset, header.blockLength(), header.version());
                balances.spend((int) payerOf.get(posted.debitAccountId()), posted.amount());
                balances.earn((int) shopOf.get(posted.creditAccountId()), posted.amount());
            }
        });
        return balances;
    }

    /** Wallet numbers by wallet id. */
    Long2LongHashMap wallets() {
        Long2LongHashMap walletOf = new Long2LongHashMap(NOBODY);
        for (int wallet = 0; wallet < plan.wallets(); wallet++) {
            walletOf.put(engine.town().walletId(wallet), wallet);
        }
        return walletOf;
    }

    @Override
    public void close() throws IOException {
        engine.close();
    }
}
