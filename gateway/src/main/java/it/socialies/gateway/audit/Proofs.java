// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.audit;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.PaymentState;
import it.socialies.engine.protocol.sbe.QueryPaymentEncoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.projection.ListQuery;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Proves to those whom a payment concerns, and to auditors, that a record is in the history that a signed checkpoint speaks of; the proof can be checked with the public key
 * alone, by the standalone verifier. A payment's proof goes to the holder of the wallet, to tills of the shop, unless it was rejected (its record says what was left), and
 * to operators of the circuit; any other record's to the circuit's auditors, unless it carries a secret.
 */
public final class Proofs implements Resource {
    private static final int FORMAT = 1;
    private static final String OWN_MERCHANT =
            "merchant_id = (SELECT o.merchant_id FROM terminal t JOIN outlet o USING (outlet_id) WHERE t.terminal_id = ?)";
    private static final OperatorRole[] OF_A_CIRCUIT = {
        OperatorRole.ADMIN, OperatorRole.SOCIAL, OperatorRole.TREASURER, OperatorRole.AUDITOR
    };

    private final Evidence evidence;
    private final CheckpointFolder folder;
    private final Projection projection;
    private final BoundedWorker worker;
    private final Duration checkpointInterval;

    /**
     * Hands proofs out.
     *
     * @param worker reads journal and checkpoints
     * @param checkpointInterval between two checkpoints, if anything is new
     */
    public Proofs(
            Evidence evidence,
            CheckpointFolder folder,
            Projection projection,
            BoundedWorker worker,
            Duration checkpointInterval) {
        this.evidence = evidence;
        this.folder = folder;
        this.projection = projection;
        this.worker = worker;
        this.checkpointInterval = checkpointInterval;
    }

    @Override
    public void mount(Api api) {
        api.on("getAuditEntry", this::entry);
        api.on("getAuditProof", request -> proof(api, request));
    }

    private Future<ApiAnswer> entry(ApiRequest request) {
        Principal auditor = request.operatorWith(OperatorRole.AUDITOR);
        long sequence = Objects.requireNonNull(sequence(request.context().pathParam("sequence")), "a path has it");
        return worker.run(() -> {
                    Evidence.Way way = record(auditor, sequence);
                    RecordFacts facts = new RecordFacts(way.record());
                    JsonObject json = new JsonObject()
                            .put("sequence", facts.sequence())
                            .put("time", Json.time(facts.timestampMs()))
                            .put("circuit_id", Ids.CIRCUIT.format(facts.circuitId()))
                            .put("outcome", ProblemException.codeOf(facts.outcome()))
                            .put("record_hash", facts.hash())
                            .put(
                                    "batch",
                                    new JsonObject()
                                            .put("first_sequence", way.firstSequence())
                                            .put("count", way.count())
                                            .put("chain", way.endChain()));
                    long checkpoint = folder.from(sequence);
                    return checkpoint == 0 ? json : json.put("checkpoint_sequence", checkpoint);
                })
                .map(ApiAnswer::ok);
    }

    private Future<ApiAnswer> proof(Api api, ApiRequest request) {
        String payment = request.query("payment_id");
        Long sequence = sequence(request.query("sequence"));
        if ((payment == null) == (sequence == null)) {
            throw ProblemException.field("payment_id", "one_of", "Either payment_id or sequence.");
        }
        if (payment != null) {
            return madeAt(api, request, Ids.PAYMENT.parse(payment))
                    .compose(made -> worker.run(() -> prove(made)))
                    .map(ApiAnswer::ok);
        }
        Principal auditor = request.operatorWith(OperatorRole.AUDITOR);
        long named = Objects.requireNonNull(sequence);
        return worker.run(() -> {
                    RecordFacts facts = new RecordFacts(record(auditor, named).record());
                    if (facts.carriesSecret()) {
                        throw new ProblemException(
                                "forbidden", "The record carries a card token, a PIN verifier or an enrolment code.");
                    }
                    return prove(named);
                })
                .map(ApiAnswer::ok);
    }

