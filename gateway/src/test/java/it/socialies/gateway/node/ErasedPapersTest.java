// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.bankfiles.BankFiles.details;
import static it.socialies.gateway.bankfiles.BankFiles.entry;
import static it.socialies.gateway.bankfiles.BankFiles.paid;
import static it.socialies.gateway.bankfiles.BankFiles.statement;
import static it.socialies.gateway.node.SettlementTown.IBAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.people.OldCopy;
import it.socialies.gateway.security.MasterKeys;
import it.socialies.gateway.security.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Papers of the money after an erasure: reports made before it are the same byte for byte when they are asked for again, and nothing of them, of traces, of audit cases and of banks' files shows the person. */
class ErasedPapersTest {
    private static final String NAME = "Cinquegrana";
    private static final String TAX_CODE = "RSSMRA80A41H501Y";
    private static final String[] HERS = {NAME, "CINQUEGRANA", "Mariannina", TAX_CODE};

    @TempDir
    private Path data;

    private TestNode node;
    private TestTown town;
    private SettlementTown desk;
    private ReportTown reports;
    private String auditor = "";
    private String reconciliationId = "";
    private String paymentId = "";

    @Test
    void shouldShowNobodyWhoWasErased() throws Exception {
        try (TestNode started = TestNode.create(data)) {
            node = started;
            town = TestTown.create(
                    node, circuit -> auditor = circuit.appoint("revisore", "RSSMRA82A01H501W", "auditor"));
            desk = new SettlementTown(town);
            reports = new ReportTown(town);
            JsonObject person = node.post(
                            "/people",
                            town.social,
                            new JsonObject()
                                    .put("case_id", TestNode.OWN_CASE)
                                    .put(
                                            "person",
                                            new JsonObject()
                                                    .put("given_name", "Mariannina")
                                                    .put("family_name", NAME)
                                                    .put("birth_date", "1980-01-01")
                                                    .put("tax_code", TAX_CODE)))
                    .expect(201);
            spendAndSettle(new DisputeTown(town).cardOf(person, new EmergencyTown(town)));
            List<JsonObject> made = new ArrayList<>();
            List<byte[]> files = new ArrayList<>();
            for (JsonObject request : requests()) {
                JsonObject report = reports.made(request, town.social);
                assertThat(report.getString("state")).as(report.encode()).isEqualTo("made");
                made.add(report);
                files.add(reports.file(report));
            }
            String caseOf = sampleCase();
            assertThat(text("zip", node.bytes(caseOf, auditor)))
                    .as("before the erasure an auditor sees who it was")
                    .contains(NAME, TAX_CODE);

            JsonObject flow = SiussTown.request().put("at_sequence", reports.sequence());
            assertThat(text("zip", new SiussTown(town).zip(flow))).contains(NAME, TAX_CODE);

            erase(person.getString("id"));
            assertThat(text("zip", new SiussTown(town).zip(flow)))
                    .as("told again, it tells that she was there and not who she was")
                    .contains(person.getString("id"), "dati cancellati")
                    .doesNotContain(HERS);

            for (int i = 0; i < made.size(); i++) {
                JsonObject report = made.get(i);
                String format = report.getString("format");
                assertThat(reports.file(report)).as(report.encode()).isEqualTo(files.get(i));
                JsonObject repeated = reports.repeated(report.getString("id"));
                assertThat(repeated.getBoolean("is_identical"))
                        .as(repeated.encode())
                        .isTrue();
                assertThat(reports.file(repeated)).as(report.encode()).isEqualTo(files.get(i));
                assertThat(text(format, files.get(i))).as(report.encode()).doesNotContain(HERS);
            }
            String audited = text("zip", node.bytes(caseOf, auditor));
            assertThat(audited).contains("\"erased\"", paymentId).doesNotContain(HERS);
            for (String path : List.of(
                    "/traces/" + paymentId + "?direction=forward&",
                    "/traces/" + paymentId + "?direction=back&",
                    "/reconciliations?",
                    "/reconciliations/" + reconciliationId + "?",
                    "/reconciliations/" + reconciliationId + "/lines?",
                    "/payments/" + paymentId + "?")) {
                assertThat(node.get(path + desk.now(), auditor).expect(200).encode())
                        .as(path)
                        .doesNotContain(HERS);
            }
            requireNoFileSaysIt();
        }
    }

