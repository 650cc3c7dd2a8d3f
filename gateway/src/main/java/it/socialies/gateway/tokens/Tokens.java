// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.tokens;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.metrics.GatewayMetrics;
import it.socialies.gateway.qr.CardPayload;
import it.socialies.gateway.qr.ScannedCard;
import it.socialies.gateway.security.Access;
import it.socialies.gateway.security.CoreRefusal;
import it.socialies.gateway.security.IssuedToken;
import it.socialies.gateway.security.Principal;
import it.socialies.gateway.security.PublishedKeys;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.TerminalGrant.TerminalToken;
import java.nio.charset.StandardCharsets;

/** Gives access tokens against a proof, and publishes the keys that sign tokens and checkpoints. */
public final class Tokens implements Resource {
    private final Access access;
    private final PublishedKeys keys;
    private final CardPayload payload;
    private final TokenCounts counts;

    public Tokens(Access access, PublishedKeys keys, CardPayload payload, GatewayMetrics metrics) {
        this.access = access;
        this.keys = keys;
        this.payload = payload;
        counts = new TokenCounts(metrics);
    }

    @Override
    public void mount(Api api) {
        api.on("createToken", this::create);
        api.onRaw("getJwks", request -> writeJwks(request.context()));
    }

    /** The well-known place of the keys is the root of the host (RFC 8615). */
    @Override
    public void mountHot(Router router, Api api) {
        router.get("/.well-known/jwks.json").handler(this::writeJwks);
    }

    private Future<Void> writeJwks(RoutingContext ctx) {
        return ctx.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=300")
                .end(Buffer.buffer(keys.jwks()));
    }

    private Future<ApiAnswer> create(ApiRequest request) {
        JsonObject body = request.body();
        String grant = body.getString("grant_type");
        Future<ApiAnswer> answer;
        try {
            answer = grant(grant, body, request);
        } catch (Refusal refusal) {
            answer = Future.failedFuture(refusal);
        }
        return answer.onSuccess(token -> counts.issued(grant))
                .onFailure(failure -> counts.refused(grant, reason(failure)));
    }

    private static String reason(Throwable failure) {
        return switch (failure) {
            case Refusal refusal -> refusal.code().code();
            case CoreRefusal refusal -> ProblemException.codeOf(refusal.code());
            case ProblemException problem -> problem.code();
            default -> "internal_error";
        };
    }

    private Future<ApiAnswer> grant(String grant, JsonObject body, ApiRequest request) {
        return switch (grant) {
            case "password" -> operator(body, request).map(issued -> answer(json(issued)));
            case "terminal_assertion" ->
                access.terminals().token(body.getString("assertion")).map(Tokens::terminalAnswer);
            case "card" -> {
                ScannedCard card = payload.read(body.getString("card_token"));
                byte[] pin = body.getString("pin").getBytes(StandardCharsets.US_ASCII);
                yield access.holders()
                        .token(card.circuitId(), card.token(), pin, request.callerAddress())
                        .map(issued -> answer(json(issued)));
            }
            default -> throw new ProblemException("malformed");
        };
    }

    private Future<IssuedToken> operator(JsonObject body, ApiRequest request) {
        String username = body.getString("username");
        String password = body.getString("password");
        String recoveryCode = body.getString("recovery_code");
        return recoveryCode == null
                ? access.operators().token(username, password, body.getString("code"), request.callerAddress())
                : access.operators().recover(username, password, recoveryCode, request.callerAddress());
    }

    private static ApiAnswer terminalAnswer(TerminalToken token) {
        return answer(json(token.issued())
                .put(
                        "session",
                        new JsonObject()
                                .put("session_id", token.sessionId())
                                .put("server_public_key", new JsonObject(token.serverPublicKey()))));
    }

    private static ApiAnswer answer(JsonObject token) {
        return new ApiAnswer(201, token, false);
    }

    private static JsonObject json(IssuedToken issued) {
        Principal principal = issued.principal();
        JsonObject json = new JsonObject()
                .put("access_token", issued.token())
                .put("token_type", "Bearer")
                .put("expires_in", issued.expiresInSeconds())
                .put("role", role(principal))
                .put("principal_id", principal.subject());
        if (principal.circuitId() != 0) {
            json.put("circuit_id", Ids.CIRCUIT.format(principal.circuitId()));
        }
        if (principal.walletId() != 0) {
            json.put("wallet_id", Ids.WALLET.format(principal.walletId()));
        }
        if (principal.kind() == PrincipalKind.OPERATOR) {
            JsonArray roles = new JsonArray();
            principal.roles().stream().sorted().forEach(role -> roles.add(Json.word(role)));
            json.put("roles", roles);
            if (principal.mayOnlyEnrol()) {
                json.put("limited_to", "second_factor");
            }
        }
        return json;
    }

    private static String role(Principal principal) {
        return switch (principal.kind()) {
            case TERMINAL -> "merchant-terminal";
            case HOLDER -> "holder";
            default -> "operator";
        };
    }
}
