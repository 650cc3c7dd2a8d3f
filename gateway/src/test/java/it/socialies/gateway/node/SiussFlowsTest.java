// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.node.TestNode.Answer;
import it.socialies.gateway.office.TaxCode;
import it.socialies.gateway.security.Refusal;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What INPS is told of a town, on a real node: people with and without a tax code, from abroad, restricted, and a card that nobody has. */
class SiussFlowsTest {
    private static final String NAMESPACE = "http://inps.it/Casellario";

    @TempDir
    private Path data;

    private TestNode node;
    private TestTown town;
    private SiussTown siuss;
    private EmergencyTown people;
    private DisputeTown cards;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.create(data);
        town = TestTown.create(node);
        siuss = new SiussTown(town);
        people = new EmergencyTown(town);
        cards = new DisputeTown(town);
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    @Test
    void shouldTellWhoWasAwardedWhatAndWhoIsToBeLookedAt() throws Exception {
        String maria = holder("Maria", "D'Onofrio <& C.>", "1980-01-01", "RSSMRA80A41H501Y");
        String romanian = controlled("PPSLNE85E55Z129");
        String elena = holder("Elena", "Popescu", "1985-05-15", romanian);
        String nobodysTaxCode = cards.cardOfAPerson(people).getString("person_id");
        JsonObject anonymous = town.issueCard();
        town.topUp(anonymous.getString("wallet_id"), 33_00);

        long sequence = new ReportTown(town).sequence();
        JsonObject request = SiussTown.request().put("at_sequence", sequence).put("number", 3);
        byte[] zip = siuss.zip(request);
        Map<String, String> files = SiussTown.files(zip);
        String name = files.keySet().stream()
                .filter(file -> file.endsWith(".xml"))
                .findFirst()
                .orElseThrow();
        assertThat(name).matches("H501\\.PS\\.\\d{8}\\.0000003\\.xml");
        assertThat(files).containsKey("SHA256SUMS");
        Element flow = valid(files.get(name));
        assertThat(files.get(name)).contains("record " + sequence);
        Element entity =
                (Element) flow.getElementsByTagNameNS(NAMESPACE, "Ente").item(0);
        assertThat(entity.getAttribute("Denominazione")).isEqualTo("Roma Capitale & figli");
        NodeList beneficiaries = flow.getElementsByTagNameNS(NAMESPACE, "Beneficiario");
        assertThat(beneficiaries.getLength()).isEqualTo(2);
        Element first = of(beneficiaries, "RSSMRA80A41H501Y");
        Element born = child(first, "Anagrafica");
        assertThat(born.getAttribute("Cognome")).isEqualTo("D'Onofrio <& C.>");
        assertThat(born.getAttribute("AnnoNascita")).isEqualTo("1980");
        assertThat(born.getAttribute("LuogoNascita")).isEqualTo("H501");
        assertThat(born.getAttribute("Genere")).isEqualTo("2");
        Element benefit = child(first, "PrestazioniSociali");
        assertThat(benefit.getAttribute("ImportoPrestazione")).isEqualTo("50.00");
        assertThat(benefit.getAttribute("ProtocolloDomanda")).isEqualTo(maria);
        assertThat(benefit.getAttribute("PresenzaProvaMezzi")).isEqualTo("1");
        assertThat(benefit.getAttribute("PresaCarico")).isEqualTo("2");
        assertThat(benefit.getAttribute("AreaUtenza")).isEqualTo("3");
        assertThat(child(of(beneficiaries, romanian), "Anagrafica").getAttribute("LuogoNascita"))
                .isEqualTo("Z129");
        assertThat(files.get(SiussTown.NOTES))
                .contains(elena + ";sì | yes;nato all'estero")
                .contains(nobodysTaxCode + ";no;senza codice fiscale")
                .contains(anonymous.getString("wallet_id") + ";no;nessuno aveva la tessera")
                .doesNotContain("D'Onofrio", "Popescu", maria);

        town.topUp(anonymous.getString("wallet_id"), 1_00);
        assertThat(siuss.zip(request)).as("the same record").isEqualTo(zip);
        assertThat(siuss.zip(SiussTown.request())).as("a later one").isNotEqualTo(zip);
    }

