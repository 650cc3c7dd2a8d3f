// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.cards;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.gateway.api.Cursor;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.CardBatches;
import it.socialies.gateway.office.CardBatches.Batch;
import it.socialies.gateway.office.CardBatches.Part;
import it.socialies.gateway.office.CardFaces;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Batches of cards to print: wanted, made, printed, confirmed. Cards of a batch belong to nobody until one is handed over. The print file can be fetched until somebody
 * confirms that it was printed, and never again: a spoiled card is blocked, and another one of the stock takes its place, so nobody ever needs a second print.
 */
public final class CardBatchResource implements Resource {
    /** Those cards of a list of first numbers and counts, by what became of them. */
    private static final String STOCK =
            "WITH parts AS (SELECT * FROM unnest($1::bigint[], $2::int[]) AS p (first, cards))"
                    + " SELECT (SELECT last_sequence FROM position) AS as_of_sequence, card.status,"
                    + " card.status = 1 AND w.holder_id = 0 AS anonymous, count(*) AS cards FROM parts"
                    + " JOIN card ON card.card_id >= parts.first AND card.card_id < parts.first + parts.cards"
                    + " JOIN wallet w ON w.wallet_id = card.wallet_id WHERE card.circuit_id = $3 GROUP BY card.status, anonymous";

    private final CardBatches batches;
    private final CardBatchMaking making;
    private final CardBatchPrinting printing;
    private final CardFaces faces;
    private final OfficeDesk desk;
    private final Projection projection;

    CardBatchResource(
            CardBatches batches,
            CardBatchMaking making,
            CardBatchPrinting printing,
            CardFaces faces,
            OfficeDesk desk,
            Projection projection) {
        this.batches = batches;
        this.making = making;
        this.printing = printing;
        this.faces = faces;
        this.desk = desk;
        this.projection = projection;
    }

    @Override
    public void mount(Api api) {
        api.on("createCardBatch", this::create);
        api.on("listCardBatches", this::list);
        api.on("getCardBatch", this::get);
        api.on("resumeCardBatch", this::resume);
        api.on("confirmCardBatchPrint", this::confirm);
        api.onRaw("getCardBatchPrintFile", this::print);
    }

    private static Principal office(ApiRequest request) {
        return request.operatorWith(OperatorRole.SOCIAL, OperatorRole.ADMIN);
    }

    private Future<ApiAnswer> create(ApiRequest request) {
        Principal operator = office(request);
        int circuitId = request.circuitId();
        int count = request.body().getInteger("count");
        Idempotency key = request.key();
        UUID requestKey = key.uuid();
        return desk.once(
                        request,
                        operator,
                        connection -> batches.create(connection, circuitId, operator.id(), requestKey, count)
                                .map(CardBatchResource::json))
                .onSuccess(answer -> goOn(
                        operator, circuitId, Ids.CARD_BATCH.parse(answer.body().getString("id"))));
    }

    /** In the background; what keeps it from going on is logged, and told to who asks for it by name. */
    private void goOn(Principal operator, int circuitId, long batchId) {
        batches.find(circuitId, batchId).onSuccess(found -> found.ifPresent(batch -> making.run(batch, operator.id())));
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        office(request);
        int limit = (int) request.query("limit", 50);
        String cursor = request.query("cursor");
        return batches.page(request.circuitId(), cursor == null ? 0 : Cursor.parse(cursor), limit + 1)
                .map(found -> {
                    JsonArray items = new JsonArray();
                    found.stream().limit(limit).map(CardBatchResource::json).forEach(items::add);
                    JsonObject page = new JsonObject().put("items", items);
                    if (found.size() > limit) {
                        page.put(
                                "next_cursor",
                                Cursor.format(found.get(limit - 1).batchId()));
                    }
                    return ApiAnswer.ok(page);
                });
    }

    private Future<Batch> require(ApiRequest request) {
        return batches.find(request.circuitId(), request.id(Ids.CARD_BATCH)).map(CardBatchResource::present);
    }

    private static Batch present(Optional<Batch> found) {
        return found.orElseThrow(() -> new ProblemException("not_found"));
    }

