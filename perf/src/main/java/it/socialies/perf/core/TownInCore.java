// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.core;

import it.socialies.engine.core.ClearingCore;
import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.core.payments.Payments;
import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.sbe.QueryWalletEncoder;
import it.socialies.engine.protocol.sbe.TransferEncoder;
import it.socialies.perf.town.CoreDesk;
import it.socialies.perf.town.Keys;
import it.socialies.perf.town.Message;
import it.socialies.perf.town.Principal;
import it.socialies.perf.town.Town;
import it.socialies.perf.town.TownBuilder;
import it.socialies.perf.town.TownPlan;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A town in a core, and frames ready to be handed to it: random wallets and terminals, laid one behind the other as on the command ring, so that what is
 * measured is the core and not the making of commands. Only the idempotency key is written anew each time.
 *
 * <p>Time is a number here. In steady state it moves on with every command, so that as many payments close and keys leave as come in, and the tables stay as
 * full as {@code present} says.
 */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // the set-up of each benchmark calls build before anything else
public abstract class TownInCore {
    static final int FRAMES = 1 << 17;
    static final int COMMANDS_A_TICK = 64;

    private static final int FRAME_BYTES = 256;
    private static final long START_MS = Instant.parse("2027-01-01T08:00:00Z").toEpochMilli();
    private static final long CENTS_TOO_MANY = 1_000_000_000_000L;
    private static final int TABLES_WARM = 3;

    /** Wallets of the town. */
    @Param("100000")
    int wallets;

    /** Payments and keys that the tables hold in steady state. */
    @Param("1000000")
    int present;

    ClearingCore core;
    Town town;
    CoreDesk desk;
    final CountingOutput output = new CountingOutput();
    final UnsafeBuffer frames = new UnsafeBuffer(new byte[FRAMES * FRAME_BYTES]);
    private final int[] frameLengths = new int[FRAMES];
    private final Keys keys = new Keys(3);
    private final SplittableRandom random = new SplittableRandom(4);
    private int frame = -1;
    private int sinceTick;
    private long stepMs;
    private long nowMs;

    /** Builds the town and brings its tables to their steady state, with payments in the frames. */
    void build() {
        stepMs = Payments.CHANGEABLE_MS / present;
        core = new ClearingCore(limits(), 5);
        desk = new CoreDesk(core, START_MS);
        town = TownBuilder.build(desk, TownPlan.of(wallets));
        nowMs = desk.nowMs();
        fillWithPayments(1);
        settle();
    }

    /** Lets so many of these commands pass that nothing of what came before is left: every table has the size it needs, and is as full as it stays. */
    void settle() {
        for (int i = 0; i < present + TABLES_WARM * FRAMES; i++) {
            next();
            core.onCommand(nowMs, epochDay(), frames, offset(), length(), output);
            pass();
        }
    }

    /** Keys stay as long as payments do: their table is as full. */
    private CoreLimits limits() {
        CoreLimits usual = CoreLimits.defaults();
        return new CoreLimits(
                usual.accounts(),
                usual.wallets(),
                usual.cards(),
                usual.pockets(),
                usual.holds(),
                usual.payments(),
                usual.proposals(),
                usual.programmes(),
                usual.merchants(),
                usual.outlets(),
                usual.terminals(),
                usual.operators(),
                usual.circuits(),
                usual.keys(),
                usual.keyRetentionMinMs(),
                Payments.CHANGEABLE_MS);
    }

    /** Moves to the next frame and gives it a new key. */
    void next() {
        again();
        keys.next(nowMs);
        CoreDesk.writeKey(frames, offset(), keys);
    }

    /** Moves to the next frame, which keeps the key of its last use. */
    void again() {
        frame = (frame + 1) & (FRAMES - 1);
    }

    int offset() {
        return frame * FRAME_BYTES;
    }

    int length() {
        return frameLengths[frame];
    }

    long nowMs() {
        return nowMs;
    }

    int epochDay() {
        return (int) TimeUnit.MILLISECONDS.toDays(nowMs);
    }

    /** Time moves on by one command; every so often the core does what has become due, as its host lets it. */
    void pass() {
        nowMs += stepMs;
        if (++sinceTick == COMMANDS_A_TICK) {
            sinceTick = 0;
            while (core.onTick(nowMs, epochDay(), output)) {
                // until nothing is due
            }
        }
    }

    /** Lets so much time pass at once that every payment closes and every key leaves. */
    void passLong() {
        nowMs += 2 * Payments.CHANGEABLE_MS;
        while (core.onTick(nowMs, epochDay(), output)) {
            // until nothing is due
        }
    }

    void fillWithPayments(long cents) {
        Town.Payer payer = new Town.Payer();
        fill((number) -> town.terminal(random.nextInt()), number -> {
            int wallet = random.nextInt(wallets);
            return (buffer, offset) -> payer.write(buffer, offset, wallet, cents);
        });
    }

    /** Payments that no wallet can make. */
    void fillWithRefusedPayments() {
        fillWithPayments(CENTS_TOO_MANY);
    }

    /** One minor unit of IES from a holder to another. */
    void fillWithTransfers() {
        int payers = town.plan().iesWallets();
        fill(number -> town.holder(number % payers), number -> {
            int payer = number % payers;
            int payee = (payer + 1 + random.nextInt(wallets - 1)) % wallets;
            return Message.of(
                    new TransferEncoder(),
                    command -> command.fromWalletId(town.walletId(payer))
                            .toWalletId(town.walletId(payee))
                            .amount(1)
                            .expectedFee(-1));
        });
    }

    void fillWithWalletQueries() {
        fill(
                number -> town.social().get(0),
                number -> Message.of(
                        new QueryWalletEncoder(), query -> query.walletId(town.walletId(random.nextInt(wallets)))));
    }

    private interface PrincipalOf {
        Principal at(int number);
    }

    private interface MessageOf {
        Message at(int number);
    }

    private void fill(PrincipalOf who, MessageOf what) {
        for (int number = 0; number < FRAMES; number++) {
            int length = CoreDesk.writeFrame(
                    frames, number * FRAME_BYTES, who.at(number), keys.next(nowMs), what.at(number));
            if (length > FRAME_BYTES) {
                throw new IllegalStateException("a frame of " + length + " bytes");
            }
            frames.putLong(number * FRAME_BYTES + CommandFrameDescriptor.FINGERPRINT_HI_OFFSET, random.nextLong());
            frames.putLong(number * FRAME_BYTES + CommandFrameDescriptor.FINGERPRINT_LO_OFFSET, random.nextLong());
            frameLengths[number] = length;
        }
    }
}
