// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.endtoend;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A console without gateway and Postgres: a process that serves the pages for which nobody must be logged in. */
final class LoneConsole implements AutoCloseable {
    private final Process process;
    private final URI address;

    private LoneConsole(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** @param settings lines of its {@code console.properties} */
    static LoneConsole start(Path data, String... settings) throws IOException {
        Files.createDirectory(data.resolve("secrets"));
        Files.writeString(data.resolve("secrets").resolve("postgres.json"), """
                {"host": "127.0.0.1", "port": 1, "reader": {"database": "none", "user": "none", "password": "none"}}""");
        Files.write(data.resolve("console.properties"), List.of(settings));
        int port = Installation.freePort();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + Path.of("..", "ops", "jvm", "console"),
                        "-cp",
                        Path.of("..", "admin-ui", "target", "lib") + "/*",
                        "it.socialies.console.Console",
                        "--data",
                        data.toString(),
                        "--port",
                        Integer.toString(port),
                        "--gateway",
                        // Nobody listens there.
                        "http://127.0.0.1:1")
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("console.log").toFile())
                .start();
        LoneConsole console = new LoneConsole(process, URI.create("http://127.0.0.1:" + port));
        try (HttpClient client = HttpClient.newHttpClient()) {
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .until(() -> client.send(
                                            HttpRequest.newBuilder(console.address.resolve("/health"))
                                                    .build(),
                                            BodyHandlers.discarding())
                                    .statusCode()
                            == 200);
        } catch (RuntimeException e) {
            console.close();
            throw e;
        }
        return console;
    }

    URI address() {
        return address;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