    /** The record that made a payment, for those whom it concerns; others learn nothing, not even that it is there. */
    private Future<Long> madeAt(Api api, ApiRequest request, long paymentId) {
        Principal principal = request.principal();
        ListQuery query = new ListQuery(
                        "sequence",
                        "payment",
                        "payment_id",
                        true,
                        row -> new JsonObject().put("sequence", row.getLong("sequence")))
                .where("circuit_id = ?", request.circuitId())
                .where("payment_id = ?", paymentId);
        switch (principal.kind()) {
            case TERMINAL ->
                query.where(OWN_MERCHANT, principal.id()).where("state <> ?", PaymentState.REJECTED.value());
            case HOLDER -> query.where("wallet_id = ?", principal.walletId());
            default -> request.operatorWith(OF_A_CIRCUIT);
        }
        // Who has just paid asks for what Postgres may not have yet: the core tells how far it has to come.
        return api.core()
                .send(frame ->
                        request.query(frame).message(new QueryPaymentEncoder()).paymentId(paymentId))
                .compose(reply -> projection.one(reply.sequence(), query))
                .map(found -> {
                    if (found == null) {
                        throw new ProblemException("not_found");
                    }
                    return found.getLong("sequence");
                });
    }

    /** A record of the auditor's own circuit. */
    private Evidence.Way record(Principal auditor, long sequence) throws Evidence.TooLong {
        Evidence.Way way = sequence < 1 ? null : evidence.way(sequence, 0);
        if (way == null || new RecordFacts(way.record()).circuitId() != auditor.circuitId()) {
            throw new ProblemException("not_found");
        }
        return way;
    }

    /**
     * The proof of a record, for somebody who may have it; blocks on the journal. Null when it carries a secret, or is not there.
     *
     * @throws ProblemException not_yet_checkpointed, proof_too_long
     */
    public @Nullable JsonObject unlessSecret(long sequence) {
        try {
            Evidence.Way way = evidence.way(sequence, 0);
            return way == null || new RecordFacts(way.record()).carriesSecret() ? null : prove(sequence);
        } catch (Evidence.TooLong e) {
            throw new IllegalStateException("a batch alone is never too long", e);
        }
    }

    private JsonObject prove(long sequence) {
        long upTo = folder.from(sequence);
        SignedCheckpoint signed = upTo == 0 ? null : folder.read(upTo);
        if (signed == null) {
            throw new ProblemException(
                    "not_yet_checkpointed",
                    "No signed checkpoint covers the record yet. The next one comes within " + checkpointInterval
                            + "; ask again then.",
                    List.of(),
                    Map.of("sequence", sequence));
        }
        Evidence.Way way = wayTo(sequence, upTo);
        if (way == null || !way.endChain().equals(signed.checkpoint().chain())) {
            throw new IllegalStateException(
                    "the journal does not lead from record " + sequence + " to the checkpoint of record " + upTo);
        }
        return json(way, signed);
    }

    private Evidence.@Nullable Way wayTo(long sequence, long upTo) {
        try {
            return evidence.way(sequence, upTo);
        } catch (Evidence.TooLong e) {
            throw new ProblemException(
                    "proof_too_long",
                    "Too many batches lie between the record and the checkpoint of record " + upTo
                            + ": an auditor can verify the exported range instead.",
                    List.of(),
                    Map.of("sequence", sequence));
        }
    }

    private static JsonObject json(Evidence.Way way, SignedCheckpoint signed) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        JsonArray path = new JsonArray();
        way.path().forEach(hash -> path.add(HexFormat.of().formatHex(hash)));
        return new JsonObject()
                .put("format", FORMAT)
                .put("sequence", new RecordFacts(way.record()).sequence())
                .put("record", base64.encodeToString(way.record()))
                .put(
                        "batch",
                        new JsonObject()
                                .put("first_sequence", way.firstSequence())
                                .put("count", way.count())
                                .put("previous_chain", HexFormat.of().formatHex(way.previousChain()))
                                .put("path", path))
                .put("batches_behind", base64.encodeToString(way.batchesBehind()))
                .put("checkpoint", signed.jws());
    }

    /** Null when there is none; the contract has checked that it is a number, and no more. */
    private static @Nullable Long sequence(@Nullable String text) {
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new ProblemException("not_found");
        }
    }
}
