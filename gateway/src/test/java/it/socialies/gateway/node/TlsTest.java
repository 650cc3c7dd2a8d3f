// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import it.socialies.gateway.http.TlsCertificate;
import it.socialies.gateway.http.TlsConfig;
import it.socialies.gateway.security.SecretsUnusableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS of the node's own: real handshakes, good and bad. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
    private static final int HANDSHAKE_RECORD = 22;
    private static final int ALERT_RECORD = 21;
    private static final int PROTOCOL_VERSION_ALERT = 70;
    private static final int HANDSHAKE_FAILURE_ALERT = 40;
    private static final int[] OLD_SUITES = {0xC009, 0xC00A, 0xC013, 0xC014, 0x002F, 0x0035, 0x000A};

    @TempDir
    private static Path data;

    private Path certificateFile;
    private Path keyFile;
    private TestCertificate certificate;
    private TestNode node;

    @BeforeAll
    void start() throws Exception {
        Files.createDirectories(data);
        certificateFile = data.resolve("https.pem");
        keyFile = data.resolve("https.key");
        certificate = TestCertificate.create(data, "first", "EC");
        certificate.write(certificateFile, keyFile);
        node = TestNode.create(
                data.resolve("node"),
                "ies.https.certificate=" + certificateFile,
                "ies.https.key=" + keyFile,
                "ies.https.host=127.0.0.1",
                "ies.https.port=0",
                "ies.https.renewal-seconds=1");
    }

    @AfterAll
    void stop() throws Exception {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void shouldSpeakTheTwoVersionsThatAreSafe(String version) throws Exception {
        try (SSLSocket socket = connect(certificate, version)) {
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            assertThat(socket.getSession().getCipherSuite()).matches("TLS_.*(GCM|CHACHA20).*");
            assertThat(ask(socket)).startsWith("HTTP/1.1 200").contains("\"mode\":\"sandbox\"");
        }
    }

    @Test
    void shouldTellBrowsersToComeByHttpsOnlyFromThenOn() throws Exception {
        try (SSLSocket socket = connect(certificate, "TLSv1.3")) {
            assertThat(ask(socket).toLowerCase(Locale.ROOT))
                    .contains("strict-transport-security: max-age=63072000; includesubdomains");
        }
        assertThat(node.get("/status", null).header("Strict-Transport-Security"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"768,SSL 3", "769,TLS 1.0", "770,TLS 1.1"})
    void shouldRefuseOlderVersions(int version, String name) throws Exception {
        byte[] answer = hello(version, new int[] {0xC02B, 0xC02C, 0xC009, 0xC013});

        assertThat(answer[0]).as(name).isEqualTo((byte) ALERT_RECORD);
        assertThat(answer[6]).isIn((byte) PROTOCOL_VERSION_ALERT, (byte) HANDSHAKE_FAILURE_ALERT);
    }

    @Test
    void shouldRefuseSuitesWithoutForwardSecrecyOrAuthenticatedEncryption() throws Exception {
        byte[] answer = hello(0x0303, OLD_SUITES);

        assertThat(answer[0]).isEqualTo((byte) ALERT_RECORD);
        assertThat(hello(0x0303, new int[] {0xC02B})[0])
                .as("the same with a good suite")
                .isEqualTo((byte) HANDSHAKE_RECORD);
    }

    @Test
    void shouldNotAnswerPlainHttpWhereHttpsIs() throws Exception {
        List<Integer> statuses = new RawHttp(node.tlsPort())
                .statuses("GET " + TestNode.BASE + "/status HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(statuses).isEmpty();
    }

    @Test
    void shouldTakeARenewedCertificateWithoutARestartAndNoBadOne() throws Exception {
        Files.writeString(certificateFile, "-----BEGIN CERTIFICATE-----\nhalf");
        TestCertificate renewed = TestCertificate.create(data, "second", "RSA");
        try (SSLSocket socket = connect(certificate, "TLSv1.3")) {
            assertThat(ask(socket)).startsWith("HTTP/1.1 200");
        }

        renewed.write(certificateFile, keyFile);

        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            try (SSLSocket socket = connect(renewed, "TLSv1.3")) {
                return ask(socket).startsWith("HTTP/1.1 200");
            }
        });
        certificate.write(certificateFile, keyFile);
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            try (SSLSocket socket = connect(certificate, "TLSv1.2")) {
                return ask(socket).startsWith("HTTP/1.1 200");
            }
        });
    }

    @Test
    void shouldRefuseToStartWithAKeyThatOthersReadOrThatIsOfAnotherCertificate() throws Exception {
        Path folder = Files.createDirectory(data.resolve("bad"));
        Path badCertificate = folder.resolve("c.pem");
        Path badKey = folder.resolve("k.pem");
        TestCertificate other = TestCertificate.create(data, "third", "EC");
        other.write(badCertificate, badKey);
        Files.writeString(badCertificate, certificate.certificatePem());

        assertThatThrownBy(() -> read(badCertificate, badKey))
                .isInstanceOf(SecretsUnusableException.class)
                .hasMessage(badKey + " is not the key of " + badCertificate);
        Files.setPosixFilePermissions(badKey, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> read(badCertificate, badKey)).hasMessageContaining("chmod 600");
        Files.writeString(badKey, "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        Files.setPosixFilePermissions(badKey, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> read(badCertificate, badKey)).hasMessageContaining("PKCS#8");
    }

    private static void read(Path certificateFile, Path keyFile) {
        TlsCertificate.read(new TlsConfig("127.0.0.1", 0, certificateFile, keyFile, 1));
    }

    private SSLSocket connect(TestCertificate trusted, String version) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("node", trusted.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), node.tlsPort());
        socket.setEnabledProtocols(new String[] {version});
        socket.startHandshake();
        return socket;
    }

    private static String ask(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write(("GET " + TestNode.BASE + "/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Sends a first message that the JDK's own client would no longer send, and reads the first record of the answer. */
    private byte[] hello(int version, int[] suites) throws IOException {
        ByteBuffer extensions = ByteBuffer.allocate(64);
        // Elliptic curves: P-256, P-384; point formats: uncompressed; signatures: ECDSA and RSA with SHA-256.
        extensions
                .putShort((short) 10)
                .putShort((short) 6)
                .putShort((short) 4)
                .putShort((short) 23)
                .putShort((short) 24);
        extensions.putShort((short) 11).putShort((short) 2).put((byte) 1).put((byte) 0);
        extensions
                .putShort((short) 13)
                .putShort((short) 6)
                .putShort((short) 4)
                .putShort((short) 0x0403)
                .putShort((short) 0x0401);
        extensions.flip();
        ByteBuffer body = ByteBuffer.allocate(256);
        body.putShort((short) version).put(new byte[32]).put((byte) 0).putShort((short) (2 * suites.length));
        for (int suite : suites) {
            body.putShort((short) suite);
        }
        body.put((byte) 1)
                .put((byte) 0)
                .putShort((short) extensions.remaining())
                .put(extensions);
        body.flip();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int length = body.remaining();
        message.write(HANDSHAKE_RECORD);
        message.write(3);
        message.write(version == 0x0300 ? 0 : 1);
        message.write((length + 4) >> 8);
        message.write(length + 4);
        message.write(1);
        message.write(0);
        message.write(length >> 8);
        message.write(length);
        message.write(body.array(), 0, length);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.tlsPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(message.toByteArray());
            InputStream in = socket.getInputStream();
            return in.readNBytes(7);
        }
    }
}
