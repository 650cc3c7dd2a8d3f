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
    private static final String BEFORE = "SELECT y.payee FROM payee y WHERE y.merchant_id = $1 AND y.sequence <"
            + " (SELECT n.sequence FROM payee n WHERE n.merchant_id = $1 AND n.payee = $2) ORDER BY y.sequence DESC LIMIT 1";
    private static final String OUTLETS = "SELECT outlet_id FROM outlet WHERE merchant_id = $1 ORDER BY outlet_id";

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

    /** Fails with {@code payee_state_conflict} when the account took the place of none, or nobody approved it. */
    Future<Buffer> draw(ApiRequest request, Entry entry, String code, Locale locale) {
        return projection
                .rows(request.query("min_sequence", 0), BEFORE, Tuple.of(entry.merchantId(), entry.payeeId()))
                .compose(rows -> {
                    for (Row row : rows) {
                        return Future.succeededFuture(row.getLong(0));
                    }
                    return Future.failedFuture(new ProblemException("payee_state_conflict"));
                })
                .compose(before -> accounts.find(request.circuitId(), entry.merchantId(), List.of(before))
                        .map(found -> {
                            Entry old = found.get(before);
                            if (old == null) {
                                throw new ProblemException("not_found");
                            }
                            return old.ending();
                        }))
                .compose(oldEnding -> from(request)
                        .compose(from -> recipient(request, entry.merchantId())
                                .map(shop -> new PayeeLetter(from, shop, oldEnding, entry.ending(), code))))
                .compose(letter -> worker.run(() -> {
                    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
                    letter.write(locale, pdf);
                    return Buffer.buffer(pdf.toByteArray());
                }));
    }

    private Future<Letterhead> from(ApiRequest request) {
        return faces.of(request.circuitId())
                .map(found -> found.map(face -> new Letterhead(face.municipality(), face.office(), face.contact()))
                        .orElseThrow(() -> new ProblemException("card_face_missing")));
    }

    /** The shop, at its first outlet that has an address. */
    private Future<Recipient> recipient(ApiRequest request, long merchantId) {
        return descriptions
                .find(Ids.MERCHANT, merchantId, request.circuitId())
                .compose(shop -> projection
                        .rows(0, OUTLETS, Tuple.of(merchantId))
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
