// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.proposals;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.gateway.security.OperatorRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told of who approves is what {@code ops/docs/commands.md} says the core asks for. */
class ApproversTest {
    private static final Path PAGE = Path.of("..", "ops", "docs", "commands.md");
    private static final Map<ProposalKind, Set<OperatorRole>> TOLD = new EnumMap<>(ProposalKind.class);

    static Stream<ProposalKind> kinds() {
        return Stream.of(ProposalKind.values()).filter(kind -> kind != ProposalKind.NULL_VAL);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldTellTheRolesThatTheCoreAsksFor(ProposalKind kind) throws IOException {
        if (TOLD.isEmpty()) {
            read();
        }

        assertThat(Approvers.of(kind)).isEqualTo(TOLD.get(kind));
    }

    /** The third column, "proposes / approves"; one list for both, or "as" another kind. */
    private static void read() throws IOException {
        for (String line : Files.readAllLines(PAGE)) {
            List<String> cells = List.of(line.split("\\|"));
            for (ProposalKind kind : ProposalKind.values()) {
                if (cells.size() > 3 && cells.get(1).strip().equals(kind.name())) {
                    TOLD.put(kind, roles(cells.get(3).strip()));
                }
            }
        }
    }

    private static Set<OperatorRole> roles(String cell) {
        if (cell.startsWith("as ")) {
            return TOLD.get(ProposalKind.valueOf(cell.substring(3)));
        }
        String approves = cell.substring(cell.indexOf('/') + 1);
        Set<OperatorRole> roles = EnumSet.noneOf(OperatorRole.class);
        // Behind the semicolon stands when the installation helps.
        for (String role : approves.split(";")[0].split(",")) {
            roles.add(OperatorRole.valueOf(role.strip()));
        }
        return roles;
    }
}
