// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.cards;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.documents.CardFace;
import it.socialies.gateway.documents.CardSheets;
import it.socialies.gateway.documents.PrintableCard;
import it.socialies.gateway.office.CardBatches;
import it.socialies.gateway.office.CardBatches.Batch;
import it.socialies.gateway.office.CardBatches.Part;
import it.socialies.gateway.office.CardFaces.Face;
import it.socialies.gateway.qr.CardPayload;
import it.socialies.gateway.qr.PrintedCode;
import it.socialies.gateway.security.BoundedWorker;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws the cards of a batch, in files of bounded size, on a thread of its own. Nothing of it is kept. Threading: any event loop. */
final class CardBatchPrinting {
    /** Cards in a file: what {@link CardSheets} puts into a part. */
    static final int FILE_CARDS = 800;

    private static final int FILE_PARTS = FILE_CARDS / CardBatches.PART_CARDS;

    private final CardBatches batches;
    private final CardBatchMaking making;
    private final CardPayload payload;
    private final PrintedCode codes;
    private final BoundedWorker worker;

    CardBatchPrinting(
            CardBatches batches, CardBatchMaking making, CardPayload payload, PrintedCode codes, BoundedWorker worker) {
        this.batches = batches;
        this.making = making;
        this.payload = payload;
        this.codes = codes;
        this.worker = worker;
    }

    static int files(Batch batch) {
        return Math.ceilDiv(batch.cards(), FILE_CARDS);
    }

    /**
     * Draws a file.
     *
     * @param file from 1
     */
    Future<Buffer> print(Batch batch, int file, Face face, Locale locale) {
        if (file < 1 || file > files(batch)) {
            throw new ProblemException("not_found");
        }
        CardFace words = new CardFace(face.municipality(), face.blockPage(), face.blockPhone());
        return batches.parts(batch.batchId())
                .compose(parts -> worker.run(() -> {
                    List<PrintableCard> cards = new ArrayList<>(FILE_CARDS);
                    int first = (file - 1) * FILE_PARTS;
                    for (Part part : parts.subList(first, Math.min(parts.size(), first + FILE_PARTS))) {
                        addCards(batch, part, cards);
                    }
                    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
                    CardSheets.write(words, cards.iterator(), locale, part -> pdf);
                    return Buffer.buffer(pdf.toByteArray());
                }));
    }

    private void addCards(Batch batch, Part part, List<PrintableCard> cards) {
        Long firstCardId = part.firstCardId();
        if (firstCardId == null) {
            throw new IllegalStateException("a part without cards is not printed");
        }
        for (int i = 0; i < part.cards(); i++) {
            long cardId = firstCardId + i;
            cards.add(new PrintableCard(
                    Ids.CARD.format(cardId),
                    payload.of(batch.circuitId(), making.token(batch, part.part() * CardBatches.PART_CARDS + i)),
                    codes.of(PrintedCode.Use.CARD, cardId)));
        }
    }
}
