// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.notes;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.documents.DebitNote;
import it.socialies.gateway.documents.Letterhead;
import it.socialies.gateway.documents.Recipient;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.CardFaces;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.BoundedWorker;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Debit notes as PDF, for whoever may see them: a draft to sign, or what the shop confirmed. Threading: any event loop. */
public final class NotePapers implements Resource {
    private static final ZoneId ITALY = ZoneId.of("Europe/Rome");
    private static final String OUTLETS = "SELECT outlet_id FROM outlet WHERE merchant_id = $1 ORDER BY outlet_id";

    private final DebitNotes notes;
    private final Projection projection;
    private final Descriptions descriptions;
    private final CardFaces faces;
    private final BoundedWorker worker;

    /** @param worker draws */
    public NotePapers(
            DebitNotes notes, Projection projection, Descriptions descriptions, CardFaces faces, BoundedWorker worker) {
        this.notes = notes;
        this.projection = projection;
        this.descriptions = descriptions;
        this.faces = faces;
        this.worker = worker;
    }

    @Override
    public void mount(Api api) {
        api.onRaw("getDebitNotePaper", this::paper);
    }

    private Future<Void> paper(ApiRequest request) {
        Locale locale = Locale.forLanguageTag("en".equals(request.query("language")) ? "en" : "it");
        return notes.requested(request)
                .compose(note -> sheet(request, note))
                .compose(sheet -> worker.run(() -> {
                    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
                    sheet.write(locale, pdf);
                    return Buffer.buffer(pdf.toByteArray());
                }))
                .compose(pdf -> request.context()
                        .response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/pdf")
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end(pdf));
    }

    private Future<DebitNote> sheet(ApiRequest request, JsonObject note) {
        long merchantId = Ids.MERCHANT.parse(note.getString("merchant_id"));
        return to(request)
                .compose(to -> descriptions
                        .find(Ids.MERCHANT, merchantId, request.circuitId())
                        .compose(shop -> address(request, merchantId).map(address -> sheet(note, to, shop, address))));
    }

    private Future<Letterhead> to(ApiRequest request) {
        return faces.of(request.circuitId())
                .map(found -> found.map(face -> new Letterhead(face.municipality(), face.office(), face.contact()))
                        .orElseThrow(() -> new ProblemException("card_face_missing")));
    }

    /** Of its first outlet that has one. */
    private Future<List<String>> address(ApiRequest request, long merchantId) {
        return projection.rows(0, OUTLETS, Tuple.of(merchantId)).compose(rows -> {
            List<Future<JsonObject>> outlets = new ArrayList<>();
            for (Row row : rows) {
                outlets.add(descriptions.find(Ids.OUTLET, row.getLong(0), request.circuitId()));
            }
            return Future.all(outlets)
                    .map(all -> outlets.stream()
                            .map(each -> each.result().getString("address"))
                            .filter(each -> each != null && !each.isBlank())
                            .limit(1)
                            .toList());
        });
    }

    private static DebitNote sheet(JsonObject note, Letterhead to, JsonObject shop, List<String> address) {
        List<String> taxNumbers = new ArrayList<>();
        add(taxNumbers, "P. IVA ", shop.getString("vat_number"));
        add(taxNumbers, "C.F. ", shop.getString("tax_code"));
        String date = note.getString("date");
        return new DebitNote(
                new Recipient(shop.getString("name"), address),
                taxNumbers,
                to,
                note.getString("number"),
                date == null ? null : LocalDate.parse(date),
                note.getString("settlement_id") + " / " + note.getString("merchant_id"),
                LocalDate.ofInstant(Instant.ofEpochMilli(Json.timeMs(note, "period_end") - 1), ITALY),
                note.getLong("payments"),
                Json.minorUnits(note, "gross", Json.EUR),
                Json.minorUnits(note, "netted", Json.EUR),
                Json.minorUnits(note, "stamp_duty", Json.EUR));
    }

    private static void add(List<String> lines, String label, @Nullable String number) {
        if (number != null && !number.isBlank()) {
            lines.add(label + number);
        }
    }
}
