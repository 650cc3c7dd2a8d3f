// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.net.SelfSignedCertificate;
import it.socialies.ops.cli.Ies;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A small town, a small file of transfers and a kill in the middle, on a real installation: processes, Postgres, HTTP, journal. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EndToEndTest {
    @TempDir
    private static Path temporary;

    private final Path data = temporary.resolve("data");

    @Test
    @Order(1)
    void shouldReconcileATownAndAFileOfTransfersTwiceOnTheSameFolder() throws Exception {
        try (Installation installation = Installation.start(data)) {
            assertThat(ies(installation, "scenario balestrate --cards 5 --shops 3 --weeks 2"))
                    .isZero();
            assertThat(ies(
                            installation,
                            "scenario balestrate --cards 12 --shops 3 --weeks 2 --out " + temporary.resolve("papers")))
                    .isZero();
            assertThat(temporary.resolve("papers"))
                    .isDirectoryContaining("glob:**/rapporto-di-controllo.csv")
                    .isDirectoryContaining("glob:**/tessere-1.pdf")
                    .isDirectoryContaining("glob:**/ricevuta-*.pdf");
            assertThat(ies(installation, "replay-transfers " + transfers())).isZero();
            assertThat(Ies.execute("state-hash", "--data", data.toString())).isZero();
        }
        SelfSignedCertificate pair = SelfSignedCertificate.create();
        int https = Installation.freePort();
        try (Installation installation = Installation.start(
                data,
                Installation.freePort(),
                "--empty",
                "--no-console",
                "--https-certificate",
                pair.certificatePath(),
                "--https-key",
                pair.privateKeyPath(),
                "--https-port",
                Integer.toString(https))) {
            assertThat(statusOverHttps(https, Path.of(pair.certificatePath()))).isEqualTo("HTTP/1.1 200 OK");
            assertThat(ies(installation, "scenario balestrate --cards 5 --shops 3 --weeks 2 --seed 7"))
                    .isZero();
        }
        assertThat(Ies.execute("state-hash", "--data", data.toString())).isZero();
    }

    @Test
    @Order(2)
    void shouldKeepEveryAcknowledgedPaymentThroughAKill() throws Exception {
        try (Installation installation = Installation.start(data)) {
            CompletableFuture<Integer> scenario = CompletableFuture.supplyAsync(
                    () -> ies(installation, "scenario balestrate --cards 40 --shops 18 --weeks 2 --seed 8"));
            await().atMost(Duration.ofSeconds(60)).until(() -> acknowledgements(data) > 40);
            installation.kill();
            assertThat(scenario.get()).isEqualTo(1);
        }
        try (Installation installation = Installation.start(data)) {
            assertThat(ies(installation, "scenario verify-acks " + newestAcks(data)))
                    .isZero();
            assertThat(ies(installation, "scenario balestrate --cards 5 --shops 3 --weeks 2 --seed 9"))
                    .isZero();
            long postgres = installation.postgres().pid();
            installation.stop();
            assertThat(ProcessHandle.of(postgres))
                    .as("Postgres is stopped with the rest")
                    .isEmpty();
        }
    }

    /** First line of the answer of who proves to have this certificate. */
    private static String statusOverHttps(int port, Path certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry(
                    "node", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        try (Socket socket = tls.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write("GET /rest/ies/v1/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    private int ies(Installation installation, String line) {
        String all = line + " --gateway " + installation.gateway() + " --data " + data;
        return Ies.execute(all.split(" "));
    }

    private static Path transfers() throws IOException {
        return Files.writeString(temporary.resolve("transfers.csv"), """
                id,source,target,weight
                1,bank,anna,100.005
                2,bank,bruno,50.25
                3,anna,carla,33.333
                4,carla,bruno,0.004
                5,bruno,anna,12.5
                6,carla,bank,10.0
                """);
    }

    private static long acknowledgements(Path data) throws IOException {
        Path file = newestAcks(data);
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.contains("\"ack\"")).count();
        }
    }

    private static Path newestAcks(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("scenarios"))) {
            return files.max((first, second) -> Long.compare(
                            first.toFile().lastModified(), second.toFile().lastModified()))
                    .orElseThrow();
        }
    }
}
