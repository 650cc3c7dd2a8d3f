// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Card tokens and enrolment codes that follow from the idempotency key of the command that makes them: the same key makes the same again, so a repeated
 * command is the same command, and its answer the same answer. Without the installation's secret nobody can tell them from random bits. Threading: any.
 */
public final class IssuedSecrets {
    private static final byte CARD = 1;
    private static final byte ENROLMENT = 2;
    private static final byte PIN = 3;

    /** Bytes below this are as many of each last digit. */
    private static final int FAIR_BYTES = 250;

    private static final int ROUNDS_MAX = 1_000;

    private final KeyedHash hash;

    /** @param hash under a key of its own */
    public IssuedSecrets(KeyedHash hash) {
        this.hash = hash;
    }

    /** Token number {@code index} of a command. */
    public CardToken cardToken(long keyHi, long keyLo, int index) {
        return CardToken.of(Arrays.copyOf(derive(CARD, keyHi, keyLo, index), CardToken.LENGTH));
    }

    /**
     * PIN number {@code index} of a command, each digit as likely as any other; whether it is a good one is not judged here.
     *
     * @return ASCII digits
     */
    public byte[] pin(long keyHi, long keyLo, int index, int digits) {
        byte[] pin = new byte[digits];
        int next = 0;
        for (int round = 0; next < digits; round++) {
            for (byte b : derive(PIN, keyHi, keyLo, index * ROUNDS_MAX + round)) {
                int value = b & 0xff;
                if (value < FAIR_BYTES && next < digits) {
                    pin[next++] = (byte) ('0' + value % 10);
                }
            }
        }
        return pin;
    }

    /** The enrolment code of a command. */
    public String enrolmentCode(long keyHi, long keyLo) {
        return OneTimeCode.of(Arrays.copyOf(derive(ENROLMENT, keyHi, keyLo, 0), OneTimeCode.LENGTH));
    }

    private byte[] derive(byte purpose, long keyHi, long keyLo, int index) {
        return hash.bytes(ByteBuffer.allocate(1 + 2 * Long.BYTES + Integer.BYTES)
                .put(purpose)
                .putLong(keyHi)
                .putLong(keyLo)
                .putInt(index)
                .array());
    }
}
