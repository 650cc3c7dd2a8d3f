// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.audit;

import com.nimbusds.jose.JWSObject;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.text.ParseException;

/**
 * A checkpoint and the compact JWS (RFC 7515, 7.1) that carries it. Whether the signature is good is not known here: whoever relies on it verifies it.
 *
 * @param jws three parts with dots between them
 */
public record SignedCheckpoint(Checkpoint checkpoint, String jws) {
    /**
     * Reads a JWS, whoever signed it.
     *
     * @throws IllegalArgumentException when it is none, or carries no checkpoint
     */
    public static SignedCheckpoint parse(String jws) {
        try {
            return new SignedCheckpoint(
                    Checkpoint.of(
                            new JsonObject(JWSObject.parse(jws).getPayload().toString())),
                    jws);
        } catch (ParseException | DecodeException e) {
            throw new IllegalArgumentException("not a JWS that carries a checkpoint", e);
        }
    }
}