    /** A payment of hers is paid to the shop; the bank's statement names her beside it. */
    private void spendAndSettle(JsonObject card) throws Exception {
        desk.setPayee(town.merchantId, IBAN);
        town.topUp(card.getString("wallet_id"), 1_200_00);
        paymentId = town.pay(card, 20_00).expect(201).getString("id");
        String id = desk.approved();
        node.post(desk.notePath(id, town.merchantId) + "/confirmations", town.treasurer, desk.noteOf(id, "1"))
                .expect(201);
        String reference =
                desk.order(id, SettlementTown.transfer()).getJsonObject(0).getString("reference");
        String hers = entry(
                "75.00",
                "DBIT",
                "<Cd>BOOK</Cd>",
                details(
                        TAX_CODE,
                        "<RltdPties><Cdtr><Pty><Nm>" + NAME + "</Nm></Pty></Cdtr></RltdPties><RmtInf><Ustrd>Contributo "
                                + NAME + "</Ustrd></RmtInf>"));
        JsonObject reconciled = desk.reconciled("statement", statement("08", hers + paid(reference, "20.00")));
        assertThat(reconciled.getInteger("entries")).isEqualTo(2);
        reconciliationId = reconciled.getString("id");
    }

    private List<JsonObject> requests() {
        List<JsonObject> requests = new ArrayList<>();
        for (String format : new String[] {"csv", "xlsx", "pdf"}) {
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
        return requests;
    }

    /** The case of her payment, once it is proven. */
    private String sampleCase() throws Exception {
        JsonObject sample = node.post(
                        "/audit/samples",
                        auditor,
                        new JsonObject().put("seed", "7").put("size", 1).put("sequence", reports.sequence()))
                .expect(201);
        assertThat(sample.getJsonArray("items").getJsonObject(0).getString("payment_id"))
                .isEqualTo(paymentId);
        restart();
        String path = "/audit/samples/" + sample.getString("id") + "/cases/1";
        await().atMost(Duration.ofMinutes(2))
                .until(() -> node.get(path, auditor).status() == 200);
        return path;
    }

    private void restart() throws Exception {
        node.restart(TestNode.OFTEN);
        town.afterRestart();
        auditor = town.logIn("revisore");
    }

    /** Granted; a duty to keep puts it off, whose day comes. Nothing that was read before can be read any more. */
    private void erase(String personId) throws Exception {
        town.grant(town.requestOf(personId, "erasure"));
        try (Connection office = node.database("office");
                Connection keys = node.database("vault_keys");
                Statement statement = office.createStatement()) {
            OldCopy copy = OldCopy.of(office);
            assertThat(copy.placesWith(NAME, keys, masters())).containsExactly("vault_record.sealed as RECORD");
            assertThat(statement.executeUpdate(
                            "UPDATE office.vault_record SET erase_on = DATE '2000-01-01' WHERE erase_on IS NOT NULL"))
                    .isEqualTo(1);
            restart();
            await().atMost(Duration.ofSeconds(30)).until(() -> tombstones(statement) == 1);
            for (String word : HERS) {
                assertThat(copy.placesWith(word, keys, masters())).as(word).isEmpty();
            }
        }
    }

    private static long tombstones(Statement statement) throws Exception {
        try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM office.vault_tombstone")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private MasterKeys masters() {
        Secrets secrets = Secrets.open(data.resolve("secrets/keys"));
        return new MasterKeys(secrets.ring(Secrets.Purpose.PEOPLE_MASTER), secrets.random());
    }

    /** Journal, snapshots, logs, files of banks. */
    private void requireNoFileSaysIt() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain(HERS);
            }
        }
    }

    private static String text(String format, byte[] file) throws IOException {
        return switch (format) {
            case "pdf" -> {
                try (PDDocument document = Loader.loadPDF(file)) {
                    yield new PDFTextStripper().getText(document);
                }
            }
            case "xlsx", "zip" -> {
                StringBuilder all = new StringBuilder();
                try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
                    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                        all.append(entry.getName())
                                .append('\n')
                                .append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
                    }
                }
                yield all.toString();
            }
            default -> new String(file, StandardCharsets.UTF_8);
        };
    }
}
