// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.vouchers;

import it.socialies.engine.core.collections.ByteColumn;
import it.socialies.engine.core.collections.IntColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.CoreTags;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.protocol.EntityHash;

/**
 * Pockets: the money of one programme in one wallet. Each wallet chains its pockets; each programme queues the pockets that its end must sweep, and
 * those that it swept since, which an extension gives their money back. Columns by an index that is internal to the core; the pocket's name outside is its account.
 */
public final class Pockets implements StateTable {
    /** Pockets of one wallet whose programmes have not ended: what a payment may draw from. */
    public static final int MAX_LIVE_PER_WALLET = 16;
    /** Pockets of one wallet in all its life, so that a view of it stays bounded. */
    public static final int MAX_PER_WALLET = 256;

    private final int max;
    private final Programmes programmes;
    private final HashSums sums;
    private final IntColumn pocketOfAccount;
    private final LongColumn accountId;
    private final LongColumn walletId;
    private final LongColumn programmeId;
    private final LongColumn toppedUp;
    private final LongColumn owed;
    private final IntColumn nextOfWallet;
    private final IntColumn firstOfWallet;
    private final SweepQueues sweepQueues;
    private final Graces graces;
    private final LongColumn restorable;
    private final PocketQueues restoreQueues;

    /** Sum of what is restorable, by programme. */
    private final LongColumn restorableTotal;

    /** By programme, once it ever had a pocket. */
    private final ByteColumn everOpened;

    private long count;

    /** At most {@code max} pockets of so many accounts, wallets and programmes; {@code programmes} say when they end. */
    public Pockets(
            final int max,
            final int maxAccounts,
            final int maxWallets,
            final int maxProgrammes,
            final Programmes programmes,
            final HashSums sums) {
        this.max = max;
        this.programmes = programmes;
        this.sums = sums;
        pocketOfAccount = new IntColumn(maxAccounts);
        accountId = new LongColumn(max);
        walletId = new LongColumn(max);
        programmeId = new LongColumn(max);
        toppedUp = new LongColumn(max);
        owed = new LongColumn(max);
        nextOfWallet = new IntColumn(max);
        firstOfWallet = new IntColumn(maxWallets);
        sweepQueues = new SweepQueues(max, maxProgrammes);
        graces = new Graces(max);
        restorable = new LongColumn(max);
        restoreQueues = new PocketQueues("restore", max, maxProgrammes);
        restorableTotal = new LongColumn(maxProgrammes);
        everOpened = new ByteColumn(maxProgrammes);
    }

    /** Pockets opened. */
    public long count() {
        return count;
    }

    /** True when this many more pockets fit. */
    public boolean hasRoomFor(final int pockets) {
        return count + pockets <= max;
    }

    /** Books the account opened for a wallet and a programme. */
    public void open(final long accountId, final long walletId, final long programmeId) {
        final long pocket = ++count;
        this.accountId.set(pocket, accountId);
        this.walletId.set(pocket, walletId);
        this.programmeId.set(pocket, programmeId);
        nextOfWallet.set(pocket, firstOfWallet.get(walletId));
        firstOfWallet.set(walletId, (int) pocket);
        pocketOfAccount.set(accountId, (int) pocket);
        everOpened.set(programmeId, (byte) 1);
        sums.addCore(hash(pocket));
        queueForSweep(pocket);
    }

    void toppedUp(final long accountId, final long amount) {
        final long pocket = pocketOfAccount.get(accountId);
        sums.removeCore(hash(pocket));
        toppedUp.add(pocket, amount);
        sums.addCore(hash(pocket));
        queueForSweep(pocket);
    }

    /** Money came back to the pocket: its programme's end must sweep it. */
    public void onMoneyBack(final long accountId) {
        queueForSweep(pocketOfAccount.get(accountId));
    }

    void swept(final long accountId, final long restorableAfter) {
        final long pocket = pocketOfAccount.get(accountId);
        sums.removeCore(hash(pocket));
        if (graces.contains(pocket)) {
            graces.end(pocket);
        } else {
            sweepQueues.remove(pocket, programmeId.get(pocket));
        }
        setRestorable(pocket, restorableAfter);
        sums.addCore(hash(pocket));
    }

