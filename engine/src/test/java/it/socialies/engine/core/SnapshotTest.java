// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.engine.core.collections.SnapshotExceedsLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a snapshot refuses. That a restored core goes on as the first would have, {@link CoreHarness} checks in every test of the core. */
class SnapshotTest extends CoreTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accounts",
                "wallets",
                "cards",
                "pockets",
                "holds",
                "payments",
                "proposals",
                "programmes",
                "merchants",
                "outlets",
                "terminals",
                "operators",
                "circuits",
                "keys"
            })
    void shouldNameTheLimitThatIsTooSmall(final String limit) {
        final MemorySnapshot snapshot = twoOfEverything();
        final CoreService core = new ClearingCore(Limits.defaultsExcept(limit, 1));

        assertThatThrownBy(() -> snapshot.restoreInto(core))
                .isInstanceOf(SnapshotExceedsLimit.class)
                .hasMessageContaining("the limit of " + limit + " is 1");
    }

    @Test
    void shouldRestoreOnlyIntoACoreThatKnowsNothing() {
        final MemorySnapshot snapshot = twoOfEverything();
        final CoreService used = core.replayed();

        assertThatThrownBy(() -> snapshot.restoreInto(used)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldNotDependOnHowKeysLieInMemory() {
        final MemorySnapshot snapshot = twoOfEverything();
        final CoreService one = snapshot.restoreInto(new ClearingCore(limits(), 1));
        final CoreService other = snapshot.restoreInto(new ClearingCore(limits(), -77));

        MemorySnapshot.of(one).assertSameAs(MemorySnapshot.of(other), "another seed");
    }

    @Test
    void shouldHoldNoFieldTwiceAndNameAllByTable() {
        assertThat(twoOfEverything().names()).allMatch(name -> name.matches("[a-z]+\\.[a-z0-9_]+"));
    }

    private MemorySnapshot twoOfEverything() {
        final Town town = Town.open(core);
        final Town.Shop shop = town.shop(Town.GROCERIES);
        final Town.Shop second = town.shop(Town.BOOKS);
        final long bits = Town.admitting(Town.GROCERIES, Town.BOOKS);
        final Town.Card card = town.cardWith(town.programme(bits, Duration.ofDays(10), 1000), 500);
        town.topUp(card, town.programme(bits, Duration.ofDays(20), 1000), 500);
        town.card();
        town.paid(shop, Pay.with(card, 700));
        town.paid(second, Pay.with(card, 10).manual());
        town.neighbour();
        return MemorySnapshot.of(core.core());
    }
}
