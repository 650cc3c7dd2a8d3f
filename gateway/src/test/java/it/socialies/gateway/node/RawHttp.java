// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A client that sends any bytes at all. */
final class RawHttp {
    private static final int QUIET_MS = 500;
    private static final int DRIP_MS = 100;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");

    private final int port;

    RawHttp(int port) {
        this.port = port;
    }

    /** Sends bytes and reads the statuses of all answers, until the other side closes or is quiet. */
    List<Integer> statuses(String message) throws IOException {
        String answers = exchange(message);
        return STATUS_LINE
                .matcher(answers)
                .results()
                .map((MatchResult line) -> Integer.valueOf(line.group(1)))
                .toList();
    }

    private String exchange(String message) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(QUIET_MS);
            socket.getOutputStream().write(message.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8_192];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                read.write(buffer, 0, length);
            }
        } catch (SocketTimeoutException | SocketException e) {
            // Quiet, or closed on bytes that it did not read: what came is the answer.
        }
        return read.toString(StandardCharsets.ISO_8859_1);
    }

    /** Goes on sending one byte at a time; whether the other side closes within a time. */
    boolean closesWhileDripping(String start, Duration patience) throws IOException {
        long untilNs = System.nanoTime() + patience.toNanos();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(DRIP_MS);
            socket.getOutputStream().write(start.getBytes(StandardCharsets.ISO_8859_1));
            while (System.nanoTime() < untilNs) {
                socket.getOutputStream().write('a');
                if (isClosed(socket)) {
                    return true;
                }
            }
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    /** Waits for a moment. */
    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
