// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.protocol.sbe.ConfirmClockEncoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.QueryStatusEncoder;
import it.socialies.engine.protocol.sbe.ResolveKeyEncoder;
import it.socialies.engine.protocol.sbe.StepClockEncoder;
import it.socialies.engine.protocol.sbe.TransferEncoder;

/** Frames that {@link TestCore} understands. Not for two threads. */
final class TestFrames {
    private final CommandFrame frame = new CommandFrame();

    CommandFrame transfer(long key, long amount) {
        keyed(key)
                .message(new TransferEncoder())
                .fromWalletId(1)
                .toWalletId(2)
                .amount(amount)
                .expectedFee(0);
        return frame;
    }

    CommandFrame resolve(long key, long targetKey) {
        keyed(key).message(new ResolveKeyEncoder()).targetKeyHi(targetKey).targetKeyLo(targetKey);
        return frame;
    }

    CommandFrame stepClock(long key, long advanceMs) {
        keyed(key).message(new StepClockEncoder()).advanceMs(advanceMs);
        return frame;
    }

    CommandFrame confirmClock(long key) {
        keyed(key).message(new ConfirmClockEncoder()).wallClockMs(1);
        return frame;
    }

    CommandFrame query() {
        frame.from(PrincipalKind.HOLDER, 7, 1).message(new QueryStatusEncoder());
        return frame;
    }

    private CommandFrame keyed(long key) {
        return frame.from(PrincipalKind.HOLDER, 7, 1).key(key, key);
    }
}
