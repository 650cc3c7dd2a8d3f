// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import it.socialies.gateway.issuance.Fault;
import it.socialies.gateway.issuance.HouseholdTable;
import it.socialies.gateway.issuance.RankingRow;
import it.socialies.gateway.issuance.RankingRules;
import it.socialies.gateway.issuance.RankingValidation;
import it.socialies.gateway.issuance.ReportCsv;
import it.socialies.gateway.issuance.ReportJson;
import it.socialies.gateway.issuance.RowPerson;
import it.socialies.gateway.issuance.ValidationReport;
import it.socialies.gateway.issuance.ranking.Application;
import it.socialies.gateway.issuance.ranking.PublicCodes;
import it.socialies.gateway.people.PeopleRegister;
import it.socialies.gateway.people.PeopleRegister.Entered;
import it.socialies.gateway.people.PeopleRegister.Entrant;
import it.socialies.gateway.people.PersonSeal;
import it.socialies.gateway.people.Reader;
import it.socialies.gateway.security.InstallationClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Reads the file of a batch: first all of it for its faults, then, when it has none, again for its people, who are entered into the vault some at a time together with their rows, so that
 * an import that was interrupted goes on behind the last row that is there. At the end the rows are ranked. The file goes away, and what stays of one with errors is its sealed report.
 * Threading: one import at a time, on a thread that may block.
 */
final class FileImport {
    private static final Logger LOG = LogManager.getLogger(FileImport.class);
    private static final ZoneId ITALY = ZoneId.of("Europe/Rome");
    private static final int CHUNK_ROWS = 500;

    private final Batches batches;
    private final PeopleRegister people;
    private final NamedCards cards;
    private final Ranker ranker;
    private final Path folder;
    private final Duration reportTerm;
    private final InstallationClock clock;

    /**
     * @param folder where the files are
     * @param reportTerm for which a report is kept
     */
    FileImport(
            Batches batches,
            PeopleRegister people,
            NamedCards cards,
            Ranker ranker,
            Path folder,
            Duration reportTerm,
            InstallationClock clock) {
        this.batches = batches;
        this.people = people;
        this.cards = cards;
        this.ranker = ranker;
        this.folder = folder;
        this.reportTerm = reportTerm;
        this.clock = clock;
    }

    Path fileOf(Batch batch) {
        return folder.resolve(Objects.requireNonNull(batch.fileName()) + ".csv");
    }

