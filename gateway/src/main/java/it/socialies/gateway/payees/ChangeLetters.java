// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payees;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.documents.Letterhead;
import it.socialies.gateway.documents.PayeeLetter;
import it.socialies.gateway.documents.Recipient;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.office.CardFaces;
import it.socialies.gateway.payees.PayeeAccounts.Entry;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.BoundedWorker;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws the letter that asks a shop whether a change of its account is its own. Threading: any event loop. */
final class ChangeLetters {
    /** The account that waits, and the last one before it that was ever paid to: others may have waited in between, and nobody confirmed them. */
    private static final String BEFORE = """
            SELECT b.payee, p.sequence AS proposed
            FROM payee w JOIN proposal p ON p.proposal_id = w.proposal_id,
                 LATERAL (SELECT y.payee FROM payee y
                          WHERE y.merchant_id = w.merchant_id AND y.sequence < w.sequence AND (NOT y.held OR y.confirmed_ms <> 0)
                          ORDER BY y.sequence DESC LIMIT 1) b
            WHERE w.merchant_id = $1 AND w.payee = $2 AND w.held AND w.confirmed_ms = 0
              AND w.sequence = (SELECT max(l.sequence) FROM payee l WHERE l.merchant_id = $1)""";

    /** An outlet that was opened after the change was proposed is not the contact known before it. */
    private static final String OUTLETS =
            "SELECT outlet_id FROM outlet WHERE merchant_id = $1 AND sequence < $2 ORDER BY outlet_id";

    private final Projection projection;
    private final PayeeAccounts accounts;
    private final Descriptions descriptions;
    private final CardFaces faces;
    private final BoundedWorker worker;

    /** @param worker draws */
    ChangeLetters(
            Projection projection,
            PayeeAccounts accounts,
            Descriptions descriptions,
            CardFaces faces,
            BoundedWorker worker) {
        this.projection = projection;
        this.accounts = accounts;
        this.descriptions = descriptions;
        this.faces = faces;
        this.worker = worker;
    }

    /**
     * What was so before the change.
     *
     * @param payee that was paid to until then
     * @param proposed sequence of the proposal
     */
    private record Before(long payee, long proposed) {}

    /** Fails with {@code payee_state_conflict} unless the account is the one that waits to be confirmed. */
    Future<Buffer> draw(ApiRequest request, Entry entry, String code, Locale locale) {
        return before(request, entry)
                .compose(before -> oldEnding(request, entry.merchantId(), before.payee())
                        .compose(oldEnding -> from(request)
                                .compose(from -> recipient(request, entry.merchantId(), before.proposed())
                                        .map(shop -> new PayeeLetter(from, shop, oldEnding, entry.ending(), code)))))
                .compose(letter -> worker.run(() -> {
                    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
                    letter.write(locale, pdf);
                    return Buffer.buffer(pdf.toByteArray());
                }));
    }

    private Future<Before> before(ApiRequest request, Entry entry) {
        return projection
                .rows(request.query("min_sequence", 0), BEFORE, Tuple.of(entry.merchantId(), entry.payeeId()))
                .compose(rows -> {
                    for (Row row : rows) {
                        return Future.succeededFuture(new Before(row.getLong("payee"), row.getLong("proposed")));
                    }
                    return Future.failedFuture(new ProblemException("payee_state_conflict"));
                });
    }

    private Future<String> oldEnding(ApiRequest request, long merchantId, long payee) {
        return accounts.find(request.circuitId(), merchantId, List.of(payee)).map(found -> {
            Entry old = found.get(payee);
            if (old == null) {
                throw new ProblemException("not_found");
            }
            return old.ending();
        });
    }

    private Future<Letterhead> from(ApiRequest request) {
        return faces.of(request.circuitId())
                .map(found -> found.map(face -> new Letterhead(face.municipality(), face.office(), face.contact()))
                        .orElseThrow(() -> new ProblemException("card_face_missing")));
    }

    /** The shop, at the first of the outlets open before the change that has an address; without one the letter is handed over. */
    private Future<Recipient> recipient(ApiRequest request, long merchantId, long proposed) {
        return descriptions
                .find(Ids.MERCHANT, merchantId, request.circuitId())
                .compose(shop -> projection
                        .rows(0, OUTLETS, Tuple.of(merchantId, proposed))
                        .compose(rows -> {
                            List<Future<JsonObject>> outlets = new ArrayList<>();
                            rows.forEach(row ->
                                    outlets.add(descriptions.find(Ids.OUTLET, row.getLong(0), request.circuitId())));
                            return Future.all(outlets).map(all -> {
                                List<String> address = outlets.stream()
                                        .map(each -> each.result().getString("address"))
                                        .filter(each -> each != null && !each.isBlank())
                                        .limit(1)
                                        .toList();
                                return new Recipient(shop.getString("name"), address);
                            });
                        }));
    }
}
