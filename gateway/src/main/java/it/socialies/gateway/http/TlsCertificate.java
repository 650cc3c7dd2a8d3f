// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import it.socialies.gateway.security.SecretFiles;
import it.socialies.gateway.security.SecretsUnusableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate with its key, read once and found to belong together, and how it is used: TLS 1.3 and 1.2, suites with forward secrecy and authenticated
 * encryption only (RFC 9325). Immutable.
 */
public final class TlsCertificate {
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");
    private static final List<String> SUITES = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private final byte[] chainPem;
    private final byte[] keyPem;
    private final X509Certificate own;

    private TlsCertificate(byte[] chainPem, byte[] keyPem, X509Certificate own) {
        this.chainPem = chainPem;
        this.keyPem = keyPem;
        this.own = own;
    }

    /**
     * Reads both files. Blocks.
     *
     * @throws SecretsUnusableException in one line: what is wrong with which file
     */
    public static TlsCertificate read(TlsConfig config) {
        byte[] keyPem = SecretFiles.read(config.key());
        byte[] chainPem;
        try {
            chainPem = Files.readAllBytes(config.certificate());
        } catch (IOException e) {
            throw new SecretsUnusableException(config.certificate() + " cannot be read");
        }
        X509Certificate own = ownCertificate(config, chainPem);
        PrivateKey key = privateKey(config, keyPem, own.getPublicKey().getAlgorithm());
        if (!belongTogether(own.getPublicKey(), key)) {
            throw new SecretsUnusableException(config.key() + " is not the key of " + config.certificate());
        }
        return new TlsCertificate(chainPem, keyPem, own);
    }

    private static X509Certificate ownCertificate(TlsConfig config, byte[] pem) {
        try {
            Collection<?> chain =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
            X509Certificate own = (X509Certificate) chain.iterator().next();
            own.checkValidity();
            return own;
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new SecretsUnusableException(
                    config.certificate() + " is no certificate in PEM that is valid now: " + e.getMessage());
        }
    }

    private static PrivateKey privateKey(TlsConfig config, byte[] pem, String algorithm) {
        Matcher block = PKCS8.matcher(new String(pem, StandardCharsets.US_ASCII));
        if (!block.find()) {
            throw new SecretsUnusableException(config.key()
                    + " is no unencrypted private key in PEM (PKCS#8): openssl pkcs8 -topk8 -nodes makes one");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(block.group(1));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // The cause may quote the key.
            throw new SecretsUnusableException(config.key() + " is not the key of " + config.certificate());
        }
    }

    private static boolean belongTogether(PublicKey publicKey, PrivateKey key) {
        byte[] probe = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance(
                    switch (key.getAlgorithm()) {
                        case "EC" -> "SHA256withECDSA";
                        case "RSA" -> "SHA256withRSA";
                        default -> key.getAlgorithm();
                    });
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** When it ends, milliseconds since the epoch. */
    @SuppressWarnings("JavaUtilDate") // the type of the JDK's certificates
    public long notAfterMs() {
        return own.getNotAfter().getTime();
    }

    /** How a server uses it from its start. */
    void applyTo(HttpServerOptions options) {
        options.setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(keyAndChain())
                .setEnabledSecureTransportProtocols(PROTOCOLS);
        SUITES.forEach(options::addEnabledCipherSuite);
    }

    /** How a server that listens already uses it. */
    ServerSSLOptions options() {
        ServerSSLOptions options = new ServerSSLOptions()
                .setKeyCertOptions(keyAndChain())
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setUseAlpn(true)
                .setApplicationLayerProtocols(List.of("h2", "http/1.1"));
        SUITES.forEach(options::addEnabledCipherSuite);
        return options;
    }

    private PemKeyCertOptions keyAndChain() {
        return new PemKeyCertOptions().addCertValue(Buffer.buffer(chainPem)).addKeyValue(Buffer.buffer(keyPem));
    }

    /** Whether another one was read from the same bytes. */
    public boolean isSameAs(TlsCertificate other) {
        return Arrays.equals(chainPem, other.chainPem) && Arrays.equals(keyPem, other.keyPem);
    }

    @Override
    public String toString() {
        return "TlsCertificate[redacted]";
    }
}
