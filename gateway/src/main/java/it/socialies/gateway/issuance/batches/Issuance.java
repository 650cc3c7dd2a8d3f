// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.Vertx;
import it.socialies.gateway.acts.Acts;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.engineclient.CoreClient;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.issuance.FileLimits;
import it.socialies.gateway.office.CardFaces;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeRequests;
import it.socialies.gateway.office.TopUpBatches;
import it.socialies.gateway.people.PeopleRegister;
import it.socialies.gateway.programmes.ProgrammeLogos;
import it.socialies.gateway.programmes.ProgrammeSheets;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.topups.BatchExecution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/** Issuance, wired top to bottom. */
public final class Issuance {
    private static final int FILES_PENDING_MAX = 4;
    private static final int DOCUMENTS_PENDING_MAX = 16;

    /**
     * Settings.
     *
     * @param delay between approval and execution, in which a batch can be cancelled
     * @param reportTerm for which the report of a file is kept
     */
    public record Settings(Duration delay, Duration reportTerm) {}

    private final IssuanceJobs jobs;
    private final SubmissionJob submissions;
    private final List<Resource> resources;

    /**
     * @param folder where files wait to be read; made when it is not there
     * @param fingerprints of requests
     * @param keys makes the idempotency keys of commands
     * @throws IOException when the folder cannot be made
     */
    public Issuance(
            Vertx vertx,
            OfficeDatabase office,
            PeopleRegister people,
            Projection projection,
            Descriptions descriptions,
            ProgrammeSheets sheets,
            ProgrammeLogos logos,
            CoreClient core,
            TopUpBatches topUps,
            BatchExecution topping,
            Path folder,
            KeyedHash fingerprints,
            KeyedHash keys,
            InstallationClock clock,
            Settings settings)
            throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        OfficeRequests requests = new OfficeRequests(office, fingerprints, clock);
        Batches batches = new Batches(office);
        Stock stock = new Stock(projection);
        Ranker ranker = new Ranker(people);
        Decisions decisions = new Decisions(batches, people, topUps, projection, settings.delay(), clock);
        Execution execution = new Execution(batches, people, stock, core, topUps, topping, projection, keys, clock);
        jobs = new IssuanceJobs(
                vertx,
                batches,
                people,
                new FileImport(
                        batches,
                        people,
                        new NamedCards(projection, people),
                        ranker,
                        folder,
                        settings.reportTerm(),
                        clock),
                execution,
                decisions,
                projection,
                descriptions,
                new BoundedWorker(vertx, "ies-issuance", 1, FILES_PENDING_MAX),
                clock);
        SecureRandom random = new SecureRandom();
        Submission submission = new Submission(
                people,
                ranker,
                stock,
                new BatchProposals(vertx, batches, core, projection, random, clock),
                random,
                clock);
        submissions = new SubmissionJob(vertx, batches, submission);
        BoundedWorker lists = new BoundedWorker(vertx, "ies-lists", 1, DOCUMENTS_PENDING_MAX);
        resources = List.of(
                new IssuanceBatches(
                        batches,
                        submission,
                        submissions,
                        new Preview(people, stock, projection),
                        new Acts(office),
                        decisions,
                        execution,
                        requests,
                        projection,
                        clock),
                new Reviews(people, ranker, requests, clock),
                new BatchFiles(people, requests, folder, FileLimits.DEFAULT),
                new BatchRows(batches, people, descriptions, lists),
                new AwardLetters(
                        batches, people, projection, sheets, logos, new CardFaces(office, clock), lists, clock));
    }

    /** Begins to read files, to submit what was ordered and to execute what is approved; what is away is waited for. */
    public void start() {
        jobs.start();
        submissions.start();
    }

    public List<Resource> resources() {
        return resources;
    }
}
