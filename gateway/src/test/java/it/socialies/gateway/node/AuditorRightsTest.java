// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.http.Contract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the role auditor is for, over the whole matrix that {@link RoleMatrixTest} proves: it reads, and changes nothing. */
class AuditorRightsTest {
    /** They ask for a proof of their own, or for none, and for no role. */
    private static final Set<String> OF_ANYBODY =
            Set.of("createToken", "activateOperator", "enrolTerminal", "blockCardByCode", "applyAsMerchant");

    /** Sent by POST, and nothing but an answer comes of them; samples and reports are what the auditor keeps. */
    private static final Set<String> WITHOUT_CONSEQUENCE =
            Set.of("quoteTransfer", "resolveKey", "drawAuditSample", "requestReport", "repeatReport");

    /** Names, secrets, papers for persons and stock of cards: of these an auditor gets what a case of a sample holds. */
    private static final Set<String> NOT_READ = Set.of(
            "exportPerson",
            "getAwardLetters",
            "getCard",
            "getCardBatch",
            "getCardBatchPrintFile",
            "getCardFace",
            "getDataSubjectLetter",
            "getDataSubjectRequest",
            "getDisputeLetter",
            "getLiquidationLines",
            "getMerchantApplication",
            "getNoticeLetters",
            "getPayeeLetter",
            "getPerson",
            "getQrCode",
            "getSepaFile",
            "getValidationReport",
            "listCardBatches",
            "listCards",
            "listDataSubjectRequests",
            "listDelegates",
            "listErrands",
            "listIssuanceNames",
            "listMerchantApplications");

    private final Map<String, Map<String, Integer>> rows = RoleMatrix.read().rows();

    private List<String> operations(String method) {
        List<String> found = new ArrayList<>();
        JsonObject paths = new Contract().json().getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            JsonObject operation = paths.getJsonObject(path).getJsonObject(method);
            if (operation != null) {
                found.add(operation.getString("operationId"));
            }
        }
        return found;
    }

    private boolean may(String operation, String caller) {
        return !RoleMatrix.isRefusal(rows.get(operation).get(caller));
    }

    @Test
    void shouldChangeNothing() {
        List<String> posts = operations("post");
        assertThat(posts).hasSizeGreaterThan(80);

        assertThat(posts.stream().filter(each -> may(each, "auditor")))
                .allMatch(each -> OF_ANYBODY.contains(each) || WITHOUT_CONSEQUENCE.contains(each))
                .containsAll(WITHOUT_CONSEQUENCE);
    }

    @Test
    void shouldReadAllThatTheDesksReadButWhatIsOfPersons() {
        List<String> missing = operations("get").stream()
                .filter(each -> may(each, "admin") || may(each, "social") || may(each, "treasurer"))
                .filter(each -> !may(each, "auditor"))
                .toList();

        assertThat(missing).containsExactlyInAnyOrderElementsOf(NOT_READ);
    }
}
