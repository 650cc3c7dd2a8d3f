// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstallationTest extends CoreTest {
    @Test
    void shouldStartWithTwoPersonsWhoseRolesWorkAtOnce() {
        final Answer started =
                core.ask(Principal.SYSTEM, Commands.startInstallation(InstallationMode.SANDBOX, 501, 502));

        assertThat(started).emitted("InstallationStarted", "OperatorAppointed", "OperatorAppointed");
        assertThat(started.all(OperatorAppointedDecoder.class))
                .extracting(OperatorAppointedDecoder::personId)
                .containsExactly(501L, 502L);
        final Principal installer = Principal.operator(
                started.all(OperatorAppointedDecoder.class).getFirst().operatorId(), 0);
        assertThat(core.send(installer, Commands.openCircuit(1))).executed();
    }

    @Test
    void shouldStartOnlyOnce() {
        Town.start(core, InstallationMode.SANDBOX);

        assertRefused(
                ResultCode.ALREADY_STARTED, Principal.SYSTEM, Commands.startInstallation(InstallationMode.LIVE, 3, 4));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "0, 2", "1, 0", "-1, 2", "1, -2"})
    void shouldWantTwoDifferentPersons(final long first, final long second) {
        assertRefused(
                ResultCode.INVALID_FIELD,
                Principal.SYSTEM,
                Commands.startInstallation(InstallationMode.SANDBOX, first, second));
    }

    @Test
    void shouldLetNobodyButTheSystemStart() {
        assertRefused(
                ResultCode.FORBIDDEN,
                Principal.operator(1, 0),
                Commands.startInstallation(InstallationMode.SANDBOX, 1, 2));
    }

    @Test
    void shouldLetTheSystemDoNothingElse() {
        final Town town = Town.open(core);

        assertRefused(ResultCode.FORBIDDEN, Principal.SYSTEM, Commands.openCircuit(1));
        assertRefused(ResultCode.FORBIDDEN, Principal.SYSTEM, Commands.stepClock(1));
        assertRefused(ResultCode.FORBIDDEN, Principal.SYSTEM.in(town.circuitId), Commands.registerMerchant(1));
    }

    @Test
    void shouldOpenACircuitWithItsUnitsAndAccounts() {
        final Principal installer = Town.start(core, InstallationMode.LIVE)[0];

        final Answer opened = core.send(installer, Commands.openCircuit(1));

        assertThat(opened)
                .emitted(
                        "CircuitOpened",
                        "UnitRegistered",
                        "UnitRegistered",
                        "AccountOpened",
                        "AccountOpened",
                        "AccountOpened",
                        "AccountOpened");
        assertThat(opened.all(UnitRegisteredDecoder.class))
                .extracting(UnitRegisteredDecoder::unit)
                .containsExactly(UnitCode.EUR, UnitCode.IES);
        assertThat(opened.all(AccountOpenedDecoder.class))
                .extracting(AccountOpenedDecoder::kind)
                .containsExactly(AccountKind.RESERVE_BANK, AccountKind.RESERVE, AccountKind.ISSUANCE, AccountKind.FEES);
    }

    @Test
    void shouldCountUpTheIdsOfEachKind() {
        final Town town = Town.open(core);
        final Town.Shop first = town.shop(Town.GROCERIES);
        final Town.Shop second = town.shop(Town.GROCERIES);

        assertThat(first.merchantId()).isEqualTo(1);
        assertThat(second.merchantId()).isEqualTo(2);
        assertThat(town.blankCard().cardId()).isEqualTo(1);
        assertThat(town.blankCard().cardId()).isEqualTo(2);
    }
}
