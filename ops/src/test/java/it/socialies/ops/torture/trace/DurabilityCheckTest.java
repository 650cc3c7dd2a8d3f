// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Traces made up line by line, good ones and such as a node that lies would leave. */
class DurabilityCheckTest {
    private static final UUID KEY = UUID.fromString("0195566a-7c10-7d3e-9b1f-5a2c4e6f8a01");
    private static final UUID OTHER = UUID.fromString("0195566a-7c10-7d3e-9b1f-5a2c4e6f8a02");
    private static final String LOG = "61<" + hex("/tmp/data/commit-log/log.dat") + ">";
    private static final String SOCKET = "45<TCPv6:[[::ffff:127.0.0.1]:8080->[::ffff:127.0.0.1]:35898]>";

    private final StringBuilder trace = new StringBuilder();

    @Test
    void shouldFollowAnAnswerThatLeavesAfterItsSync() throws Exception {
        request(KEY).write(KEY).sync("0").answer();
        assertThat(check().answers()).isEqualTo(1);
        assertThat(check().violations()).isEmpty();
    }

    @Test
    void shouldPutTheHalvesOfInterruptedCallsTogether() throws Exception {
        line(9, "recvfrom(" + SOCKET + ",  <unfinished ...>")
                .line(7, "pwrite64(70<" + hex("/tmp/data/other") + ">, \"\\x01\", 1, 0) = 1")
                .line(9, "<... recvfrom resumed>\"" + hex(http(KEY)) + "\", 4096, 0, NULL, NULL) = 400")
                .line(3, "pwrite64(" + LOG + ", \"" + record(KEY) + "\", 4096, 8192 <unfinished ...>")
                .line(9, "read(12<anon_inode:[eventfd]>, \"\\x01\", 8) = 8")
                .line(3, "<... pwrite64 resumed>)           = 4096")
                .line(3, "fdatasync(" + LOG + " <unfinished ...>")
                .line(9, "read(12<anon_inode:[eventfd]>, \"\\x01\", 8) = 8")
                .line(3, "<... fdatasync resumed>)          = 0")
                .answer();
        assertThat(check().answers()).isEqualTo(1);
        assertThat(check().violations()).isEmpty();
    }

    @Test
    void shouldFindAnAnswerThatLeavesBeforeItsSync() throws Exception {
        request(KEY).write(KEY).answer().sync("0");
        assertThat(check().violations()).singleElement().asString().contains(KEY.toString());
    }

    @Test
    void shouldFindAnAnswerThatLeavesWhileItsSyncRuns() throws Exception {
        request(KEY).write(KEY).line(3, "fdatasync(" + LOG + " <unfinished ...>");
        answer().line(3, "<... fdatasync resumed>)          = 0");
        assertThat(check().violations()).hasSize(1);
    }

    @Test
    void shouldFindASyncThatBeganBeforeTheWriteHadEnded() throws Exception {
        request(KEY).line(3, "pwrite64(" + LOG + ", \"" + record(KEY) + "\", 4096, 8192 <unfinished ...>");
        line(4, "fdatasync(" + LOG + ")                  = 0")
                .line(3, "<... pwrite64 resumed>)           = 4096")
                .answer();
        assertThat(check().violations()).hasSize(1);
    }

    @Test
    void shouldFindAnAnswerAfterASyncThatFailed() throws Exception {
        request(KEY).write(KEY).sync("-1 EIO (Input/output error) (INJECTED)").answer();
        assertThat(check().violations()).hasSize(1);
    }

    @Test
    void shouldNotTakeTheSyncOfAnotherFileOrPaymentForItsOwn() throws Exception {
        request(KEY)
                .write(KEY)
                .line(3, "fdatasync(70<" + hex("/tmp/data/journal/20260302.cq4") + ">) = 0")
                .answer();
        assertThat(check().violations()).hasSize(1);
        trace.setLength(0);
        request(KEY).write(OTHER).sync("0").answer();
        assertThat(check().violations()).singleElement().asString().contains("never written");
    }

    @Test
    void shouldFollowEachOfSeveralPayments() throws Exception {
        request(KEY).write(KEY).sync("0").answer();
        request(OTHER).write(OTHER).answer().sync("0");
        assertThat(check().answers()).isEqualTo(2);
        assertThat(check().violations()).singleElement().asString().contains(OTHER.toString());
    }

    private DurabilityCheck.Result check() throws IOException {
        return DurabilityCheck.of(TraceReader.read(new BufferedReader(new StringReader(trace.toString()))));
    }

    private DurabilityCheckTest request(UUID key) {
        // Read in two pieces, as a socket may give it.
        String request = http(key);
        line(9, "read(" + SOCKET + ", \"" + hex(request.substring(0, 40)) + "\", 40) = 40");
        return line(9, "read(" + SOCKET + ", \"" + hex(request.substring(40)) + "\", 4096) = 300");
    }

    private DurabilityCheckTest write(UUID key) {
        return line(3, "pwrite64(" + LOG + ", \"" + record(key) + "\", 4096, 8192) = 4096");
    }

    private DurabilityCheckTest sync(String result) {
        return line(3, "fdatasync(" + LOG + ")                  = " + result);
    }

    private DurabilityCheckTest answer() {
        return line(
                9,
                "writev(" + SOCKET + ", [{iov_base=\"" + hex("HTTP/1.1 201 Created\r\n")
                        + "\", iov_len=22}, {iov_base=\"" + hex("{}") + "\", iov_len=2}], 2) = 24");
    }

    private DurabilityCheckTest line(int thread, String text) {
        trace.append(thread).append(' ').append(text).append('\n');
        return this;
    }

    private static String http(UUID key) {
        return "POST /rest/ies/v1/payments HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nIdempotency-Key: " + key
                + "\r\nContent-Length: 2\r\n\r\n{}";
    }

    private static String record(UUID key) {
        byte[] bytes = ByteBuffer.allocate(64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(32, key.getMostSignificantBits())
                .putLong(40, key.getLeastSignificantBits())
                .array();
        return hex(bytes);
    }

    private static String hex(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().withPrefix("\\x").formatHex(bytes);
    }
}
