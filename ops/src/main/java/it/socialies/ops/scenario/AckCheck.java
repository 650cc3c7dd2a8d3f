// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.ApiReply;
import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.figures.ExternalIds;
import it.socialies.ops.scenario.AckLog.Ack;
import it.socialies.ops.scenario.AckLog.Refunds;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * After a kill: is every acknowledged payment there, exactly once, and what became of those whose answer was lost? A key with an unknown outcome is
 * resolved: it was carried out, or it is burned and never will be.
 */
public final class AckCheck {
    private final URI gateway;
    private final DataFolder folder;
    private final Path file;
    private final PrintStream out;
    private final List<String> faults = new ArrayList<>();

    public AckCheck(URI gateway, DataFolder folder, Path file, PrintStream out) {
        this.gateway = gateway;
        this.folder = folder;
        this.file = file;
        this.out = out;
    }

    /** True when nothing is missing and nothing is there twice. */
    public boolean run() throws IOException {
        AckLog.Content content = AckLog.read(file);
        try (ApiClient api = ApiClient.connect(gateway)) {
            OperatorSession operator = new OperatorSession(api, content.username(), content.password());
            Set<UUID> executed = resolve(api, operator, content.unknown());
            checkById(api, operator, content);
            long sequence = api.readClock().getLong("sequence");
            checkPostgres(content, executed, sequence);
        }
        faults.forEach(fault -> out.println("MANCA | FAULT: " + fault));
        long paid = content.acknowledged().values().stream().filter(Ack::isPaid).count();
        long refunded = content.refunds().values().stream()
                .filter(refund -> refund.acknowledgedCents() > 0)
                .count();
        if (refunded > 0) {
            out.printf("%,d rimborsi confermati | acknowledged refunds%n", refunded);
        }
        out.printf(
                "%,d conferme (%,d pagamenti), %,d esiti ignoti risolti: %s%n",
                content.acknowledged().size(),
                paid,
                content.unknown().size(),
                faults.isEmpty() ? "tutto c'è, una volta sola" : "NON TORNA");
        out.printf(
                "%,d acknowledgements (%,d payments), %,d unknown outcomes resolved: %s%n",
                content.acknowledged().size(),
                paid,
                content.unknown().size(),
                faults.isEmpty() ? "all there, exactly once" : "DISAGREEMENT");
        return faults.isEmpty();
    }

    private static Set<UUID> resolve(ApiClient api, OperatorSession operator, List<UUID> unknown) {
        Set<UUID> executed = new HashSet<>();
        for (UUID key : unknown) {
            JsonObject resolution = api.post(
                            "/payment-resolutions", operator, new JsonObject().put("key", key.toString()))
                    .orThrow("payment resolution")
                    .body();
            if ("executed".equals(resolution.getString("outcome"))) {
                executed.add(key);
            }
        }
        return executed;
    }

    private void checkById(ApiClient api, OperatorSession operator, AckLog.Content content) {
        content.acknowledged().values().parallelStream().filter(Ack::isPaid).forEach(ack -> {
            String id = String.valueOf(ack.paymentId());
            ApiReply reply = api.get("/payments/" + id, operator);
            Refunds refunds = content.refunds().getOrDefault(id, Refunds.NONE);
            if (!reply.isOk() || reply.amount("drawn") != ack.drawnCents()) {
                fault(id + " was acknowledged with " + ack.drawnCents() + " cents; the gateway says " + reply.status()
                        + " " + reply.body().encode());
            } else if (!refunds.agreesWith(reply.amount("refunded"))) {
                fault(id + " was acknowledged as refunded by " + refunds.acknowledgedCents()
                        + " cents; the gateway says " + reply.amount("refunded"));
            }
        });
    }

    private void checkPostgres(AckLog.Content content, Set<UUID> executed, long sequence) throws IOException {
        int circuitId = Math.toIntExact(ExternalIds.number(content.circuitId()));
        try (ProjectedPayments payments = ProjectedPayments.open(folder, sequence)) {
            Map<UUID, Integer> rowsByKey =
                    payments.ofKeys(content.acknowledged().keySet());
            for (UUID key : content.acknowledged().keySet()) {
                int rows = rowsByKey.getOrDefault(key, 0);
                if (rows != 1) {
                    fault("key " + key + " has " + rows + " payments in Postgres instead of 1");
                }
            }
            long expected = (long) content.acknowledged().size() + executed.size();
            long found = payments.ofCircuit(circuitId) - content.paymentsBefore();
            if (found != expected) {
                fault("Postgres holds " + found + " payments of " + content.circuitId() + ", the keys say " + expected);
            }
        }
    }

    private synchronized void fault(String fault) {
        faults.add(fault);
    }
}
