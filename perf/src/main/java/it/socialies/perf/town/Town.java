// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.town;

import it.socialies.engine.protocol.sbe.CaptureMode;
import it.socialies.engine.protocol.sbe.MessageHeaderEncoder;
import it.socialies.engine.protocol.sbe.PayEncoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import java.util.Arrays;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/** A town that has been built: who is there, and the payments its cards make. Wallets are counted from 0. Immutable. */
public final class Town {
    private static final int VERIFIER_WORDS = 4;

    private final TownPlan plan;
    private final List<Principal> installers;
    private final List<Principal> social;
    private final List<Principal> terminals;
    private final long[] programmeIds;
    private final long[] cardIds;
    private final long[] walletIds;

    Town(
            TownPlan plan,
            List<Principal> installers,
            List<Principal> social,
            List<Principal> terminals,
            long[] programmeIds,
            long[] cardIds,
            long[] walletIds) {
        this.plan = plan;
        this.installers = installers;
        this.social = social;
        this.terminals = terminals;
        this.programmeIds = programmeIds;
        this.cardIds = cardIds;
        this.walletIds = walletIds;
    }

    public TownPlan plan() {
        return plan;
    }

    public int circuitId() {
        return social.getFirst().circuitId();
    }

    /** The two operators of the installation, speaking for it. */
    public List<Principal> installers() {
        return installers;
    }

    /** Two operators of social services. */
    public List<Principal> social() {
        return social;
    }

    /** The programme whose vouchers are drawn first. */
    public long firstProgrammeId() {
        return programmeIds[0];
    }

    public long walletId(int wallet) {
        return walletIds[wallet];
    }

    /** The holder of a wallet. */
    public Principal holder(int wallet) {
        return new Principal(PrincipalKind.HOLDER, cardIds[wallet], circuitId());
    }

    /** A recharge of every wallet, or of as many as one batch takes, by so many cents each. */
    public TopUpBatch topUp(long cents) {
        return new TopUpBatch(Arrays.copyOf(walletIds, Math.min(walletIds.length, TopUpBatch.MAX_ROWS)), cents);
    }

    /** First half of the token of a wallet's card. */
    static long tokenHi(int wallet) {
        return mix(2L * wallet + 1);
    }

    static long tokenLo(int wallet) {
        return mix(2L * wallet + 2);
    }

    /** A word of the PIN verifier of a wallet's card. */
    static long verifierWord(int wallet, int word) {
        return mix(-1L - (long) VERIFIER_WORDS * wallet - word);
    }

    /** The terminal that serves a number, however large. */
    public Principal terminal(int number) {
        return terminals.get(Math.floorMod(number, terminals.size()));
    }

    /** Writes messages that pay, with no allocation. One thread. */
    public static final class Payer {
        private final PayEncoder pay = new PayEncoder();
        private final MessageHeaderEncoder header = new MessageHeaderEncoder();

        /** Writes header and message of an automatic payment out of vouchers; returns the length of both in bytes. */
        public int write(MutableDirectBuffer buffer, int offset, int wallet, long cents) {
            pay.wrapAndApplyHeader(buffer, offset, header)
                    .tokenHi(tokenHi(wallet))
                    .tokenLo(tokenLo(wallet))
                    .billTotal(cents)
                    .eligibleAmount(cents)
                    .terminalReference(0)
                    .capture(CaptureMode.AUTOMATIC)
                    .allowIes((short) 0)
                    .allowPartial((short) 0)
                    .verifier()
                    .w0(verifierWord(wallet, 0))
                    .w1(verifierWord(wallet, 1))
                    .w2(verifierWord(wallet, 2))
                    .w3(verifierWord(wallet, 3));
            return MessageHeaderEncoder.ENCODED_LENGTH + pay.encodedLength();
        }
    }

    /** Spreads numbers over all 64 bits, each onto another one (the finalizer of SplitMix64). */
    private static long mix(long number) {
        long z = number * 0x9E37_79B9_7F4A_7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