    @Test
    void shouldNameNobodyWhoseRecordIsRestricted() throws Exception {
        String maria = holder("Maria", "Rossi", "1980-01-01", "RSSMRA80A41H501Y");
        town.grant(town.requestOf(maria, "restriction"));
        String reporting = node.post("/people/cases", town.social, new JsonObject().put("purpose", "reporting"))
                .expect(201)
                .getString("id");
        Map<String, String> files =
                SiussTown.files(siuss.zip(SiussTown.request().put("case_id", reporting)));
        assertThat(files.keySet()).as("nobody is left to tell of").noneMatch(file -> file.endsWith(".xml"));
        assertThat(files.get(SiussTown.NOTES)).contains(maria + ";no;trattamento limitato");
    }

    @Test
    void shouldRefuseWhatItCannotTell() {
        holder("Maria", "Rossi", "1980-01-01", "RSSMRA80A41H501Y");
        JsonObject noPeriod = SiussTown.request();
        noPeriod.remove("year");
        assertThat(post(noPeriod).expect(422).encode()).contains("/quarter");
        assertThat(post(SiussTown.request().put("quarter", SiussTown.quarter()))
                        .expect(422)
                        .encode())
                .contains("one_of");
        assertThat(post(SiussTown.request().put("operator_tax_code", "RSSMRA80A01H501X"))
                        .code())
                .isEqualTo("tax_code_invalid");
        assertThat(post(SiussTown.request().put("part", 2)).expect(422).encode())
                .contains("/part");
        assertThat(post(SiussTown.request().put("year", ReportTown.year() - 1))
                        .expect(422)
                        .encode())
                .contains("/part");
        assertThat(post(SiussTown.request().put("at_sequence", 1_000_000_000L))
                        .expect(422)
                        .encode())
                .contains("/at_sequence");
        assertThat(post(SiussTown.request().put("case_id", "cas_zzzz")).code()).isEqualTo("case_not_open");
        node.post("/programmes/prg_zzzz/siuss-flows", town.social, SiussTown.request())
                .expect(404);
    }

    private Answer post(JsonObject request) {
        return node.post(siuss.path() + "?min_sequence=" + new ReportTown(town).sequence(), town.social, request);
    }

    /** Somebody with a card and 50.00 € of the programme. */
    private String holder(String given, String family, String born, String taxCode) {
        JsonObject person = node.post(
                        "/people",
                        town.social,
                        new JsonObject()
                                .put("case_id", TestNode.OWN_CASE)
                                .put(
                                        "person",
                                        new JsonObject()
                                                .put("given_name", given)
                                                .put("family_name", family)
                                                .put("birth_date", born)
                                                .put("tax_code", taxCode)))
                .expect(201);
        return cards.cardOf(person, people).getString("person_id");
    }

    /** A tax code with its check letter. */
    private static String controlled(String fifteen) {
        for (char letter = 'A'; letter <= 'Z'; letter++) {
            try {
                return TaxCode.parse(fifteen + letter).value();
            } catch (Refusal wrong) {
                // The next one.
            }
        }
        throw new IllegalArgumentException("no letter makes it a tax code");
    }

    private static Element of(NodeList beneficiaries, String taxCode) {
        for (int i = 0; i < beneficiaries.getLength(); i++) {
            Element each = (Element) beneficiaries.item(i);
            if (each.getAttribute("CodiceFiscale").equals(taxCode)) {
                return each;
            }
        }
        throw new AssertionError("not in the flow: " + taxCode);
    }

    private static Element child(Element parent, String name) {
        return (Element) parent.getElementsByTagNameNS(NAMESPACE, name).item(0);
    }

    /** The root, after the schema has looked at all of it. */
    private static Element valid(String xml) throws Exception {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(SiussFlowsTest.class.getResource("/siuss/flusso-ps.xsd"))
                .newValidator()
                .validate(new StreamSource(new StringReader(xml)));
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
    }
}
