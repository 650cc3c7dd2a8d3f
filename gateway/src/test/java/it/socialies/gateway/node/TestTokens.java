// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tokens that look nearly right: the most an attacker could make, with the node's own signing key where that makes it harder. */
final class TestTokens {
    private final ECKey key;
    private final String issuer;

    TestTokens(Path data, String issuer) throws IOException, ParseException {
        key = (ECKey) JWKSet.load(data.resolve("secrets/keys/token-keys.json").toFile())
                .getKeys()
                .getFirst();
        this.issuer = issuer;
    }

    /** By what is wrong with them; all of them claim to be this operator, with every role. */
    Map<String, String> bad(String operatorId, String circuitId) throws JOSEException {
        Instant now = Instant.now();
        ECKey strange = new ECKeyGenerator(Curve.P_256).keyID(key.getKeyID()).generate();
        JOSEObjectType type = new JOSEObjectType("at+jwt");
        JWTClaimsSet right = claims(operatorId, circuitId, now).build();
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put(
                "that has expired",
                sign(
                        key,
                        type,
                        claims(operatorId, circuitId, now.minus(Duration.ofHours(1)))
                                .build()));
        bad.put("that somebody else signed", sign(strange, type, right));
        bad.put(
                "for another audience",
                sign(
                        key,
                        type,
                        claims(operatorId, circuitId, now)
                                .audience("another-gateway")
                                .build()));
        bad.put(
                "of another issuer",
                sign(
                        key,
                        type,
                        claims(operatorId, circuitId, now).issuer("another").build()));
        bad.put("of another type", sign(key, JOSEObjectType.JWT, right));
        bad.put("without a signature", new PlainJWT(right).serialize());
        SignedJWT symmetric = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(type)
                        .keyID(key.getKeyID())
                        .build(),
                right);
        symmetric.sign(new MACSigner(key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
        bad.put("signed with the public key as a secret", symmetric.serialize());
        bad.put("that is none", "not-a-token");
        return bad;
    }

    /** A good one, of an operator who may only enrol a second factor. */
    String enrolling(String operatorId, String circuitId) throws JOSEException {
        return sign(
                key,
                new JOSEObjectType("at+jwt"),
                claims(operatorId, circuitId, Instant.now().plusSeconds(1))
                        .claim("role", List.of("operator:enrolling"))
                        .build());
    }

    private JWTClaimsSet.Builder claims(String operatorId, String circuitId, Instant issued) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience("social-ies-gateway")
                .subject(operatorId)
                .claim("role", List.of("operator:admin", "operator:social", "operator:treasurer", "operator:auditor"))
                .claim("circuit", circuitId)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(issued))
                .expirationTime(Date.from(issued.plus(Duration.ofMinutes(30))));
    }

    private static String sign(ECKey with, JOSEObjectType type, JWTClaimsSet claims) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(type)
                        .keyID(with.getKeyID())
                        .build(),
                claims);
        token.sign(new ECDSASigner(with));
        return token.serialize();
    }
}
