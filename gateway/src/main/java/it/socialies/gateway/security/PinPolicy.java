// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

/**
 * Which PINs a holder may choose: digits only, the length the installation asks for (4 to 8, by default 5), not all equal and not a run
 * (ISO 9564-1 asks issuers to keep holders from the easily guessed ones). A PIN is bytes of ASCII digits, never a String.
 *
 * @param digits length of a new PIN
 */
public record PinPolicy(int digits) {
    public static final int DIGITS_MIN = 4;
    public static final int DIGITS_MAX = 8;
    public static final int DIGITS_DEFAULT = 5;

    private static final int BASE = 10;

    public PinPolicy {
        if (digits < DIGITS_MIN || digits > DIGITS_MAX) {
            throw new IllegalArgumentException("a PIN has 4 to 8 digits, not " + digits);
        }
    }

    public static PinPolicy defaults() {
        return new PinPolicy(DIGITS_DEFAULT);
    }

    /**
     * Checks a PIN that somebody chose.
     *
     * @throws Refusal {@code PIN_LENGTH}, {@code PIN_NOT_DIGITS} or {@code PIN_TOO_WEAK}
     */
    public void requireGood(byte[] pin) {
        if (pin.length != digits) {
            throw new Refusal(RefusalCode.PIN_LENGTH);
        }
        requireDigits(pin);
        if (!isGood(pin)) {
            throw new Refusal(RefusalCode.PIN_TOO_WEAK);
        }
    }

    /** True for digits, as many as there must be, that {@link #requireGood} would take. */
    public boolean isGood(byte[] pin) {
        return pin.length == digits && !isRun(pin, 0) && !isRun(pin, 1) && !isRun(pin, BASE - 1);
    }

    /** Checks only the form of a PIN that somebody typed; it may be of an earlier policy. */
    static void requireForm(byte[] pin) {
        if (pin.length < DIGITS_MIN || pin.length > DIGITS_MAX) {
            throw new Refusal(RefusalCode.PIN_LENGTH);
        }
        requireDigits(pin);
    }

    private static void requireDigits(byte[] pin) {
        for (byte digit : pin) {
            if (digit < '0' || digit > '9') {
                throw new Refusal(RefusalCode.PIN_NOT_DIGITS);
            }
        }
    }

    /** Whether each digit is the one before plus {@code step}, 0 following 9. */
    private static boolean isRun(byte[] pin, int step) {
        for (int i = 1; i < pin.length; i++) {
            if ((pin[i] - pin[i - 1] - step + 2 * BASE) % BASE != 0) {
                return false;
            }
        }
        return true;
    }
}
