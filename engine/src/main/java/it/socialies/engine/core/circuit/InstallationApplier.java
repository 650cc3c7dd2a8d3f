// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.circuit;

import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.protocol.sbe.ClockConfirmedDecoder;
import it.socialies.engine.protocol.sbe.ClockSteppedDecoder;
import it.socialies.engine.protocol.sbe.ClockSuspectedDecoder;
import it.socialies.engine.protocol.sbe.InstallationStartedDecoder;
import org.agrona.DirectBuffer;

/** Applies the events of the installation and its clock. */
public final class InstallationApplier implements EventApplier {
    private final InstallationStartedDecoder installationStarted = new InstallationStartedDecoder();
    private final ClockSteppedDecoder clockStepped = new ClockSteppedDecoder();
    private final Installation installation;

    /** Applies to the installation. */
    public InstallationApplier(final Installation installation) {
        this.installation = installation;
    }

    @Override
    public void apply(
            final int templateId,
            final DirectBuffer buffer,
            final int offset,
            final int blockLength,
            final int version,
            final RecordContext record) {
        switch (templateId) {
            case InstallationStartedDecoder.TEMPLATE_ID -> {
                installationStarted.wrap(buffer, offset, blockLength, version);
                installation.start(installationStarted.mode());
            }
            case ClockSteppedDecoder.TEMPLATE_ID -> {
                clockStepped.wrap(buffer, offset, blockLength, version);
                installation.offsetClock(clockStepped.offsetMs());
            }
            case ClockSuspectedDecoder.TEMPLATE_ID -> installation.suspectClock(true);
            case ClockConfirmedDecoder.TEMPLATE_ID -> installation.suspectClock(false);
            default -> throw new InvariantViolated("unknown installation event " + templateId);
        }
    }
}
