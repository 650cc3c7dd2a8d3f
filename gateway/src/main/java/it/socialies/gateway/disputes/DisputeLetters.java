// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.disputes;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.disputes.CaseFile.Decision;
import it.socialies.gateway.documents.DisputeLetter;
import it.socialies.gateway.documents.Letterhead;
import it.socialies.gateway.documents.Recipient;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.office.CardFaces;
import it.socialies.gateway.people.HolderNames;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.Principal;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Draws the letters that tell the parties of a decision; the shop's from nothing that says who holds the card. Threading: any event loop. */
final class DisputeLetters {
    private static final String OUTLETS = "SELECT outlet_id FROM outlet WHERE merchant_id = $1 ORDER BY outlet_id";

    private final Projection projection;
    private final CaseFiles files;
    private final Texts texts;
    private final HolderNames names;
    private final Descriptions descriptions;
    private final CardFaces faces;
    private final BoundedWorker worker;

    /** @param worker draws */
    DisputeLetters(
            Projection projection,
            final CaseFiles files,
            final Texts texts,
            final HolderNames names,
            final Descriptions descriptions,
            final CardFaces faces,
            final BoundedWorker worker) {
        this.projection = projection;
        this.files = files;
        this.texts = texts;
        this.names = names;
        this.descriptions = descriptions;
        this.faces = faces;
        this.worker = worker;
    }

    /**
     * The letter that the request asks for, as PDF. That of a holder in the people vault names the holder, and needs a case. Fails with {@code card_face_missing} and as {@link HolderNames#of}.
     *
     * @param dispute was decided
     */
    Future<Buffer> draw(ApiRequest request, Principal operator, Disputed dispute) {
        boolean forShop = "shop".equals(request.query("party"));
        Locale locale = Locale.forLanguageTag("en".equals(request.query("language")) ? "en" : "it");
        return files.find(request.circuitId(), dispute.reference())
                .compose(file -> words(request, dispute, file)
                        .compose(words -> descriptions
                                .find(Ids.MERCHANT, dispute.merchantId(), request.circuitId())
                                .compose(shop -> from(request)
                                        .compose(from -> (forShop
                                                        ? shop(request, dispute.merchantId(), shop)
                                                        : holder(request, operator, file))
                                                .map(to -> letter(
                                                        dispute,
                                                        file,
                                                        words,
                                                        shop.getString("name"),
                                                        from,
                                                        to,
                                                        forShop))))))
                .compose(letter -> worker.run(() -> {
                    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
                    letter.write(locale, pdf);
                    return Buffer.buffer(pdf.toByteArray());
                }));
    }

    private static DisputeLetter letter(
            Disputed dispute,
            final CaseFile file,
            final Optional<DecisionWords> words,
            final String shopName,
            final Letterhead from,
            final @Nullable Recipient to,
            final boolean forShop) {
        return new DisputeLetter(
                from,
                to,
                forShop ? DisputeLetter.Party.SHOP : DisputeLetter.Party.HOLDER,
                Ids.DISPUTE.format(dispute.disputeId()),
                Ids.PAYMENT.format(dispute.paymentId()),
                shopName,
                moment(dispute.paidMs()),
                moment(dispute.decidedMs()).toLocalDate(),
                file.complaint(),
                dispute.amount(),
                dispute.refunded(),
                words.map(each -> forShop ? each.shopReason() : each.reason()).orElse(null));
    }

    private static LocalDateTime moment(final long epochMs) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(epochMs), Hearing.ITALY);
    }

    /** Empty when they went with the person's key. */
    private Future<Optional<DecisionWords>> words(ApiRequest request, Disputed dispute, CaseFile file) {
        Decision decision = file.decision(dispute.decisionReference());
        if (decision == null) {
            return Future.failedFuture(new ProblemException("not_found"));
        }
        return texts.open(request.circuitId(), List.of(decision.text()))
                .map(opened -> Optional.ofNullable(opened.get(decision.text().number()))
                        .map(DecisionWords::of));
    }

    private Future<Letterhead> from(ApiRequest request) {
        return faces.of(request.circuitId())
                .map(found -> found.map(face -> new Letterhead(face.municipality(), face.office(), face.contact()))
                        .orElseThrow(() -> new ProblemException("card_face_missing")));
    }

    /** Null where nobody is known: then it is handed over. */
    private Future<@Nullable Recipient> holder(ApiRequest request, Principal operator, CaseFile file) {
        Long recordId = file.recordId();
        return recordId == null
                ? Future.succeededFuture(null)
                : names.of(request, operator, request.query("case_id"), recordId)
                        .map(name -> new Recipient(name.name(), name.addressLines()));
    }

    /** The shop, at its first outlet that has an address. */
    private Future<@Nullable Recipient> shop(ApiRequest request, final long merchantId, JsonObject shop) {
        return projection.rows(0, OUTLETS, Tuple.of(merchantId)).compose(rows -> {
            List<Future<JsonObject>> outlets = new ArrayList<>();
            for (Row row : rows) {
                outlets.add(descriptions.find(Ids.OUTLET, row.getLong(0), request.circuitId()));
            }
            return Future.all(outlets).map(all -> {
                List<String> address = outlets.stream()
                        .map(each -> each.result().getString("address"))
                        .filter(each -> each != null && !each.isBlank())
                        .limit(1)
                        .toList();
                return new Recipient(shop.getString("name"), address);
            });
        });
    }
}