    /** The pocket may be spent until then, and is swept then. */
    void grantGrace(final long accountId, final long untilMs) {
        final long pocket = pocketOfAccount.get(accountId);
        sums.removeCore(hash(pocket));
        if (sweepQueues.contains(pocket)) {
            sweepQueues.remove(pocket, programmeId.get(pocket));
        }
        graces.grant(pocket, untilMs);
        sums.addCore(hash(pocket));
    }

    /** The grace is over and the programme, which was extended meanwhile, is not. */
    void endGrace(final long accountId) {
        final long pocket = pocketOfAccount.get(accountId);
        sums.removeCore(hash(pocket));
        graces.end(pocket);
        sums.addCore(hash(pocket));
        queueForSweep(pocket);
    }

    /** The pocket got back all that was restorable. */
    public void restored(final long accountId) {
        final long pocket = pocketOfAccount.get(accountId);
        sums.removeCore(hash(pocket));
        setRestorable(pocket, 0);
        sums.addCore(hash(pocket));
        queueForSweep(pocket);
    }

    /** So much went back to the fund, so much of what had been swept will not be restored, and so much more is owed. */
    public void takenBack(final long accountId, final long amount, final long forgone, final long recoverable) {
        final long pocket = pocketOfAccount.get(accountId);
        sums.removeCore(hash(pocket));
        toppedUp.add(pocket, -amount - forgone);
        owed.set(pocket, Math.min(owed.get(pocket), toppedUp.get(pocket)) + recoverable);
        setRestorable(pocket, restorable.get(pocket) - forgone);
        sums.addCore(hash(pocket));
    }

    /** Money went from one pocket to another of the same programme. */
    public void inherited(final long fromAccountId, final long toAccountId, final long amount) {
        final long from = pocketOfAccount.get(fromAccountId);
        sums.removeCore(hash(from));
        toppedUp.add(from, -amount);
        owed.set(from, Math.min(owed.get(from), toppedUp.get(from)));
        sums.addCore(hash(from));
        toppedUp(toAccountId, amount);
    }

    /** The programme ends at another instant. */
    public void endAt(final long programmeId, final long endMs) {
        sweepQueues.endAt(programmeId, endMs);
    }

    private void setRestorable(final long pocket, final long after) {
        final long programme = programmeId.get(pocket);
        final long before = restorable.get(pocket);
        restorable.set(pocket, after);
        restorableTotal.add(programme, after - before);
        if (before == 0 && after > 0) {
            restoreQueues.add(pocket, programme);
        } else if (before > 0 && after == 0) {
            restoreQueues.remove(pocket, programme);
        }
    }

    /** Pocket of an account. */
    public long ofAccount(final long accountId) {
        return pocketOfAccount.get(accountId);
    }

    /** True when anything was ever awarded from the programme: its first award opened a pocket, and pockets stay. */
    public boolean hasAnyOf(final long programmeId) {
        return everOpened.get(programmeId) != 0;
    }

    /** First pocket of a wallet, by index; 0 for none. */
    public long firstOfWallet(final long walletId) {
        return firstOfWallet.get(walletId);
    }

    /** Next pocket of the same wallet; 0 for none. */
    public long nextOfWallet(final long pocket) {
        return nextOfWallet.get(pocket);
    }

    /** Pocket of a wallet and a programme; 0 for none. */
    public long find(final long walletId, final long programmeId) {
        long pocket = firstOfWallet(walletId);
        while (pocket != 0 && this.programmeId.get(pocket) != programmeId) {
            pocket = nextOfWallet(pocket);
        }
        return pocket;
    }

    /** Pockets of a wallet. */
    public int countOfWallet(final long walletId) {
        int pockets = 0;
        for (long pocket = firstOfWallet(walletId); pocket != 0; pocket = nextOfWallet(pocket)) {
            pockets++;
        }
        return pockets;
    }

    /** The programme that ended first among those with pockets to sweep; 0 for none. */
    public long firstEnded(final long nowMs) {
        return sweepQueues.firstEnded(nowMs);
    }

    /** True when the wallet may have one more pocket: pockets of ended programmes no longer stand in the way. */
    public boolean hasRoomInWallet(final long walletId, final long nowMs) {
        int all = 0;
        int live = 0;
        for (long pocket = firstOfWallet(walletId); pocket != 0; pocket = nextOfWallet(pocket)) {
            all++;
            live += programmes.hasEnded(programmeId(pocket), nowMs) ? 0 : 1;
        }
        return live < MAX_LIVE_PER_WALLET && all < MAX_PER_WALLET;
    }

