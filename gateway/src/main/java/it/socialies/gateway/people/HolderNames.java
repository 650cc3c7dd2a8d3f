// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.people.ReadLog.Operation;
import it.socialies.gateway.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names for papers that somebody prints: read within a case, logged, and handed on to nobody else. Threading: any event loop. */
public final class HolderNames {
    /**
     * A person as a letter names it. Prints as nothing.
     *
     * @param addressLines may be none
     */
    public record Name(String name, List<String> addressLines) {
        @Override
        public String toString() {
            return "Name[redacted]";
        }
    }

    private final VaultDesk desk;
    private final Records records;

    HolderNames(VaultDesk desk, Records records) {
        this.desk = desk;
        this.records = records;
    }

    /**
     * The name of a person of the operator's circuit. Fails with {@code not_found}, {@code PERSON_ERASED}, {@code PERSON_RESTRICTED}, {@code CASE_NOT_OPEN}.
     *
     * @throws it.socialies.gateway.security.Refusal {@code CASE_NEEDED}, {@code CASE_NOT_OPEN}
     */
    public Future<Name> of(ApiRequest request, Principal operator, @Nullable String caseId, long holderId) {
        Reader reader = Reader.of(request, operator, caseId);
        return desk.read(request, connection -> records.open(connection, reader, holderId, Operation.LETTER))
                .map(opened -> name(opened.person()));
    }

    /**
     * Looks at the case before any name is read, for papers that may turn out to name nobody. Fails with {@code CASE_NOT_OPEN}.
     *
     * @throws it.socialies.gateway.security.Refusal {@code CASE_NEEDED}, {@code CASE_NOT_OPEN}
     */
    public Future<Void> requireCase(ApiRequest request, Principal operator, @Nullable String caseId) {
        Reader reader = Reader.of(request, operator, caseId);
        return desk.read(request, connection -> records.requireCase(connection, reader));
    }

    /** How a letter names a person that was read within a case. */
    public static Name name(JsonObject person) {
        JsonObject address = person.getJsonObject("contacts", new JsonObject()).getJsonObject("postal_address");
        List<String> lines = new ArrayList<>();
        if (address != null) {
            lines.add(address.getString("street", ""));
            lines.add(Stream.of("postcode", "municipality", "province")
                    .map(part -> address.getString(part, ""))
                    .filter(part -> !part.isEmpty())
                    .reduce((left, right) -> left + " " + right)
                    .orElse(""));
            lines.removeIf(String::isEmpty);
        }
        return new Name(
                person.getString(PersonData.GIVEN_NAME) + " " + person.getString(PersonData.FAMILY_NAME), lines);
    }
}
