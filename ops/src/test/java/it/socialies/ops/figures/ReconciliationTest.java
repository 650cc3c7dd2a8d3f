// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
    private final Figures own = Figures.builder()
            .add("wallet/wal_1/prg_1", 100)
            .add("shop/mer_1/EUR", 50)
            .add("shop/mer_2/EUR", 7)
            .build();

    @Test
    void shouldSayWhoDisagreesOnWhat() {
        Figures other = Figures.builder()
                .add("wallet/wal_1/prg_1", 100)
                .add("shop/mer_1/EUR", 51)
                .build();
        assertThat(new Reconciliation()
                        .witness("own", own)
                        .witness("journal", other)
                        .disagreements())
                .containsExactly("shop/mer_1/EUR: own 0.50, journal 0.51", "shop/mer_2/EUR: own 0.07, journal 0.00");
    }

    @Test
    void shouldAskAWitnessOnlyWhatItSees() {
        Figures other = Figures.builder().add("wallet/wal_1/prg_1", 100).build();
        Reconciliation reconciliation =
                new Reconciliation().witness("own", own).witness("core", other, name -> name.startsWith("wallet/"));
        assertThat(reconciliation.disagreements()).isEmpty();
        assertThat(reconciliation.sums("wallet/", ""))
                .containsExactlyInAnyOrderEntriesOf(Map.of("own", 100L, "core", 100L));
    }

    @Test
    void shouldTakeAnEmptyAccountForNone() {
        Figures zero = Figures.builder().add("a", 5).add("a", -5).build();
        assertThat(zero.asMap()).isEmpty();
    }

    @Test
    void shouldPrintCentsAsPeopleReadThem() {
        assertThat(Cents.format(3_800_000)).isEqualTo("38,000.00");
        assertThat(Cents.format(-5)).isEqualTo("-0.05");
    }
}