    /** Next pocket to sweep once the programme has ended; 0 for none. */
    public long firstToSweep(final long programmeId) {
        return sweepQueues.first(programmeId);
    }

    /** Until when the pocket may be spent though its programme has ended; 0 for none. */
    public long graceUntilMs(final long pocket) {
        return graces.untilMs(pocket);
    }

    /** The pocket whose grace ended first; 0 for none. */
    public long firstGraceEnded(final long nowMs) {
        return graces.firstEnded(nowMs);
    }

    /** What was swept from the pocket since its programme ended, in minor units. */
    public long restorable(final long pocket) {
        return restorable.get(pocket);
    }

    /** What was swept from all pockets of the programme since it ended, in minor units. */
    public long restorableTotal(final long programmeId) {
        return restorableTotal.get(programmeId);
    }

    /** Next pocket that an extension gives its money back; 0 for none. */
    public long firstToRestore(final long programmeId) {
        return restoreQueues.first(programmeId);
    }

    /** Account of a pocket. */
    public long accountId(final long pocket) {
        return accountId.get(pocket);
    }

    /** Wallet of a pocket. */
    public long walletId(final long pocket) {
        return walletId.get(pocket);
    }

    /** Programme of a pocket. */
    public long programmeId(final long pocket) {
        return programmeId.get(pocket);
    }

    /** Sum of the top-ups of a pocket, in minor units. */
    public long toppedUpTotal(final long pocket) {
        return toppedUp.get(pocket);
    }

    /** What take-backs asked of the holder, since it was spent, in minor units: never more than what the pocket was topped up with. */
    public long owed(final long pocket) {
        return owed.get(pocket);
    }

    @Override
    public void visit(final StateFields fields) {
        count = fields.count("pockets.count", count, max);
        accountId.visit(fields, "pockets.account_id");
        walletId.visit(fields, "pockets.wallet_id");
        programmeId.visit(fields, "pockets.programme_id");
        toppedUp.visit(fields, "pockets.topped_up");
        owed.visit(fields, "pockets.owed");
        nextOfWallet.visit(fields, "pockets.next_of_wallet");
        firstOfWallet.visit(fields, "pockets.first_of_wallet");
        sweepQueues.visit(fields);
        restorable.visit(fields, "pockets.restorable");
        restoreQueues.visit(fields);
        graces.visit(fields);
    }

    @Override
    public void rebuild() {
        sweepQueues.rebuild();
        graces.rebuild();
        for (long pocket = 1; pocket <= count; pocket++) {
            pocketOfAccount.set(accountId.get(pocket), (int) pocket);
            restorableTotal.add(programmeId.get(pocket), restorable.get(pocket));
            everOpened.set(programmeId.get(pocket), (byte) 1);
            sums.addCore(hash(pocket));
        }
    }

    /** Unless it waits already, or the end of a grace will sweep it. */
    private void queueForSweep(final long pocket) {
        if (!sweepQueues.contains(pocket) && !graces.contains(pocket)) {
            sums.removeCore(hash(pocket));
            final long programme = programmeId.get(pocket);
            sweepQueues.add(pocket, programme, programmes.sweepDueMs(programme));
            sums.addCore(hash(pocket));
        }
    }

    private long hash(final long pocket) {
        long h = EntityHash.start(CoreTags.POCKET);
        h = EntityHash.add(h, accountId.get(pocket));
        h = EntityHash.add(h, walletId.get(pocket));
        h = EntityHash.add(h, programmeId.get(pocket));
        h = EntityHash.add(h, toppedUp.get(pocket));
        h = EntityHash.add(h, sweepQueues.contains(pocket) ? 1 : 0);
        // Only where there is something, so that the hashes of older journals stay.
        final boolean isOwed = owed.get(pocket) > 0;
        final boolean hasGrace = graces.contains(pocket);
        if (restorable.get(pocket) > 0 || hasGrace || isOwed) {
            h = EntityHash.add(h, restorable.get(pocket));
        }
        if (hasGrace || isOwed) {
            h = EntityHash.add(h, graces.untilMs(pocket));
        }
        if (isOwed) {
            h = EntityHash.add(h, owed.get(pocket));
        }
        return EntityHash.end(h);
    }
}
