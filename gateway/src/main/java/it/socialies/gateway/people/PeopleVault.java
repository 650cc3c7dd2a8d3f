// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeRequests;
import it.socialies.gateway.office.OfficeSettings;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.MasterKeys;
import it.socialies.gateway.security.RateLimiter;
import it.socialies.gateway.security.Secrets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** The people vault, wired top to bottom. May be called from any thread. */
public final class PeopleVault {
    private static final int OPERATORS_MAX = 10_000;

    /**
     * Settings.
     *
     * @param searchesMax searches of one operator in a minute
     * @param retentionYears an admission is kept after its end, when nothing else is said
     */
    public record Settings(int searchesMax, int retentionYears) {}

    private final Vault vault;
    private final PeopleRegister register;
    private final List<Resource> resources;
    private final HolderNames names;
    private final AuditReads audits;
    private final Addressees addressees;

    /**
     * @param keySettings where the database of keys is
     * @param erasureBook file of tombstones outside the databases
     * @param nanoClock monotonic nanoseconds
     */
    public PeopleVault(
            Vertx vertx,
            OfficeDatabase office,
            OfficeSettings keySettings,
            Path erasureBook,
            Secrets secrets,
            MasterKeys masters,
            InstallationClock clock,
            LongSupplier nanoClock,
            Projection projection,
            Descriptions descriptions,
            Settings settings) {
        ErasureBook book = new ErasureBook(erasureBook);
        KeyDatabase keyDatabase = new KeyDatabase(vertx, keySettings);
        KeyStore keys = new KeyStore(keyDatabase, masters, clock, secrets.random());
        Erasures erasures = new Erasures(vertx, office, keys, book, clock);
        vault = new Vault(
                vertx,
                office,
                new OfficeRequests(office, secrets.hash(Secrets.Purpose.FINGERPRINT), clock),
                keyDatabase,
                keys,
                new Tombstones(vertx, office, keys, book),
                erasures,
                clock);
        Cases cases = new Cases(clock);
        ReadLog log = new ReadLog(clock);
        PersonIndex index = new PersonIndex(secrets.hash(Secrets.Purpose.PEOPLE_INDEX));
        Records records = new Records(keys, index, cases, log, clock);
        register = new PeopleRegister(vault, keys, index, cases, log, clock);
        ProjectedLife life = new ProjectedLife(projection);
        SubjectRequests requests = new SubjectRequests(
                records,
                cases,
                (circuitId, recordId) -> life.keptUntil(circuitId, recordId, settings.retentionYears()),
                clock);
        VaultDesk desk = new VaultDesk(
                vault, new RateLimiter(settings.searchesMax(), Duration.ofMinutes(1), OPERATORS_MAX, nanoClock));
        names = new HolderNames(desk, records);
        audits = new AuditReads(desk, records, cases, log);
        addressees = new Addressees(vault, keys, cases, log);
        resources = List.of(
                new People(
                        desk,
                        records,
                        new Eligibilities(records, clock, settings.retentionYears()),
                        cases,
                        log,
                        projection),
                new PeopleReads(desk),
                new PersonExports(desk, requests, new PersonExport(records, clock), life),
                new DataSubjectRequests(desk, requests, erasures, descriptions, clock));
    }

    /** Opens it, once the office database is there; completes then, which may be never. */
    public Future<Void> start() {
        return vault.start();
    }

    /** Whether it has been opened. */
    public boolean isOpen() {
        return vault.isOpen();
    }

    /** Persons in the cases of an audit. */
    public AuditReads audits() {
        return audits;
    }

    /** Whom notices go to. */
    public Addressees addressees() {
        return addressees;
    }

    /** Names for papers that are printed. */
    public HolderNames names() {
        return names;
    }

    /** Many persons at once, for issuance. */
    public PeopleRegister register() {
        return register;
    }

    /** Requests of data subjects past their term when it was last looked, at most an hour ago. */
    public int overdueRequests() {
        return vault.overdue();
    }

    public List<Resource> resources() {
        return resources;
    }
}
