// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Every public key of the installation as one JWK set, for {@code /.well-known/jwks.json}. Any thread. */
public final class PublishedKeys {
    private record Merged(String tokenKeys, String all) {}

    private final TokenKeys tokens;
    private final @Nullable AuditKeys audit;
    private volatile Merged merged = new Merged("", "");

    /** @param audit null when the key that signs checkpoints cannot be used */
    public PublishedKeys(TokenKeys tokens, @Nullable AuditKeys audit) {
        this.tokens = tokens;
        this.audit = audit;
    }

    /** Those that sign tokens, newest first, then the one that signs checkpoints. */
    public String jwks() {
        String tokenKeys = tokens.publicJwks();
        Merged known = merged;
        if (!known.tokenKeys.equals(tokenKeys)) {
            JsonArray keys = new JsonObject(tokenKeys).getJsonArray("keys");
            if (audit != null) {
                keys.addAll(new JsonObject(audit.publicJwks()).getJsonArray("keys"));
            }
            known = new Merged(tokenKeys, new JsonObject().put("keys", keys).encode());
            merged = known;
        }
        return known.all;
    }
}
