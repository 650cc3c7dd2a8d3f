// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.documents.Award;
import it.socialies.gateway.documents.AwardLetter;
import it.socialies.gateway.documents.Letterhead;
import it.socialies.gateway.documents.Logo;
import it.socialies.gateway.documents.Recipient;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.merchants.Trade;
import it.socialies.gateway.office.CardFaces;
import it.socialies.gateway.office.CardFaces.Face;
import it.socialies.gateway.people.HolderNames;
import it.socialies.gateway.people.PeopleRegister;
import it.socialies.gateway.people.Reader;
import it.socialies.gateway.programmes.ProgrammeLogos;
import it.socialies.gateway.programmes.ProgrammeSheets;
import it.socialies.gateway.programmes.ProgrammeWords;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The letters that tell people of their award, in files of {@value #PART_LETTERS}: names and addresses are read within a case, logged, drawn and forgotten. Who was erased or restricted gets none, nor whoever the core
 * refused. Threading: any event loop; drawn on a thread of its own, one file at a time.
 */
final class AwardLetters implements Resource {
    /** A letter has three pages at most, and {@link AwardLetter} a thousand a part. */
    static final int PART_LETTERS = 300;

    private static final ZoneId ITALY = ZoneId.of("Europe/Rome");
    private static final String VALIDITY =
            "SELECT p.valid_from_ms, p.valid_until_ms, r.categories FROM programme p JOIN rules_in_force r"
                    + " ON r.programme_id = p.programme_id WHERE p.programme_id = $1 AND p.circuit_id = $2";

    private final Batches batches;
    private final PeopleRegister people;
    private final Projection projection;
    private final ProgrammeSheets sheets;
    private final ProgrammeLogos logos;
    private final CardFaces faces;
    private final BoundedWorker worker;
    private final InstallationClock clock;

    /** @param worker draws */
    AwardLetters(
            Batches batches,
            PeopleRegister people,
            Projection projection,
            ProgrammeSheets sheets,
            ProgrammeLogos logos,
            CardFaces faces,
            BoundedWorker worker,
            InstallationClock clock) {
        this.batches = batches;
        this.people = people;
        this.projection = projection;
        this.sheets = sheets;
        this.logos = logos;
        this.faces = faces;
        this.worker = worker;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.onRaw("getAwardLetters", this::letters);
    }

    /** What is the same in all letters of a batch. */
    private record Template(
            Letterhead from,
            String programme,
            String act,
            LocalDate validFrom,
            LocalDate validUntil,
            List<String> goods,
            List<String> shops,
            List<Logo> funders,
            LocalDate today) {
        AwardLetter letter(Addressed to) {
            return new AwardLetter(
                    from,
                    new Recipient(to.name().name(), to.name().addressLines()),
                    today,
                    new Award(programme, act, to.cents(), validFrom, validUntil, goods, shops, funders));
        }
    }

    private record Addressed(HolderNames.Name name, long cents) {}

    private Future<Void> letters(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL);
        Reader reader = Reader.of(request, operator, request.query("case_id"));
        String language = "en".equals(request.query("language")) ? "en" : "it";
        Locale locale = Locale.forLanguageTag(language);
        return batches.find(request.circuitId(), request.id(Ids.ISSUANCE_BATCH))
                .compose(batch -> Batches.require(
                        batch, BatchState.APPROVED, BatchState.EXECUTING, BatchState.STOPPED, BatchState.EXECUTED))
                .compose(batch -> template(batch, language)
                        .compose(template -> addressed(request, batch, reader)
                                .compose(addressed -> worker.run(() -> draw(template, addressed, locale)))))
                .compose(pdf -> request.context()
                        .response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/pdf")
                        .end(pdf));
    }

    private Future<Template> template(Batch batch, String language) {
        return sheets.published(batch.programmeId()).compose(published -> {
            if (published.isEmpty()) {
                return Future.failedFuture(new ProblemException("programme_not_described"));
            }
            JsonObject said = published.get();
            return faces.of(batch.circuitId()).compose(found -> {
                if (found.isEmpty()) {
                    return Future.failedFuture(new ProblemException("card_face_missing"));
                }
                return logos.printable(batch.programmeId())
                        .compose(funders -> projection
                                .rows(0, VALIDITY, Tuple.of(batch.programmeId(), batch.circuitId()))
                                .map(rows -> template(
                                        batch,
                                        said,
                                        found.get(),
                                        funders,
                                        rows.iterator().next(),
                                        language)));
            });
        });
    }

    private Template template(
            Batch batch, JsonObject said, Face face, List<Logo> funders, Row validity, String language) {
        JsonObject goods = said.getJsonObject("goods");
        List<String> lines = new ArrayList<>(ProgrammeWords.lines(goods, "allowed", language));
        List<String> excluded = ProgrammeWords.lines(goods, "excluded", language);
        if (!excluded.isEmpty()) {
            lines.add((language.equals("en") ? "Not: " : "Esclusi: ") + String.join(", ", excluded));
        }
        return new Template(
                new Letterhead(face.municipality(), face.office(), face.contact()),
                said.getJsonObject("official_name").getString(language),
                batch.actReference(),
                dayOf(validity.getLong("valid_from_ms")),
                // The end is the first moment behind the last day.
                dayOf(validity.getLong("valid_until_ms") - 1),
                lines,
                shops(said, validity.getLong("categories"), language),
                funders,
                dayOf(clock.nowMs()));
    }

    /** As it was described, else the trades that the programme admits. */
    private static List<String> shops(JsonObject said, long categories, String language) {
        List<String> described = ProgrammeWords.lines(said, "shops", language);
        return described.isEmpty()
                ? Trade.of(categories).stream()
                        .map(trade -> language.equals("en") ? trade.english() : trade.italian())
                        .toList()
                : described;
    }

    private static LocalDate dayOf(long epochMs) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(epochMs), ITALY);
    }

    /** Whom the file is for: one person, or those of a part in the order of the ranking. */
    private Future<List<Addressed>> addressed(ApiRequest request, Batch batch, Reader reader) {
        String person = request.query("person_id");
        Long recordId = person == null ? null : Ids.HOLDER.parse(person);
        int part = (int) request.query("part", 1);
        return people.inCircuit(
                batch.circuitId(),
                connection -> rows(connection, batch, recordId, part).compose(rows -> {
                    if (rows.isEmpty()) {
                        return Future.failedFuture(new ProblemException("not_found"));
                    }
                    return people.read(
                                    connection,
                                    reader,
                                    rows.stream()
                                            .map(IssuanceRow::recordId)
                                            .distinct()
                                            .toList(),
                                    true)
                            .map(known -> addressed(rows, known));
                }));
    }

    private static List<Addressed> addressed(List<IssuanceRow> rows, Map<Long, JsonObject> known) {
        List<Addressed> addressed = new ArrayList<>(rows.size());
        for (IssuanceRow row : rows) {
            JsonObject person = known.get(row.recordId());
            if (person != null) {
                addressed.add(new Addressed(HolderNames.name(person), row.amountCents()));
            }
        }
        if (addressed.isEmpty()) {
            throw new ProblemException("not_found");
        }
        return addressed;
    }

    private static Future<List<IssuanceRow>> rows(
            SqlConnection connection, Batch batch, @Nullable Long recordId, int part) {
        int first = recordId == null ? (part - 1) * PART_LETTERS : 0;
        return connection
                .preparedQuery("SELECT " + IssuanceRow.COLUMNS + " FROM issuance_row WHERE batch_id = $1"
                        + " AND award >= $2 AND ($3::bigint IS NOT NULL OR award < $4)"
                        + " AND ($3::bigint IS NULL OR record_id = $3) AND (result IS NULL OR result = 'credited')"
                        + " ORDER BY award LIMIT $5")
                .execute(Tuple.of(batch.batchId(), first, recordId, first + PART_LETTERS, PART_LETTERS))
                .map(found -> {
                    List<IssuanceRow> rows = new ArrayList<>(found.size());
                    found.forEach(row -> rows.add(IssuanceRow.of(row)));
                    return rows;
                });
    }

    private static Buffer draw(Template template, List<Addressed> addressed, Locale locale) throws IOException {
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        AwardLetter.write(addressed.stream().map(template::letter).iterator(), locale, part -> pdf);
        return Buffer.buffer(pdf.toByteArray());
    }
}
