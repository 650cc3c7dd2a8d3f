// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.protocol;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * The 64-bit hashes of entities, which {@code coreHash} and {@code ledgerHash} sum modulo 2^64. The core computes them from its columns, the
 * projection from its rows: one definition, so that equal sums mean equal content.
 *
 * <p>An entity's hash is {@link #start(long)} with its tag, {@link #add(long, long)} for each field in the order of its creating event, then its
 * counters and status, and {@link #end(long)}. The finaliser is the 64-bit one of MurmurHash3. It guards against faults, not against forgers:
 * the chain of the journal does that.
 *
 * <p>Frozen: a snapshot holds these sums, so a change needs a new snapshot version. Stateless, allocation-free, safe from any thread.
 */
public final class EntityHash {
    /** Tags of the entities that Postgres holds too. */
    public static final long ACCOUNT = 1;

    public static final long HOLD = 2;
    public static final long WALLET = 3;
    public static final long CARD = 4;
    public static final long PROGRAMME = 5;
    public static final long MERCHANT = 6;
    public static final long OUTLET = 7;
    public static final long TERMINAL = 8;
    public static final long COMMITMENT = 9;
    public static final long CLOSURE = 10;

    public static final long CARD_GRANT = 14;

    /** Tags of entities that only the core hashes start here. */
    public static final long FIRST_CORE_ONLY_TAG = 100;

    private static final int PUBLIC_KEY_LENGTH = 64;
    private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;
    private static final long MURMUR_1 = 0xFF51_AFD7_ED55_8CCDL;
    private static final long MURMUR_2 = 0xC4CE_B9FE_1A85_EC53L;

    private EntityHash() {}

    /** Begins the hash of an entity of the kind {@code tag}. */
    public static long start(final long tag) {
        return mix(tag * GOLDEN_RATIO);
    }

    /** Adds one field; the order of fields matters. */
    public static long add(final long hash, final long field) {
        return mix((hash + GOLDEN_RATIO) ^ field);
    }

    /** Ends the hash of an entity, so that one with a field more is no mere continuation of one with a field less. */
    public static long end(final long hash) {
        return mix(hash ^ GOLDEN_RATIO);
    }

    public static long account(
            final long accountId,
            final long ownerId,
            final long programmeId,
            final int circuitId,
            final int kind,
            final int unit,
            final long debitsPending,
            final long debitsPosted,
            final long creditsPending,
            final long creditsPosted) {
        long h = start(ACCOUNT);
        h = add(h, accountId);
        h = add(h, ownerId);
        h = add(h, programmeId);
        h = add(h, circuitId);
        h = add(h, kind);
        h = add(h, unit);
        h = add(h, debitsPending);
        h = add(h, debitsPosted);
        h = add(h, creditsPending);
        h = add(h, creditsPosted);
        return end(h);
    }

    public static long hold(
            final long holdId,
            final long paymentId,
            final long debitAccountId,
            final long creditAccountId,
            final long amount,
            final long captured,
            final long refunded,
            final int state) {
        long h = start(HOLD);
        h = add(h, holdId);
        h = add(h, paymentId);
        h = add(h, debitAccountId);
        h = add(h, creditAccountId);
        h = add(h, amount);
        h = add(h, captured);
        h = add(h, refunded);
        h = add(h, state);
        return end(h);
    }

    public static long wallet(final long walletId, final int circuitId, final long holderId, final int householdSize) {
        long h = start(WALLET);
        h = add(h, walletId);
        h = add(h, circuitId);
        h = add(h, holderId);
        h = add(h, householdSize);
        return end(h);
    }

    public static long card(
            final long cardId,
            final long walletId,
            final long tokenHi,
            final long tokenLo,
            final long replacesCardId,
            final int status) {
        long h = start(CARD);
        h = add(h, cardId);
        h = add(h, walletId);
        h = add(h, tokenHi);
        h = add(h, tokenLo);
        h = add(h, replacesCardId);
        h = add(h, status);
        return end(h);
    }

    /** What a card of a kind may do, and what it pays without a PIN; a card that nothing was granted to adds nothing. */
    public static long cardGrant(
            final long cardId,
            final int kind,
            final long merchantId,
            final long paymentMax,
            final long dayMax,
            final long validUntilMs,
            final long pinFreeDayMax) {
        if ((kind | merchantId | paymentMax | dayMax | validUntilMs | pinFreeDayMax) == 0) {
            return 0;
        }
        long h = start(CARD_GRANT);
        h = add(h, cardId);
        h = add(h, kind);
        h = add(h, merchantId);
        h = add(h, paymentMax);
        h = add(h, dayMax);
        h = add(h, validUntilMs);
        h = add(h, pinFreeDayMax);
        return end(h);
    }

    public static long programme(
            final long programmeId,
            final int circuitId,
            final long categories,
            final long validFromMs,
            final long validUntilMs,
            final long cap1,
            final long cap2,
            final long cap3,
            final long cap4,
            final long cap5,
            final int status) {
        long h = start(PROGRAMME);
        h = add(h, programmeId);
        h = add(h, circuitId);
        h = add(h, categories);
        h = add(h, validFromMs);
        h = add(h, validUntilMs);
        h = add(h, cap1);
        h = add(h, cap2);
        h = add(h, cap3);
        h = add(h, cap4);
        h = add(h, cap5);
        h = add(h, status);
        return end(h);
    }

    /** What is committed and cashed of a programme; a programme of which nothing ever was adds nothing. */
    public static long commitment(final long programmeId, final long committed, final long cashed) {
        if ((committed | cashed) == 0) {
            return 0;
        }
        long h = start(COMMITMENT);
        h = add(h, programmeId);
        h = add(h, committed);
        h = add(h, cashed);
        return end(h);
    }

    /** The end of a wallet; one that is open adds nothing. */
    public static long closure(final long walletId, final long successorId, final int reason) {
        if (reason == 0) {
            return 0;
        }
        long h = start(CLOSURE);
        h = add(h, walletId);
        h = add(h, successorId);
        h = add(h, reason);
        return end(h);
    }

    public static long merchant(final long merchantId, final int circuitId, final int category, final int status) {
        long h = start(MERCHANT);
        h = add(h, merchantId);
        h = add(h, circuitId);
        h = add(h, category);
        h = add(h, status);
        return end(h);
    }

    public static long outlet(final long outletId, final long merchantId) {
        long h = start(OUTLET);
        h = add(h, outletId);
        h = add(h, merchantId);
        return end(h);
    }

    /** Hash of a terminal; {@code keyHash} is the {@link #publicKey} of its enrolled key, 0 before enrolment. */
    public static long terminal(final long terminalId, final long outletId, final int status, final long keyHash) {
        long h = start(TERMINAL);
        h = add(h, terminalId);
        h = add(h, outletId);
        h = add(h, status);
        h = add(h, keyHash);
        return end(h);
    }

    /** Hash of a P-256 point as the 64 bytes of the protocol's {@code P256Point}, read as eight big-endian words. */
    public static long publicKey(final DirectBuffer buffer, final int offset) {
        long h = 0;
        for (int i = 0; i < PUBLIC_KEY_LENGTH; i += Long.BYTES) {
            h = add(h, buffer.getLong(offset + i, ByteOrder.BIG_ENDIAN));
        }
        return end(h);
    }

    private static long mix(final long value) {
        long h = value;
        h ^= h >>> 33;
        h *= MURMUR_1;
        h ^= h >>> 33;
        h *= MURMUR_2;
        h ^= h >>> 33;
        return h;
    }
}
