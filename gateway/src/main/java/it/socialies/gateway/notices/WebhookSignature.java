// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as Standard Webhooks 1.0 says, symmetrically. May be called from any thread. */
final class WebhookSignature {
    static final int SECRET_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private WebhookSignature() {}

    /** The secret as the receiver gets it. */
    static String text(byte[] secret) {
        return "whsec_" + Base64.getEncoder().encodeToString(secret);
    }

    /**
     * The value of {@code webhook-signature}.
     *
     * @param id of the message, the same at every try
     * @param seconds since the epoch, of this try
     */
    static String of(byte[] secret, String id, long seconds, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            byte[] signed = mac.doFinal((id + "." + seconds + "." + body).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
