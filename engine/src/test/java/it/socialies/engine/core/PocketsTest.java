// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.PocketSweptDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A wallet serves programme after programme; ended ones make room, and are swept in the order in which they ended. */
class PocketsTest extends CoreTest {
    private static final int LIVE = 16;
    private static final int EVER = 256;

    private Town town;
    private Town.Card card;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
        card = town.card();
    }

    private long programmeOf(final int days) {
        final long id = town.programme(Town.admitting(Town.GROCERIES), Duration.ofDays(days), 100);
        town.topUp(card, id, 10);
        return id;
    }

    @Test
    void shouldMakeRoomForANewProgrammeOnceOneEnded() {
        for (int i = 0; i < LIVE; i++) {
            programmeOf(10 + i);
        }
        final long oneMore = town.programme(Town.admitting(Town.GROCERIES), Duration.ofDays(90), 100);
        final Command topUp = Commands.propose(Proposal.topUp(card.walletId(), oneMore, 10));
        assertRefused(ResultCode.POCKETS_EXHAUSTED, town.social, topUp);

        core.pass(Duration.ofDays(10));

        town.topUp(card, oneMore, 10);
        assertThat(town.pocketOf(card, oneMore)).isEqualTo(10);
        assertRefused(
                ResultCode.POCKETS_EXHAUSTED,
                town.social,
                Commands.propose(Proposal.topUp(
                        card.walletId(),
                        town.programme(Town.admitting(Town.GROCERIES), Duration.ofDays(90), 100),
                        10)));
    }

    @Test
    void shouldShowAWalletOfManyYears() {
        for (int i = 0; i < EVER; i++) {
            programmeOf(1);
            core.pass(Duration.ofDays(1));
            core.tickUntilQuiet();
        }
        final long oneMore = town.programme(Town.admitting(Town.GROCERIES), Duration.ofDays(1), 100);
        assertRefused(
                ResultCode.POCKETS_EXHAUSTED,
                town.social,
                Commands.propose(Proposal.topUp(card.walletId(), oneMore, 10)));
        assertThat(core.ask(town.social, Commands.queryWallet(card.walletId())).code())
                .isEqualTo(ResultCode.OK);
    }

    @Test
    void shouldSweepInTheOrderInWhichProgrammesEnded() {
        final long third = programmeOf(30);
        final long first = programmeOf(10);
        final long second = programmeOf(20);
        final List<Long> swept = new ArrayList<>();

        core.pass(Duration.ofDays(31));
        core.tickUntilQuiet()
                .forEach(step -> step.all(PocketSweptDecoder.class).forEach(event -> swept.add(event.programmeId())));

        assertThat(swept).containsExactly(first, second, third);
    }
}
