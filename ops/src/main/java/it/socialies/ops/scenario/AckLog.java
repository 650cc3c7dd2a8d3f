// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Every payment and refund a scenario sent, and every acknowledgement it got, kept outside the installation: what the node must still know after it was killed.
 * One JSON object a line, written before the request goes out and after the answer came. Mode 0600: it names the operator who may check it. Any thread.
 */
public final class AckLog implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private AckLog(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Begins a file for a run in a circuit.
     *
     * @param paymentsBefore payments the circuit had before the run
     */
    public static AckLog create(Path file, String circuitId, long paymentsBefore, String username, String password)
            throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        AckLog log = new AckLog(file, channel);
        log.write(new JsonObject()
                .put("type", "run")
                .put("circuit_id", circuitId)
                .put("payments_before", paymentsBefore)
                .put("username", username)
                .put("password", password));
        return log;
    }

    public Path file() {
        return file;
    }

    void sent(UUID key) {
        write(new JsonObject().put("type", "sent").put("key", key.toString()));
    }

    void acknowledged(UUID key, int status, JsonObject answer) {
        JsonObject drawn = answer.getJsonObject("drawn");
        write(new JsonObject()
                .put("type", "ack")
                .put("key", key.toString())
                .put("status", status)
                .put("payment_id", status == 201 ? answer.getString("id") : answer.getString("payment_id"))
                .put("drawn", drawn == null ? 0 : drawn.getLong("amount")));
    }

    void refundSent(UUID key, String paymentId, long cents) {
        write(new JsonObject()
                .put("type", "refund-sent")
                .put("key", key.toString())
                .put("payment_id", paymentId)
                .put("cents", cents));
    }

    void refunded(UUID key) {
        write(new JsonObject().put("type", "refund-ack").put("key", key.toString()));
    }

    /** Writes down what so far only the operating system holds. */
    void force() {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void write(JsonObject line) {
        ByteBuffer bytes = ByteBuffer.wrap((line.encode() + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        force();
        channel.close();
    }

    /**
     * What a file says.
     *
     * @param paymentsBefore payments the circuit had before the run
     * @param acknowledged by key, in the order they came
     * @param unknown keys that were sent and never answered
     * @param refunds of payments, by payment id; a payment without any is left out
     */
    public record Content(
            String circuitId,
            long paymentsBefore,
            String username,
            String password,
            Map<UUID, Ack> acknowledged,
            List<UUID> unknown,
            Map<String, Refunds> refunds) {}

    /**
     * What was given back of a payment.
     *
     * @param unknownCents of refunds that were sent and never answered
     */
    public record Refunds(long acknowledgedCents, long unknownCents) {
        static final Refunds NONE = new Refunds(0, 0);

        Refunds plus(Refunds other) {
            return new Refunds(acknowledgedCents + other.acknowledgedCents, unknownCents + other.unknownCents);
        }

        boolean agreesWith(long refundedCents) {
            return refundedCents >= acknowledgedCents && refundedCents <= acknowledgedCents + unknownCents;
        }
    }

    /** An answer: 201, or a 402 with its reason. */
    public record Ack(int status, @Nullable String paymentId, long drawnCents) {
        public boolean isPaid() {
            return status == 201;
        }
    }

    public static Content read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        JsonObject run = new JsonObject(lines.getFirst());
        Map<UUID, Ack> acknowledged = new LinkedHashMap<>();
        List<UUID> unknown = new ArrayList<>();
        Map<UUID, JsonObject> refundsSent = new LinkedHashMap<>();
        Set<UUID> refundsAnswered = new HashSet<>();
        for (String line : lines.subList(1, lines.size())) {
            JsonObject entry = new JsonObject(line);
            UUID key = UUID.fromString(entry.getString("key"));
            switch (entry.getString("type")) {
                case "sent" -> unknown.add(key);
                case "refund-sent" -> refundsSent.put(key, entry);
                case "refund-ack" -> refundsAnswered.add(key);
                default ->
                    acknowledged.put(
                            key,
                            new Ack(entry.getInteger("status"), entry.getString("payment_id"), entry.getLong("drawn")));
            }
        }
        unknown.removeIf(acknowledged::containsKey);
        Map<String, Refunds> refunds = new HashMap<>();
        refundsSent.forEach((key, entry) -> {
            long cents = entry.getLong("cents");
            boolean answered = refundsAnswered.contains(key);
            Refunds refund = new Refunds(answered ? cents : 0, answered ? 0 : cents);
            refunds.merge(entry.getString("payment_id"), refund, Refunds::plus);
        });
        return new Content(
                run.getString("circuit_id"),
                run.getLong("payments_before"),
                run.getString("username"),
                run.getString("password"),
                acknowledged,
                unknown,
                refunds);
    }
}
