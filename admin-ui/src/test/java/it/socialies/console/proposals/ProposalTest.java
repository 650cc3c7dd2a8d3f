// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.proposals;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.console.proposals.Proposal.Row;
import it.socialies.console.town.Figures;
import it.socialies.console.town.TownReader;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProposalTest {
    private final TownReader reader = TownReader.first();

    @Test
    void shouldShowABatchWithItsRowsAndTheRefusedOne() throws SQLException {
        long id = Figures.number("SELECT proposal_id FROM proposal WHERE kind = 5");
        Proposal batch = reader.find(view -> Proposal.find(view, id)).orElseThrow();
        List<Row> rows = reader.list(view -> Proposal.rows(view, id, null, 0, 10));

        assertThat(batch.kind()).isEqualTo(ProposalKind.TOP_UP_BATCH);
        assertThat(batch.state()).isEqualTo(ProposalState.EXECUTED);
        assertThat(batch.digest()).hasSize(64);
        assertThat(batch.rowsDone()).isEqualTo(batch.rowCount()).isEqualTo(5);
        assertThat(rows).extracting(Row::walletId).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(rows).extracting(Row::refusal).containsExactly(0, 0, 0, 141, 0);
        assertThat(rows.stream()
                        .filter(row -> row.refusal() == 0)
                        .mapToLong(Row::amount)
                        .sum())
                .isEqualTo(batch.totalDone());
        assertThat(reader.list(view -> Proposal.rows(view, id, rows.get(1), 0, 2)))
                .isEqualTo(rows.subList(2, 4));
    }

    @Test
    void shouldShowWhatNobodyDecidedYet() throws SQLException {
        long id = Figures.number("SELECT proposal_id FROM proposal WHERE state = 1");
        Proposal open = reader.find(view -> Proposal.find(view, id)).orElseThrow();

        assertThat(open.state()).isEqualTo(ProposalState.PROPOSED);
        assertThat(open.deciderId()).isZero();
        assertThat(TownReader.second().find(view -> Proposal.find(view, id))).isEmpty();
    }
}
