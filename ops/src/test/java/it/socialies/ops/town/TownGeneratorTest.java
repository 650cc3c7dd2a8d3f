// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.town;

import static org.assertj.core.api.Assertions.assertThat;

import it.kamaladafrica.codicefiscale.CodiceFiscale;
import it.socialies.ops.town.ProgrammePlan.Funder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TownGeneratorTest {
    private final Town town = TownGenerator.balestrate(TownGenerator.DEFAULT_SEED);

    @Test
    void shouldHaveThePeopleAndShopsOfBalestrate() {
        assertThat(town.beneficiaries()).hasSize(160);
        assertThat(town.shops()).hasSize(18);
        assertThat(town.programmes())
                .extracting(ProgrammePlan::funder)
                .containsExactly(Funder.REGION, Funder.MUNICIPALITY);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, TownGenerator.DEFAULT_SEED, Long.MAX_VALUE})
    void shouldShareOutThirtyEightThousandEurosExactly(long seed) {
        Town any = TownGenerator.balestrate(seed);
        assertThat(any.awardedCents()).isEqualTo(3_800_000);
        assertThat(any.fundCents(Funder.REGION) + any.fundCents(Funder.MUNICIPALITY))
                .isEqualTo(3_800_000);
        assertThat(any.beneficiaries()).allSatisfy(beneficiary -> {
            Beneficiary.Grants grants = beneficiary.grants();
            assertThat(grants.regionalFirst()
                            + grants.regionalSecond()
                            + grants.municipalFirst()
                            + grants.municipalSecond())
                    .isEqualTo(beneficiary.awardCents());
            assertThat(beneficiary.awardCents()).isLessThanOrEqualTo(Town.capCents(beneficiary.householdSize()));
        });
    }

    @Test
    void shouldGiveEveryoneAValidTaxCodeOfTheirOwn() {
        assertThat(town.beneficiaries())
                .extracting(beneficiary -> beneficiary.person().taxCode())
                .doesNotHaveDuplicates()
                .allSatisfy(
                        code -> assertThat(CodiceFiscale.isFormatValid(code)).isTrue());
        assertThat(town.staff()).extracting(staff -> staff.person().taxCode()).doesNotHaveDuplicates();
    }

    @Test
    void shouldAdmitASupermarketToEveryProgrammeSoThatAllCanBeSpent() {
        Shop first = town.shops().getFirst();
        assertThat(town.programmes()).allMatch(programme -> programme.admits(first));
    }

    @Test
    void shouldHaveTradesThatOnlyOneProgrammeAdmits() {
        ProgrammePlan region = town.programmes().get(0);
        ProgrammePlan municipality = town.programmes().get(1);
        assertThat(town.shops()).anyMatch(shop -> region.admits(shop) && !municipality.admits(shop));
        assertThat(town.shops()).anyMatch(shop -> !region.admits(shop) && municipality.admits(shop));
        assertThat(town.shops()).allMatch(shop -> region.admits(shop) || municipality.admits(shop));
    }

    @Test
    void shouldGiveTheSameTownForTheSameSeed() {
        assertThat(TownGenerator.balestrate(7)).isEqualTo(TownGenerator.balestrate(7));
        assertThat(TownGenerator.balestrate(7)).isNotEqualTo(TownGenerator.balestrate(8));
    }
}
