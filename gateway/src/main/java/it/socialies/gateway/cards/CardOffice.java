// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.cards;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.engineclient.CoreClient;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.CardBatches;
import it.socialies.gateway.office.CardFaces;
import it.socialies.gateway.office.CardsPutAside;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.office.OfficeRequests;
import it.socialies.gateway.office.PinMailers;
import it.socialies.gateway.office.PinResetSample;
import it.socialies.gateway.office.PinResets;
import it.socialies.gateway.people.HolderNames;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.qr.CardPayload;
import it.socialies.gateway.qr.PrintedCode;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.IssuedSecrets;
import it.socialies.gateway.security.PinPolicy;
import it.socialies.gateway.security.PinVerifier;
import it.socialies.gateway.security.Secrets;
import java.time.Duration;
import java.util.List;

/** What the office does with cards before and while they are handed over, wired in one place: batches, print files, the words on cards, hand-overs. */
public final class CardOffice {
    private static final int PRINT_THREADS = 1;
    private static final int PRINTS_PENDING_MAX = 16;

    private final CardBatchMaking making;
    private final PinResets pinResets;
    private final List<Resource> resources;

    /** Wires it. One thread draws, so that a print leaves the second processor to payments. */
    public CardOffice(
            Vertx vertx,
            OfficeDatabase office,
            Secrets secrets,
            InstallationClock clock,
            CoreClient core,
            Projection projection,
            HolderNames names,
            PinPolicy pinPolicy,
            PinResetSample pinSample,
            Duration pinReviewTerm) {
        CardPayload payload = new CardPayload(secrets.ring(Secrets.Purpose.QR_MAC));
        PrintedCode codes = new PrintedCode(secrets.ring(Secrets.Purpose.PRINTED_CODE));
        OfficeDesk desk = new OfficeDesk(new OfficeRequests(office, secrets.hash(Secrets.Purpose.FINGERPRINT), clock));
        PinVerifier verifiers = new PinVerifier(secrets);
        IssuedSecrets issued = new IssuedSecrets(secrets.hash(Secrets.Purpose.ISSUED));
        CardBatches batches = new CardBatches(office, clock);
        CardFaces faces = new CardFaces(office, clock);
        BoundedWorker printer = new BoundedWorker(vertx, "ies-print", PRINT_THREADS, PRINTS_PENDING_MAX);
        pinResets = new PinResets(office, pinSample, clock);
        making = new CardBatchMaking(core, batches, projection, issued, secrets.random(), clock::nowMs);
        resources = List.of(
                new PinsByPost(verifiers, pinPolicy, issued, new PinMailers(office, clock), names, faces, printer),
                new HandOvers(
                        verifiers,
                        pinPolicy,
                        codes,
                        secrets.hash(Secrets.Purpose.ISSUED),
                        names,
                        faces,
                        new CardsPutAside(office),
                        new OneWallet(projection),
                        printer,
                        clock),
                new ErrandSlips(payload, codes, faces, new Descriptions(office), printer),
                new PinReviews(pinResets, desk, projection, clock, pinReviewTerm),
                new CardFaceResource(faces, desk),
                new CardBatchResource(
                        batches,
                        making,
                        new CardBatchPrinting(batches, making, payload, codes, printer),
                        faces,
                        desk,
                        projection));
    }

    /** Where PINs reset at the desk are entered. */
    public PinResets pinResets() {
        return pinResets;
    }

    public List<Resource> resources() {
        return resources;
    }

    /** Goes on with what was interrupted, once the office database is there. */
    public Future<Void> start() {
        return making.resume();
    }
}
