// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MerchantsTest extends CoreTest {
    private Town town;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63})
    void shouldRegisterAMerchantOfACategory(final int category) {
        assertThat(core.send(town.admin, Commands.registerMerchant(category))).emitted("MerchantRegistered");
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 200})
    void shouldRefuseACategoryThatNoProgrammeCanName(final int category) {
        assertRefused(ResultCode.INVALID_FIELD, town.admin, Commands.registerMerchant(category));
    }

    @Test
    void shouldEnrolATerminalOnceByItsCode() {
        final Digest code = Digest.of("ABCD-1234");
        final long merchantId = core.must(town.admin, Commands.registerMerchant(1))
                .one(MerchantRegisteredDecoder.class)
                .merchantId();
        final long outletId = core.must(town.admin, Commands.openOutlet(merchantId))
                .one(OutletOpenedDecoder.class)
                .outletId();
        final long terminalId = core.must(town.admin, Commands.registerTerminal(outletId, code))
                .one(TerminalRegisteredDecoder.class)
                .terminalId();
        final Principal terminal = Principal.terminal(terminalId, town.circuitId);

        assertRefused(
                ResultCode.ENROLMENT_CODE_WRONG, terminal, Commands.enrolTerminal(terminalId, Digest.of("guess")));
        assertThat(core.send(terminal, Commands.enrolTerminal(terminalId, code)))
                .emitted("TerminalEnrolled");
        assertRefused(ResultCode.TERMINAL_STATE_CONFLICT, terminal, Commands.enrolTerminal(terminalId, code));
    }

    @Test
    void shouldLetATerminalEnrolOnlyItself() {
        final Town.Shop shop = town.shop(Town.GROCERIES);
        final Digest code = Digest.of("ABCD-1234");
        final long fresh = core.must(town.admin, Commands.registerTerminal(shop.outletId(), code))
                .one(TerminalRegisteredDecoder.class)
                .terminalId();

        assertRefused(ResultCode.FORBIDDEN, shop.terminal(), Commands.enrolTerminal(fresh, code));
    }

    @Test
    void shouldLetNoTerminalPayBeforeEnrolmentNorAfterRevocation() {
        final long programmeId = town.fundedProgramme(Town.admitting(Town.GROCERIES), 1000);
        final Town.Card card = town.cardWith(programmeId, 1000);
        final Town.Shop shop = town.shop(Town.GROCERIES);
        final long fresh = core.must(town.admin, Commands.registerTerminal(shop.outletId(), Digest.of("x")))
                .one(TerminalRegisteredDecoder.class)
                .terminalId();

        assertRefused(ResultCode.FORBIDDEN, Principal.terminal(fresh, town.circuitId), Pay.with(card, 10));
        assertThat(core.send(town.admin, Commands.revokeTerminal(shop.terminalId())))
                .emitted("TerminalRevoked");
        assertRefused(ResultCode.FORBIDDEN, shop.terminal(), Pay.with(card, 10));
        assertRefused(ResultCode.TERMINAL_STATE_CONFLICT, town.admin, Commands.revokeTerminal(shop.terminalId()));
    }

    @Test
    void shouldSuspendAndReactivateAMerchant() {
        final Town.Shop shop = town.shop(Town.GROCERIES);

        assertRefused(
                ResultCode.MERCHANT_STATE_CONFLICT,
                town.admin,
                Commands.setMerchantStatus(shop.merchantId(), MerchantStatus.ACTIVE));
        assertThat(core.send(town.admin, Commands.setMerchantStatus(shop.merchantId(), MerchantStatus.SUSPENDED)))
                .emitted("MerchantStatusChanged");
        assertRefused(
                ResultCode.MERCHANT_STATE_CONFLICT,
                town.admin,
                Commands.setMerchantStatus(shop.merchantId(), MerchantStatus.SUSPENDED));
        assertThat(core.send(town.admin, Commands.setMerchantStatus(shop.merchantId(), MerchantStatus.ACTIVE)))
                .executed();
    }

    @Test
    void shouldStillRefundAtASuspendedMerchant() {
        final long programmeId = town.fundedProgramme(Town.admitting(Town.GROCERIES), 1000);
        final Town.Card card = town.cardWith(programmeId, 1000);
        final Town.Shop shop = town.shop(Town.GROCERIES);
        final long paymentId = town.paid(shop, Pay.with(card, 100));
        core.must(town.admin, Commands.setMerchantStatus(shop.merchantId(), MerchantStatus.SUSPENDED));

        assertRefused(ResultCode.MERCHANT_SUSPENDED, shop.terminal(), Pay.with(card, 100));
        assertThat(core.send(shop.terminal(), Commands.refund(paymentId, 100))).executed();
    }

    @Test
    void shouldNotFindWhatIsNotThere() {
        assertRefused(ResultCode.NOT_FOUND, town.admin, Commands.setMerchantStatus(9, MerchantStatus.SUSPENDED));
        assertRefused(ResultCode.NOT_FOUND, town.admin, Commands.openOutlet(9));
        assertRefused(ResultCode.NOT_FOUND, town.admin, Commands.registerTerminal(9, Digest.ZERO));
        assertRefused(ResultCode.NOT_FOUND, town.admin, Commands.revokeTerminal(9));
        assertRefused(ResultCode.NOT_FOUND, town.admin, Commands.openOutlet(-1));
        assertRefused(ResultCode.NOT_FOUND, town.admin, Commands.openOutlet(Long.MAX_VALUE));
    }
}
