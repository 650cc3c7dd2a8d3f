// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payments;

import it.socialies.gateway.api.ProblemException.FieldError;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.tills.FiscalDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A payment as a till asks for it, while it is being read. Amounts are cents. Threading: one event loop. */
final class PaymentOrder {
    /** Of a batch only. */
    @Nullable
    Idempotency key;

    @Nullable
    String keyText;

    @Nullable
    String cardToken;

    /** What stands on the card, typed where its QR code cannot be scanned. */
    @Nullable
    String cardCode;

    /** Null where none was asked for: the core judges whether one is needed. */
    byte @Nullable [] pin;

    long billTotal = -1;
    long eligibleAmount = -1;
    boolean manualCapture;
    boolean allowPartial;
    boolean allowIes;

    @Nullable
    String terminalReference;

    /** Told with the sale; gone again where the office could not keep it. */
    @Nullable
    FiscalDocument fiscalDocument;

    final List<FieldError> errors = new ArrayList<>(0);

    /** Zeroes the PIN. */
    void forgetPin() {
        if (pin != null) {
            Arrays.fill(pin, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "PaymentOrder[redacted]";
    }
}
