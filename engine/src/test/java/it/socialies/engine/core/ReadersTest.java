// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.ResultCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may see a payment or a price: the parties and their circuit, nobody else. */
class ReadersTest extends CoreTest {
    private Town town;
    private Town.Card card;
    private long paymentId;

    @BeforeEach
    void payOnce() {
        town = Town.open(core);
        final long programmeId = town.fundedProgramme(Town.admitting(Town.GROCERIES), 1000);
        card = town.cardWith(programmeId, 1000);
        paymentId = town.paid(town.shop(Town.GROCERIES), Pay.with(card, 400));
    }

    private ResultCode seen(final Principal who, final Command query) {
        return core.ask(who, query).code();
    }

    @Test
    void shouldKeepPaymentsFromTheInstallation() {
        final Principal installer = town.firstInstaller.in(town.circuitId);
        assertThat(seen(installer, Commands.queryPayment(paymentId))).isEqualTo(ResultCode.FORBIDDEN);
        assertThat(seen(installer, Commands.queryCircuit(town.circuitId))).isEqualTo(ResultCode.OK);
    }

    @Test
    void shouldKeepPricesFromTheInstallation() {
        assertThat(seen(town.firstInstaller, Commands.quoteTransfer(100))).isEqualTo(ResultCode.FORBIDDEN);
        assertThat(seen(town.auditor, Commands.quoteTransfer(100))).isEqualTo(ResultCode.OK);
    }

    @Test
    void shouldKeepPaymentsFromACardThatIsBlocked() {
        assertThat(seen(card.holder(), Commands.queryPayment(paymentId))).isEqualTo(ResultCode.OK);
        core.must(town.social, Commands.blockCard(card.cardId()));
        assertThat(seen(card.holder(), Commands.queryPayment(paymentId))).isEqualTo(ResultCode.FORBIDDEN);
        assertThat(seen(card.holder(), Commands.quoteTransfer(100))).isEqualTo(ResultCode.FORBIDDEN);
    }

    @Test
    void shouldTellAHolderNothingOfAnotherCircuit() {
        final Principal elsewhere = card.holder().in(town.circuitId + 1);
        core.must(town.firstInstaller.in(0), Commands.openCircuit(2));
        assertThat(seen(elsewhere, Commands.queryPayment(paymentId))).isEqualTo(ResultCode.FORBIDDEN);
        assertThat(seen(elsewhere, Commands.quoteTransfer(100))).isEqualTo(ResultCode.FORBIDDEN);
    }

    @Test
    void shouldBeNoOracleForEnrolmentCodes() {
        final long outletId = 1;
        final Digest code = Digest.of("code");
        core.must(town.admin, Commands.registerTerminal(outletId, code));
        final Principal terminal = Principal.terminal(2, town.circuitId);
        assertThat(core.dryRun(terminal, Commands.enrolTerminal(2, code)).code())
                .isEqualTo(ResultCode.INVALID_FIELD);
        assertThat(core.dryRun(terminal, Commands.enrolTerminal(2, Digest.of("x")))
                        .code())
                .isEqualTo(ResultCode.INVALID_FIELD);
    }
}
