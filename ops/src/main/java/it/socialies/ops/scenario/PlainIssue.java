// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import java.util.List;

/** The shortest way: cards made and activated at once, money by top-ups; nothing happens at half time. */
final class PlainIssue implements Issue {
    private final SetUp setUp;

    PlainIssue(SetUp setUp) {
        this.setUp = setUp;
    }

    @Override
    public List<CardHolder> handOut(TownCircuit founded) {
        List<CardHolder> holders = setUp.handOverCards(founded.town(), founded.staff());
        setUp.recharge(founded.with(holders), 0);
        return holders;
    }

    @Override
    public void rechargeAgain(TownCircuit circuit) {
        setUp.recharge(circuit, 1);
    }

    @Override
    public void halfTime(TownCircuit circuit, Checkout checkout) {
        // The plain town has no surprises.
    }

    @Override
    public boolean close(TownCircuit circuit) {
        return true;
    }
}
