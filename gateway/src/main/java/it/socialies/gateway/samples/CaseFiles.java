// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.samples;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.audit.Proofs;
import it.socialies.gateway.documents.StableZip;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.people.AuditReads;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.Principal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts together what there is of a case: the same bytes for the same state of the journal, the office and the vault. Threading: any event loop. */
public final class CaseFiles {
    private static final String README = """
            Un caso di un campione di controllo. Gli importi sono in centesimi.
            Verifica, senza rete, con le chiavi pubbliche che l'ente ha pubblicato (/.well-known/jwks.json):
              java -jar ies-verifier.jar case QUESTO.zip --jwks CHIAVI.json
            pagamento: payment.json; buoni: awards.json; persona: person.json; tessere e consegna: cards.json;
            altri pagamenti: wallet-payments.json; rimborso: settlement.json; ogni centesimo: trace-forward.json, trace-back.json;
            registrazioni del giornale con la loro prova: proofs/.

            A case of an audit sample. Amounts are in cents.
            To verify it, without a network, with the public keys that the body has published (/.well-known/jwks.json):
              java -jar ies-verifier.jar case THIS.zip --jwks KEYS.json
            payment: payment.json; awards: awards.json; person: person.json; cards and hand-over: cards.json;
            other payments: wallet-payments.json; reimbursement: settlement.json; every cent: trace-forward.json, trace-back.json;
            records of the journal with their proofs: proofs/.
            """;

    private final Projection projection;
    private final OfficeDatabase office;
    private final AuditReads people;
    private final Proofs proofs;
    private final BoundedWorker worker;

    /** @param worker reads the journal */
    public CaseFiles(
            Projection projection, OfficeDatabase office, AuditReads people, Proofs proofs, BoundedWorker worker) {
        this.projection = projection;
        this.office = office;
        this.people = people;
        this.proofs = proofs;
        this.worker = worker;
    }

    /**
     * The ZIP of a case; fails with {@code not_yet_checkpointed} while no checkpoint covers all its records. That somebody reads it is logged before anything is handed out.
     *
     * @param drawn of the sample
     */
    Future<Buffer> zip(ApiRequest request, Principal auditor, JsonObject sample, JsonObject drawn) {
        int circuitId = request.circuitId();
        long paymentId = Ids.PAYMENT.parse(drawn.getString("payment_id"));
        return projection
                .snapshot(request.query("min_sequence", 0), client -> LedgerFacts.of(client, circuitId, paymentId))
                .compose(ledger -> office.withConnection(connection -> OfficeFacts.of(connection, circuitId, ledger))
                        .compose(kept -> worker.run(() -> proven(ledger))
                                .compose(proven -> people.of(request, auditor, ledger.holderId())
                                        .map(person -> Buffer.buffer(
                                                StableZip.of(files(sample, drawn, ledger, kept, proven, person)))))));
    }

    /** By sequence; records with secrets are left out. */
    private Map<String, byte[]> proven(LedgerFacts ledger) {
        Map<String, byte[]> proven = new LinkedHashMap<>();
        for (long sequence : ledger.sequences()) {
            JsonObject proof = proofs.unlessSecret(sequence);
            if (proof != null) {
                proven.put("proofs/" + sequence + ".json", bytes(proof));
            }
        }
        return proven;
    }

    private static Map<String, byte[]> files(
            JsonObject sample,
            JsonObject drawn,
            LedgerFacts ledger,
            OfficeFacts kept,
            Map<String, byte[]> proven,
            JsonObject person) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("README.txt", README.getBytes(StandardCharsets.UTF_8));
        JsonObject about = sample.copy();
        about.remove("items");
        JsonArray records = new JsonArray();
        proven.keySet().forEach(name -> records.add(name.substring("proofs/".length(), name.indexOf('.'))));
        files.put(
                "case.json",
                bytes(new JsonObject()
                        .put("format", 1)
                        .put("sample", about)
                        .put("number", drawn.getInteger("number"))
                        .put("payment_id", drawn.getString("payment_id"))
                        .put("payment_record", ledger.payment().getLong("sequence"))
                        .put("as_of_sequence", ledger.asOf())
                        .put("records", records)));
        files.put("payment.json", bytes(ledger.payment()));
        files.put("person.json", bytes(person));
        files.put(
                "awards.json",
                bytes(new JsonObject().put("top_ups", ledger.awards()).put("rows", kept.rows())));
        files.put("cards.json", bytes(new JsonObject().put("items", ledger.cards())));
        files.put("wallet-payments.json", bytes(new JsonObject().put("items", ledger.walletPayments())));
        files.put(
                "settlement.json",
                bytes(new JsonObject()
                        .put("lines", ledger.lines())
                        .put("debit_notes", kept.notes())
                        .put("orders", kept.orders())));
        files.put("trace-forward.json", bytes(ledger.forward()));
        files.put("trace-back.json", bytes(ledger.back()));
        files.putAll(proven);
        return files;
    }

    private static byte[] bytes(JsonObject json) {
        return (json.encodePrettily() + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
