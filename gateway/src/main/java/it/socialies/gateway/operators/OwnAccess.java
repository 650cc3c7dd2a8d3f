// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.operators;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.PasswordChange;
import it.socialies.gateway.office.SecondFactorEnrolment;
import it.socialies.gateway.security.Revocations;
import it.socialies.gateway.security.Totp;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How an operator proves who it is, changed by itself and by nobody else. What changes it ends every token of the operator, the one it came with too. */
public final class OwnAccess implements Resource {
    private final PasswordChange passwords;
    private final SecondFactorEnrolment secondFactors;
    private final Revocations revocations;
    private final String issuer;

    /** @param issuer what the installation calls itself; an authenticator app shows it beside the codes */
    public OwnAccess(
            PasswordChange passwords, SecondFactorEnrolment secondFactors, Revocations revocations, String issuer) {
        this.passwords = passwords;
        this.secondFactors = secondFactors;
        this.revocations = revocations;
        this.issuer = issuer;
    }

    @Override
    public void mount(Api api) {
        api.on("changePassword", this::changePassword);
        api.on("enrolSecondFactor", this::enrol);
        api.on("confirmSecondFactor", this::confirm);
        api.on("renewRecoveryCodes", this::renewRecoveryCodes);
    }

    /** Only with the old one, and not by who must enrol a second factor first. */
    private Future<ApiAnswer> changePassword(ApiRequest request) {
        request.key();
        request.principal();
        long operatorId = request.ownId();
        JsonObject body = request.body();
        return passwords
                .change(
                        operatorId,
                        body.getString("old_password"),
                        body.getString("new_password"),
                        request.callerAddress())
                .map(changed -> {
                    revocations.revokeSubject(Ids.OPERATOR.format(operatorId));
                    return new ApiAnswer(
                            201,
                            new JsonObject()
                                    .put("id", Ids.OPERATOR.format(operatorId))
                                    .put("state", "active"),
                            false);
                });
    }

    private Future<ApiAnswer> enrol(ApiRequest request) {
        request.key();
        long operatorId = request.ownId();
        return secondFactors
                .enrol(operatorId, request.body().getString("password"), request.callerAddress())
                .map(prepared -> new ApiAnswer(
                        201,
                        new JsonObject()
                                .put("operator_id", Ids.OPERATOR.format(operatorId))
                                .put("state", "pending")
                                .put("secret", prepared.secret())
                                .put("otpauth_uri", uri(prepared.username(), prepared.secret())),
                        false));
    }

    /** As authenticator apps read it (Key URI format of Google Authenticator); it says what they would assume anyway. */
    private String uri(String username, String secret) {
        return String.format(
                Locale.ROOT,
                "otpauth://totp/%1$s:%2$s?secret=%3$s&issuer=%1$s&algorithm=SHA1&digits=%4$d&period=%5$d",
                encoded(issuer),
                encoded(username),
                secret,
                Totp.DIGITS,
                Totp.STEP.toSeconds());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Future<ApiAnswer> confirm(ApiRequest request) {
        request.key();
        long operatorId = request.ownId();
        return secondFactors
                .confirm(operatorId, request.body().getString("code"), request.callerAddress())
                .map(confirmed -> {
                    revocations.revokeSubject(Ids.OPERATOR.format(operatorId));
                    return new ApiAnswer(
                            201,
                            new JsonObject()
                                    .put("operator_id", Ids.OPERATOR.format(operatorId))
                                    .put("state", "active")
                                    .put("recovery_codes", new JsonArray(confirmed)),
                            false);
                });
    }

    private Future<ApiAnswer> renewRecoveryCodes(ApiRequest request) {
        request.key();
        request.principal();
        long operatorId = request.ownId();
        JsonObject body = request.body();
        return secondFactors
                .renewRecoveryCodes(
                        operatorId, body.getString("password"), body.getString("code"), request.callerAddress())
                .map(codes -> new ApiAnswer(
                        201,
                        new JsonObject()
                                .put("operator_id", Ids.OPERATOR.format(operatorId))
                                .put("state", "active")
                                .put("recovery_codes", new JsonArray(codes)),
                        false));
    }
}
