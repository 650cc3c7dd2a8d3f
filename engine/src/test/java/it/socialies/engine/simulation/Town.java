// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.client.SealedFrame;
import it.socialies.engine.core.ClearingCore;
import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.core.CoreService;
import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.sbe.InstallationMode;
import it.socialies.engine.protocol.sbe.OpenCircuitEncoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.StartInstallationEncoder;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;

/** The people of a town and the core that serves them. */
final class Town implements Workload {
    private final SplittableRandom random;
    private final CommandFrame frame = new CommandFrame();

    Town(SplittableRandom random, RecordBook book) {
        this.random = random;
    }

    CoreService newCore(long layoutSeed) {
        return new ClearingCore(CoreLimits.defaults(), layoutSeed);
    }

    void recovered(long sequence) {}

    @Override
    public Call next(long clientTimeMs) {
        if (random.nextInt(100) == 0) {
            frame.from(PrincipalKind.SYSTEM, 0, 0);
            frame.message(new StartInstallationEncoder())
                    .firstPersonId(1)
                    .secondPersonId(2)
                    .mode(InstallationMode.SANDBOX);
        } else {
            frame.from(PrincipalKind.OPERATOR, 1, 0)
                    .key(clientTimeMs << 16 | 0x7000 | random.nextInt(4096), random.nextLong() >>> 2 | 1L << 63);
            frame.message(new OpenCircuitEncoder()).reference(random.nextInt(100_000));
        }
        DirectBuffer buffer = SealedFrame.of(frame);
        return Call.of(buffer, 0, CommandFrameDescriptor.MESSAGE_OFFSET + 8 + frame.templateId() % 1 + 32);
    }

    @Override
    public void learn(Call call, int kind, ResultCode code, DirectBuffer body, int offset, int length) {}
}
