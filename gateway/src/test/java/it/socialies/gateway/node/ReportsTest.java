// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.SettlementTown.IBAN;
import static it.socialies.gateway.node.SettlementTown.note;
import static it.socialies.gateway.node.TestTown.euro;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports over HTTP on a real node: the figures are those of the journal, and the same question has the same bytes. */
class ReportsTest {
    private static final List<String> FORMATS = List.of("csv", "xlsx", "pdf");

    @TempDir
    private Path data;

    private TestNode node;
    private TestTown town;
    private SettlementTown desk;
    private ReportTown reports;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.create(data);
        town = TestTown.create(node);
        desk = new SettlementTown(town);
        reports = new ReportTown(town);
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    /** 70 € and 10 € are paid, settled under note 7 and paid out by mandate 4711; then 5 € are spent and 3 € of the 10 € refunded. */
    private void year() throws Exception {
        town.pay(town.card, 70_00).expect(201);
        String refunded = town.pay(town.card, 10_00).expect(201).getString("id");
        desk.setPayee(town.merchantId, IBAN);
        JsonObject drawn = desk.draw(desk.request());
        desk.approve(drawn);
        String id = drawn.getString("id");
        desk.settlement(id);
        node.post(desk.notePath(id, town.merchantId) + "/confirmations", town.treasurer, note("7/A", 80_00))
                .expect(201);
        JsonArray items = desk.order(id, SettlementTown.mandate());
        String reference = items.getJsonObject(0).getString("reference");
        assertThat(desk.told(reference, "paid", 80_00)).isEqualTo("noted");
        town.pay(town.card, 5_00).expect(201);
        node.post("/payments/" + refunded + "/refunds", town.social, new JsonObject().put("amount", euro(3_00)))
                .expect(201);
    }