    private Future<ApiAnswer> get(ApiRequest request) {
        office(request);
        return require(request)
                .compose(batch -> batches.prints(batch.batchId())
                        .compose(prints -> batches.parts(batch.batchId())
                                .compose(parts -> projection.rows(
                                        request.query("min_sequence", 0),
                                        STOCK,
                                        Tuple.of(
                                                parts.stream()
                                                        .map(Part::firstCardId)
                                                        .toArray(Long[]::new),
                                                parts.stream().map(Part::cards).toArray(Integer[]::new),
                                                batch.circuitId())))
                                .map(rows ->
                                        ApiAnswer.ok(counted(json(batch).put("print_files_fetched", prints), rows)))));
    }

    private static JsonObject counted(JsonObject json, RowSet<Row> rows) {
        JsonObject states = new JsonObject();
        long anonymous = 0;
        for (Row row : rows) {
            String state = Json.word(CardStatus.get(row.getShort("status")));
            states.put(state, states.getLong(state, 0L) + row.getLong("cards"));
            anonymous += row.getBoolean("anonymous") ? row.getLong("cards") : 0;
            json.put("as_of_sequence", row.getLong("as_of_sequence"));
        }
        return json.put("cards_by_state", states).put("anonymous_stock", anonymous);
    }

    private Future<ApiAnswer> resume(ApiRequest request) {
        Principal operator = office(request);
        return require(request)
                .compose(batch -> making.run(batch, operator.id()))
                .compose(done -> require(request))
                .map(batch -> new ApiAnswer(201, json(batch), false));
    }

    private Future<Void> print(ApiRequest request) {
        Principal operator = office(request);
        int file = (int) request.query("file", 1);
        Locale locale = "en".equals(request.query("language")) ? Locale.ENGLISH : Locale.ITALIAN;
        return require(request).compose(batch -> {
            if (!batch.isMade()) {
                throw new ProblemException("card_batch_unmade");
            }
            if (file < 1 || file > CardBatchPrinting.files(batch)) {
                throw new ProblemException("not_found");
            }
            return faces.of(batch.circuitId())
                    .map(found -> found.orElseThrow(() -> new ProblemException("card_face_missing")))
                    .compose(face -> batches.notePrint(batch, file, operator.id())
                            .compose(mayPrint -> {
                                if (!mayPrint) {
                                    throw new ProblemException("card_batch_printed");
                                }
                                return printing.print(batch, file, face, locale);
                            }))
                    .compose(pdf -> request.context()
                            .response()
                            .putHeader(HttpHeaders.CONTENT_TYPE, "application/pdf")
                            .putHeader(
                                    "Content-Disposition",
                                    "attachment; filename=\"" + Ids.CARD_BATCH.format(batch.batchId()) + "-" + file
                                            + ".pdf\"")
                            .end(pdf));
        });
    }

    private Future<ApiAnswer> confirm(ApiRequest request) {
        Principal operator = office(request);
        int circuitId = request.circuitId();
        long batchId = request.id(Ids.CARD_BATCH);
        return require(request)
                .compose(there -> batches.filesFetched(batchId).map(fetched -> {
                    if (there.isMade() && fetched < CardBatchPrinting.files(there)) {
                        throw new ProblemException("card_batch_unfetched");
                    }
                    return there;
                }))
                .compose(there -> desk.once(
                        request,
                        operator,
                        connection -> batches.confirm(connection, circuitId, batchId, operator.id())
                                .map(confirmed -> json(confirmed.orElseThrow(() -> new ProblemException(
                                        there.isMade() ? "card_batch_printed" : "card_batch_unmade"))))));
    }

    private static JsonObject json(Batch batch) {
        JsonObject json = new JsonObject()
                .put("id", Ids.CARD_BATCH.format(batch.batchId()))
                .put("circuit_id", Ids.CIRCUIT.format(batch.circuitId()))
                .put("count", batch.cards())
                .put("made", batch.made())
                .put("state", !batch.isMade() ? "making" : batch.printedMs() == null ? "made" : "printed")
                .put("print_files", CardBatchPrinting.files(batch))
                .put("created_by", Ids.OPERATOR.format(batch.operatorId()))
                .put("created_at", Json.time(batch.createdMs()));
        Long printedMs = batch.printedMs();
        Long printedBy = batch.printedBy();
        if (printedMs != null && printedBy != null) {
            json.put("printed_at", Json.time(printedMs)).put("printed_by", Ids.OPERATOR.format(printedBy));
        }
        return json;
    }
}