    /**
     * Reads the file of a batch that is being checked. Interrupted anywhere it can be called again.
     *
     * @param caps of the programme
     * @param municipality where the applicants live
     * @throws IOException when the file cannot be read
     */
    void run(Batch batch, HouseholdTable caps, String municipality) throws IOException {
        Path file = fileOf(batch);
        if (!Files.exists(file)) {
            Waiting.on(batches.change(
                    batch, BatchState.CHECKING, "state = 'FAULTY', stop_code = 'file_lost', file_name = NULL"));
            return;
        }
        LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(clock.nowMs()), ITALY);
        RankingRules rules = rules(batch, caps, today);
        Set<Long> named = new HashSet<>();
        if (batch.kind() == Batch.Kind.RECHARGE) {
            rules = rules.byCard(cards.gathering(named));
        }
        ValidationReport report = RankingValidation.run(() -> Files.newInputStream(file), rules, row -> {});
        if (!named.isEmpty()) {
            rules = rules.byCard(Waiting.on(cards.of(batch.circuitId(), named)));
            report = RankingValidation.run(() -> Files.newInputStream(file), rules, row -> {});
        }
        if (report.isApprovable()) {
            ValidationReport again = named.isEmpty()
                    ? enterPeople(batch, file, rules, today, municipality)
                    : enterCards(batch, file, rules);
            if (!again.digest().equals(report.digest())) {
                throw new IOException("the file changed while it was read");
            }
            finish(batch, report);
        } else {
            refuse(batch, report);
        }
        Files.deleteIfExists(file);
        LOG.info("{}: {} applications, {} errors", batch.id(), report.applications(), report.errors());
    }

    private ValidationReport enterPeople(
            Batch batch, Path file, RankingRules rules, LocalDate today, String municipality) throws IOException {
        Entering entering = new Entering(batch, today, municipality);
        ValidationReport report = RankingValidation.run(() -> Files.newInputStream(file), rules, entering::take);
        entering.flush();
        return report;
    }

    private ValidationReport enterCards(Batch batch, Path file, RankingRules rules) throws IOException {
        int there =
                Waiting.on(people.inCircuit(batch.circuitId(), connection -> Rows.count(connection, batch.batchId())));
        CardRows entering = new CardRows(people, batch, Objects.requireNonNull(rules.cards()), there);
        ValidationReport report = RankingValidation.run(() -> Files.newInputStream(file), rules, entering::take);
        entering.flush();
        return report;
    }

    private static RankingRules rules(Batch batch, HouseholdTable caps, LocalDate today) {
        RankingRules rules = RankingRules.of(caps, today);
        if (batch.criteria() != null) {
            rules = rules.withoutAmounts();
        }
        return batch.dropIsee() ? rules.dropIsee() : rules;
    }

    /** The rows are there: rank them, and say so in one transaction with the ranking. */
    private void finish(Batch batch, ValidationReport report) throws IOException {
        Sealed sealed = seal(batch, withoutSuggestions(report));
        Waiting.on(people.inCircuit(
                batch.circuitId(),
                connection -> ranker.rank(connection, batch)
                        .compose(ranked -> keep(connection, batch, report, sealed, BatchState.READY))));
    }

    /** Nothing is kept but the report, even where an interrupted reading had found no fault yet. */
    private void refuse(Batch batch, ValidationReport report) throws IOException {
        Sealed sealed = seal(batch, report);
        Waiting.on(people.inCircuit(
                batch.circuitId(),
                connection -> Rows.forget(connection, batch.batchId())
                        .compose(forgotten -> keep(connection, batch, report, sealed, BatchState.FAULTY))));
    }

    private Future<Boolean> keep(
            SqlConnection connection, Batch batch, ValidationReport report, Sealed sealed, BatchState state) {
        return Batches.change(
                connection,
                batch,
                BatchState.CHECKING,
                "state = $3, file_name = NULL, file_digest = $4, report = $5, report_csv = $6, report_key = $7,"
                        + " report_until_ms = $8, applications = $9, errors = $10, warnings = $11, stop_code = NULL",
                state.name(),
                Buffer.buffer(report.digest().toBytes()),
                sealed.json(),
                sealed.csv(),
                sealed.key(),
                clock.nowMs() + reportTerm.toMillis(),
                report.applications(),
                report.errors(),
                report.warnings());
    }

    private record Sealed(long key, Buffer json, Buffer csv) {}

    static final long JSON = 1;
    static final long CSV = 2;

    private Sealed seal(Batch batch, ValidationReport report) throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        ReportJson.write(report, json);
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        ReportCsv.write(report, csv);
        PeopleRegister.Secret secret = Waiting.on(people.newSecret(batch.circuitId()));
        return new Sealed(
                secret.number(),
                Buffer.buffer(secret.seal().seal(JSON, json.toByteArray())),
                Buffer.buffer(secret.seal().seal(CSV, csv.toByteArray())));
    }

    /** Who is in the vault can be erased; what stays in the report tells of nobody by then. */
    private static ValidationReport withoutSuggestions(ValidationReport report) {
        List<Fault> faults = report.faults().stream()
                .map(fault -> new Fault(fault.row(), fault.column(), fault.code(), "", fault.details()))
                .toList();
        return new ValidationReport(
                report.encoding(),
                report.separator(),
                report.headerRow(),
                report.columns(),
                report.rowsRead(),
                report.applications(),
                report.rows(),
                report.admitted(),
                report.reserve(),
                report.excluded(),
                report.totalCents(),
                report.digest(),
                report.errors(),
                report.warnings(),
                report.counts(),
                faults);
    }

    /** Takes the rows in file order and enters them some at a time, those that are there already left out. */
    private final class Entering {
        private final Batch batch;
        private final LocalDate today;
        private final String municipality;
        private final PublicCodes codes;
        private final Map<String, Long> households = new HashMap<>();
        private final List<RankingRow> waiting = new ArrayList<>(CHUNK_ROWS);
        private final List<Long> householdsThere;
        private int next;

        Entering(Batch batch, LocalDate today, String municipality) {
            this.batch = batch;
            this.today = today;
            this.municipality = municipality;
            codes = PublicCodes.keyed(people.publicCodes(batch.circuitId()), batch.id());
            householdsThere =
                    Waiting.on(people.inCircuit(batch.circuitId(), connection -> Rows.all(connection, batch.batchId())))
                            .stream()
                            .map(IssuanceRow::householdId)
                            .toList();
        }

        void take(RankingRow row) {
            if (next < householdsThere.size()) {
                if (!row.householdCode().isEmpty()) {
                    households.putIfAbsent(row.householdCode(), householdsThere.get(next));
                }
                next++;
                return;
            }
            // Those of one household have one number, which the first of them gets.
            boolean isBehindItsFirst = waiting.stream()
                    .anyMatch(other -> !other.householdCode().isEmpty()
                            && other.householdCode().equals(row.householdCode()));
            if (isBehindItsFirst || waiting.size() == CHUNK_ROWS) {
                flush();
            }
            waiting.add(row);
        }

        void flush() {
            if (waiting.isEmpty()) {
                return;
            }
            List<Entrant> entrants = new ArrayList<>(waiting.size());
            for (RankingRow row : waiting) {
                entrants.add(new Entrant(
                        RowPerson.of(row, today, municipality), households.getOrDefault(row.householdCode(), 0L)));
            }
            Reader writer = new Reader(
                    batch.circuitId(),
                    Objects.requireNonNull(batch.fileBy()),
                    Objects.requireNonNull(batch.fileCaseId()));
            List<IssuanceRow> rows = Waiting.on(people.inCircuit(
                    batch.circuitId(),
                    connection -> people.enter(connection, writer, entrants).compose(entered -> {
                        List<IssuanceRow> made = rows(entered);
                        return Rows.insert(connection, batch, made).map(made);
                    })));
            for (int i = 0; i < rows.size(); i++) {
                String household = waiting.get(i).householdCode();
                if (!household.isEmpty()) {
                    households.putIfAbsent(household, rows.get(i).householdId());
                }
            }
            next += rows.size();
            waiting.clear();
        }

        private List<IssuanceRow> rows(List<Entered> entered) {
            List<IssuanceRow> rows = new ArrayList<>(entered.size());
            for (int i = 0; i < entered.size(); i++) {
                Entered person = entered.get(i);
                RankingRow row = waiting.get(i);
                Applied applied = Applied.of(row);
                int number = next + i;
                Application application = applied.application(applied.number(), person.householdId());
                rows.add(IssuanceRow.entered(
                        number,
                        row.sheetRow(),
                        person.recordId(),
                        person.householdId(),
                        applied.householdSize(),
                        codes.code(application),
                        Buffer.buffer(person.applications()
                                .seal(PersonSeal.place(batch.batchId(), 0, number), applied.bytes())),
                        person.restricted(),
                        null));
            }
            return rows;
        }
    }
}
