// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An {@link Echo} in a JVM of its own, with the flags of this one. */
final class EchoProcess implements AutoCloseable {
    private final Process process;
    private final URI address;

    private EchoProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    static EchoProcess start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Echo.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        // Not closed: the process goes on after its first line.
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null || !line.startsWith(Echo.READY)) {
            process.destroyForcibly();
            throw new IOException("the echo server did not start: " + line);
        }
        return new EchoProcess(process, URI.create("http://127.0.0.1:" + line.substring(Echo.READY.length())));
    }

    URI address() {
        return address;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
