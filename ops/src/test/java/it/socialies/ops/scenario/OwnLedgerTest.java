// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.ops.figures.Figures;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OwnLedgerTest {
    private final OwnLedger ledger = new OwnLedger();

    @BeforeEach
    void twoProgrammesOneWallet() {
        ledger.programmeCreated("prg_late", Set.of("grocery"), 200);
        ledger.programmeCreated("prg_early", Set.of("grocery", "pharmacy"), 100);
        ledger.funded("prg_early", 1_000);
        ledger.funded("prg_late", 1_000);
        ledger.toppedUp("prg_early", "wal_1", 300);
        ledger.toppedUp("prg_late", "wal_1", 500);
    }

    @Test
    void shouldSeeOnlyWhatATradeAdmits() {
        assertThat(ledger.available("wal_1", "grocery")).isEqualTo(800);
        assertThat(ledger.available("wal_1", "pharmacy")).isEqualTo(300);
        assertThat(ledger.available("wal_1", "stationery")).isZero();
        assertThat(ledger.available("wal_2")).isZero();
    }

    @Test
    void shouldDrawTheNearestExpiryFirst() {
        ledger.authorized("pay_1", "wal_1", "mer_1", "grocery", 400);
        ledger.captured("pay_1", 400);
        Figures figures = ledger.figures();
        assertThat(figures.get("shop/mer_1/prg_early")).isEqualTo(300);
        assertThat(figures.get("shop/mer_1/prg_late")).isEqualTo(100);
        assertThat(figures.get("shop/mer_1/EUR")).isEqualTo(400);
        assertThat(figures.get("wallet/wal_1/prg_late")).isEqualTo(400);
        assertThat(figures.get("programme/prg_early/available")).isEqualTo(700);
    }

    @Test
    void shouldCaptureInOrderAndFreeTheRest() {
        ledger.authorized("pay_1", "wal_1", "mer_1", "grocery", 400);
        assertThat(ledger.figures().get("programme/prg_early/held")).isEqualTo(300);
        ledger.captured("pay_1", 350);
        Figures figures = ledger.figures();
        assertThat(figures.get("shop/mer_1/prg_early")).isEqualTo(300);
        assertThat(figures.get("shop/mer_1/prg_late")).isEqualTo(50);
        assertThat(figures.sum("programme/", "/held")).isZero();
        assertThat(ledger.available("wal_1")).isEqualTo(450);
    }

    @Test
    void shouldRefundInReverseOrder() {
        ledger.authorized("pay_1", "wal_1", "mer_1", "grocery", 400);
        ledger.captured("pay_1", 400);
        ledger.refunded("pay_1", 150);
        Figures figures = ledger.figures();
        assertThat(figures.get("shop/mer_1/prg_late")).isZero();
        assertThat(figures.get("shop/mer_1/prg_early")).isEqualTo(250);
        assertThat(figures.get("wallet/wal_1/prg_early")).isEqualTo(50);
        assertThat(figures.get("wallet/wal_1/prg_late")).isEqualTo(500);
    }

    @Test
    void shouldFreeEverythingWhenAHoldIsReleased() {
        ledger.authorized("pay_1", "wal_1", "mer_1", "pharmacy", 300);
        ledger.released("pay_1");
        assertThat(ledger.available("wal_1")).isEqualTo(800);
        assertThat(ledger.figures().sum("shop/", "/EUR")).isZero();
    }

    @Test
    void shouldNoticeMoneyThatWasNotThere() {
        assertThatThrownBy(() -> ledger.authorized("pay_1", "wal_1", "mer_1", "pharmacy", 301))
                .hasMessageContaining("1 cents more");
        ledger.authorized("pay_2", "wal_1", "mer_1", "grocery", 100);
        assertThatThrownBy(() -> ledger.authorized("pay_2", "wal_1", "mer_1", "grocery", 100))
                .hasMessageContaining("twice");
        ledger.captured("pay_2", 100);
        assertThatThrownBy(() -> ledger.refunded("pay_2", 101)).hasMessageContaining("too many");
    }
}
