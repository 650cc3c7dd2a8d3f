// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import static it.socialies.gateway.people.VaultFixture.CIRCUIT;
import static it.socialies.gateway.people.VaultFixture.person;
import static it.socialies.gateway.security.Outcomes.get;
import static it.socialies.gateway.security.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import it.socialies.gateway.people.SubjectRequest.Kind;
import it.socialies.gateway.security.RefusalCode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What time does to requests and to what must be kept. */
class SubjectRequestTest {
    private static EmbeddedPostgres postgres;

    @TempDir
    private Path folder;

    private VaultFixture vault;
    private SubjectRequests requests;
    private Eligibilities eligibilities;
    private long recordId;
    private @Nullable LocalDate awardKeptUntil;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void enterOne() throws Exception {
        vault = new VaultFixture(postgres, folder);
        requests = new SubjectRequests(
                vault.records, vault.cases, (circuitId, person) -> Future.succeededFuture(awardKeptUntil), vault.clock);
        eligibilities = new Eligibilities(vault.records, vault.clock, 10);
        recordId = vault.register(person("Cinquegrana", "Ermenegilda", "RSSMRA80A41H501Y"));
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private SubjectRequest open(Kind kind, LocalDate receivedOn) {
        Reader reader = vault.reader(Purpose.DATA_SUBJECT_REQUEST);
        return get(vault.in(
                CIRCUIT,
                connection -> requests.open(
                        connection,
                        reader,
                        recordId,
                        kind,
                        new JsonObject()
                                .put("received_on", receivedOn.toString())
                                .put("text", "Mi chiamo Ermenegilda"))));
    }

    private SubjectRequests.Decided grant(SubjectRequest request) {
        Reader reader = vault.reader(Purpose.DATA_SUBJECT_REQUEST);
        return get(vault.in(
                CIRCUIT,
                connection -> requests.decide(
                        connection,
                        reader,
                        request.requestId(),
                        new JsonObject()
                                .put("decision", "granted")
                                .put("reasons", new JsonArray().add("well_founded")))));
    }

    private void admit(String validUntil) {
        Reader reader = vault.reader(Purpose.ELIGIBILITY_REVIEW);
        get(vault.in(
                CIRCUIT,
                connection -> eligibilities.add(
                        connection,
                        reader,
                        recordId,
                        new JsonObject()
                                .put("call", "Buoni spesa")
                                .put("outcome", "admitted")
                                .put("act_reference", "DD 1")
                                .put("valid_until", validUntil))));
    }

    private RefusalCode reading() {
        return refusal(vault.open(vault.reader(Purpose.LEGAL_DUTY_OR_DEFENCE), recordId));
    }

    private LocalDate today() {
        return ItalianDay.of(vault.clock.nowMs());
    }

    @Test
    void shouldKeepToWhomMoneyWasAwardedUntilTheLongestDutyEnds() {
        admit(today().minusYears(9).toString());
        awardKeptUntil = today().plusYears(3);

        assertThat(grant(open(Kind.ERASURE, today())).eraseOn())
                .isEqualTo(today().plusYears(3).plusDays(1));
    }

    @Test
    void shouldBeDueOnTheLastDayOfAShorterMonth() {
        assertThat(open(Kind.ACCESS, LocalDate.of(2026, 1, 31)).dueOn()).isEqualTo(LocalDate.of(2026, 2, 28));
    }

    @Test
    void shouldDestroyTheKeyOnTheDayAfterTheLastDutyAndNotBefore() {
        admit(today().minusYears(9).toString());
        admit(today().minusYears(10).plusDays(20).toString());
        SubjectRequests.Decided decided = grant(open(Kind.ERASURE, today()));
        LocalDate term = today().plusYears(1);
        assertThat(decided.eraseOn()).isEqualTo(term.plusDays(1));

        vault.clock.advance(Duration.ofDays(365));
        get(vault.vault.round());
        assertThat(today()).isEqualTo(term);
        assertThat(get(vault.open(vault.reader(Purpose.LEGAL_DUTY_OR_DEFENCE), recordId))
                        .person()
                        .getString("family_name"))
                .isEqualTo("Cinquegrana");

        vault.clock.advance(Duration.ofDays(1));
        get(vault.vault.round());
        assertThat(reading()).isEqualTo(RefusalCode.PERSON_ERASED);
    }

    @Test
    void shouldCarryOutADecidedErasureThatWasInterrupted() {
        grant(open(Kind.ERASURE, today()));
        assertThat(get(vault.open(vault.reader(Purpose.LEGAL_DUTY_OR_DEFENCE), recordId))
                        .row()
                        .restricted())
                .isTrue();

        vault.start();

        assertThat(reading()).isEqualTo(RefusalCode.PERSON_ERASED);
    }

    @Test
    void shouldKeepTheWordsOfARequestUnderThePersonsKeyAndLoseThemWithIt() throws Exception {
        SubjectRequest request = open(Kind.ERASURE, today());
        assertThat(vault.everythingIn(vault.officeName)).doesNotContain("Mi chiamo");
        Records.Opened opened = get(vault.open(vault.reader(Purpose.LEGAL_DUTY_OR_DEFENCE), recordId));
        assertThat(request.words(opened.key()).getString(SubjectRequests.REQUEST_TEXT))
                .contains("Ermenegilda");

        grant(request);
        get(vault.vault.round());

        SubjectRequest left = get(vault.in(CIRCUIT, connection -> requests.find(connection, request.requestId())));
        assertThat(left.decided()).isTrue();
        assertThat(left.sealed()).isNull();
    }
}