    private static List<List<String>> rows(byte[] csv) {
        assertThat(csv).startsWith(0xEF, 0xBB, 0xBF);
        String text = new String(csv, 3, csv.length - 3, StandardCharsets.UTF_8);
        List<List<String>> rows = new ArrayList<>();
        CsvReader.builder()
                .fieldSeparator(';')
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)
                .forEach(record -> rows.add(record.getFields()));
        return rows;
    }

    private static List<String> row(List<List<String>> rows, String first) {
        return rows.stream()
                .filter(row -> row.getFirst().equals(first))
                .findFirst()
                .orElseThrow(() -> new AssertionError(first + " in " + rows));
    }

    @Test
    void shouldTellTheRegionWhatTheJournalSaysToTheCent() throws Exception {
        year();

        JsonObject report = reports.made(reports.region("csv"));

        assertThat(report.getString("state")).isEqualTo("made");
        List<List<String>> rows = rows(reports.file(report));
        assertThat(row(rows, "Fondo ricevuto")).containsExactly("Fondo ricevuto", "10000,00", "10000,00");
        assertThat(row(rows, "Contributi accreditati").get(1)).isEqualTo("100,00");
        assertThat(row(rows, "Speso").get(1)).isEqualTo("85,00");
        assertThat(row(rows, "Rimborsato ai beneficiari").get(1)).isEqualTo("3,00");
        assertThat(row(rows, "Rimborsato agli esercizi (pagato)").get(1)).isEqualTo("80,00");
        assertThat(row(rows, "Non speso").get(1)).isEqualTo("18,00");
        assertThat(row(rows, "Nel fondo").get(1)).isEqualTo("9900,00");
        assertThat(row(rows, "Accrediti").get(1)).isEqualTo("1");
        assertThat(row(rows, "Beneficiari").get(1)).isEqualTo("1");
        assertThat(row(rows, "Impegno").getLast()).isEqualTo("10000,00");
        assertThat(row(rows, town.merchantId)).endsWith("1", "80,00");
        List<String> line = rows.stream()
                .filter(row -> row.getFirst().startsWith("sln_"))
                .findFirst()
                .orElseThrow();
        assertThat(line).contains("Panificio Prova", "7/A", "pagata", "80,00");
        assertThat(row(rows, "Situazione").get(1)).contains("n. " + report.getLong("at_sequence") + " ");

        // What the programme says of its own balances is the same.
        JsonObject programme = node.get(
                        "/programmes/" + town.programmeId + "/report?at_sequence=" + report.getLong("at_sequence"),
                        town.treasurer)
                .expect(200);
        JsonObject balances = programme.getJsonObject("balances");
        JsonObject flows = programme.getJsonObject("since_beginning");
        long funded = cents(flows, "funded");
        assertThat(cents(balances, "in_fund")
                        + cents(balances, "unspent")
                        + cents(balances, "owed_to_shops")
                        + cents(balances, "settling")
                        + cents(balances, "paid_out")
                        - cents(balances, "owed_by_shops"))
                .isEqualTo(funded)
                .isEqualTo(10_000_00);
        assertThat(cents(balances, "unspent")).isEqualTo(town.available(town.card));
        assertThat(cents(balances, "paid_out")).isEqualTo(80_00);
    }

    private static long cents(JsonObject of, String name) {
        return of.getJsonObject(name).getLong("amount");
    }

    @Test
    void shouldGiveTheSameBytesWhateverHappensAfterwards() throws Exception {
        year();
        long sequence = reports.sequence();
        List<JsonObject> requests = new ArrayList<>();
        for (String format : FORMATS) {
            requests.add(reports.region(format));
            requests.add(ReportTown.spend().put("format", format));
            requests.add(new JsonObject().put("kind", "unspent").put("format", format));
            requests.add(new JsonObject()
                    .put("kind", "first_spend")
                    .put("format", format)
                    .put("programme_id", town.programmeId));
            requests.add(new JsonObject()
                    .put("kind", "publication")
                    .put("format", format)
                    .put("year", ReportTown.year()));
        }
        List<JsonObject> first = new ArrayList<>();
        for (JsonObject request : requests) {
            JsonObject report = reports.made(request.put("at_sequence", sequence));
            assertThat(report.getString("state")).as(report.encode()).isEqualTo("made");
            first.add(report);
        }

        town.pay(town.card, 6_00).expect(201);
        JsonObject other = town.newCard();
        town.topUp(other.getString("wallet_id"), 150_000);
        town.pay(other, 1_00).expect(201);
        JsonObject drawn = desk.draw(desk.request());
        desk.approve(drawn);
        reports.sequence();

        for (int i = 0; i < requests.size(); i++) {
            JsonObject again = reports.made(requests.get(i));
            assertThat(reports.file(again)).as(requests.get(i).encode()).isEqualTo(reports.file(first.get(i)));
            assertThat(again.getString("file_sha256")).isEqualTo(first.get(i).getString("file_sha256"));
        }
        JsonObject repeated = reports.repeated(first.getFirst().getString("id"));
        assertThat(repeated.getBoolean("is_identical")).isTrue();
        assertThat(repeated.getBoolean("is_office_identical")).isTrue();
        assertThat(repeated.getString("repeats")).isEqualTo(first.getFirst().getString("id"));
        // As of now it is another report.
        JsonObject now = reports.made(reports.region("csv"));
        assertThat(now.getString("file_sha256")).isNotEqualTo(first.getFirst().getString("file_sha256"));
        assertThat(row(rows(reports.file(now)), "Speso").get(1)).isEqualTo("92,00");
    }

    @Test
    void shouldPublishAwardsAboveTheThresholdOnlyUnderCodesOfTheirOwn() throws Exception {
        town.topUp(town.card.getString("wallet_id"), 90_000);
        JsonObject more = town.newCard();
        town.topUp(more.getString("wallet_id"), 100_001);
        JsonObject request =
                new JsonObject().put("kind", "publication").put("format", "csv").put("year", ReportTown.year());

        String text = new String(reports.file(reports.made(request, town.social)), StandardCharsets.UTF_8);

        List<String> codes = text.lines()
                .filter(line -> line.startsWith(ReportTown.year() + "-"))
                .toList();
        assertThat(codes).hasSize(1);
        assertThat(codes.getFirst()).contains("Buoni di prova").endsWith(";1000,01");
        assertThat(text)
                .doesNotContain(more.getString("id"), more.getString("wallet_id"), TestTown.holderOf(more), "1000,00;");
    }

    @Test
    void shouldTellNothingAboutFewPeople() throws Exception {
        town.pay(town.card, 5_00).expect(201);

        String text = new String(
                reports.file(reports.made(new JsonObject()
                        .put("kind", "first_spend")
                        .put("format", "csv")
                        .put("programme_id", town.programmeId))),
                StandardCharsets.UTF_8);

        assertThat(text).contains("lo stesso giorno;riservato", "Beneficiari;riservato", "meno di 10 persone");
    }

    @Test
    void shouldAgeWhatIsUnspentAndSumWhatIsSpent() throws Exception {
        year();

        List<List<String>> unspent = rows(reports.file(
                reports.made(new JsonObject().put("kind", "unspent").put("format", "csv"))));
        List<List<String>> spent = rows(reports.file(reports.made(ReportTown.spend())));

        assertThat(unspent)
                .filteredOn(row -> row.getFirst().equals(town.programmeId))
                .extracting(List::getLast)
                .containsExactly("18,00", "18,00");
        assertThat(row(spent, "Totale")).containsExactly("Totale", "", "3", "85,00", "3,00");
        assertThat(spent)
                .anySatisfy(row -> assertThat(row).contains("Panificio").endsWith("3", "85,00", "3,00"));
    }

    @Test
    void shouldWriteWorkbooksAndDocumentsThatOpen() throws Exception {
        year();

        byte[] xlsx = reports.file(reports.made(reports.region("xlsx").put("lang", "en")));
        byte[] pdf = reports.file(reports.made(reports.region("pdf")));

        String sheets = unzipped(xlsx);
        assertThat(sheets).contains("xl/worksheets/sheet1.xml", "Account of the vouchers", "Panificio Prova", "80");
        try (PDDocument document = Loader.loadPDF(pdf)) {
            String text = new PDFTextStripper().getText(document);
            assertThat(text).contains("Rendicontazione dei buoni spesa", "Panificio Prova", "7/A");
            assertThat(document.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(document.getDocumentInformation().getCreationDate()).isNotNull();
        }
    }

    private static String unzipped(byte[] xlsx) throws IOException {
        StringBuilder text = new StringBuilder();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(xlsx))) {
            for (ZipEntry part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
                text.append(part.getName()).append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }

    @Test
    void shouldRefuseWhatCannotBeTold() {
        LocalDate today = LocalDate.now(ZoneId.of("Europe/Rome"));
        invalid(ReportTown.spend().put("at_sequence", 1_000_000_000L), "/at_sequence", "out_of_range");
        invalid(ReportTown.spend().put("year", ReportTown.year() + 1), "/year", "out_of_range");
        invalid(ReportTown.spend().put("quarter", ReportTown.year() + "-Q1"), "/quarter", "one_of");
        invalid(new JsonObject().put("kind", "spend").put("format", "csv"), "/quarter", "required");
        JsonObject backwards = new JsonObject()
                .put("kind", "spend")
                .put("format", "csv")
                .put("from", today.toString())
                .put("until", today.toString());
        invalid(backwards, "/until", "out_of_range");
        invalid(new JsonObject().put("kind", "unspent").put("format", "csv").put("year", 2026), "/year", "unknown");
        JsonObject unnamed = reports.region("csv");
        unnamed.remove("programme_id");
        invalid(unnamed, "/programme_id", "required");
        invalid(
                new JsonObject()
                        .put("kind", "publication")
                        .put("format", "csv")
                        .put("quarter", ReportTown.year() + "-Q1"),
                "/year",
                "required");
        assertThat(node.post("/reports", town.treasurer, reports.region("csv").put("programme_id", "prg_zzzz"))
                        .expect(404)
                        .getString("code"))
                .isEqualTo("not_found");
        assertThat(node.post("/reports", town.treasurer, ReportTown.spend().put("format", "doc"))
                        .status())
                .isEqualTo(400);
        assertThat(node.post("/reports", town.treasurer, ReportTown.spend().put("at_least", 3))
                        .status())
                .isEqualTo(400);
        assertThat(node.get("/reports/rpt_zzzz/file", town.treasurer).status()).isEqualTo(404);
    }

    private void invalid(JsonObject request, String field, String code) {
        JsonObject problem =
                node.post("/reports?" + desk.now(), town.treasurer, request).expect(422);
        JsonObject error = problem.getJsonArray("errors").getJsonObject(0);
        assertThat(error.getString("field")).as(problem.encode()).isEqualTo(field);
        assertThat(error.getString("code")).isEqualTo(code);
    }
}
