// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.programmes;

import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.protocol.sbe.ProgrammeCreatedDecoder;
import it.socialies.engine.protocol.sbe.ProgrammeStatusChangedDecoder;
import org.agrona.DirectBuffer;

/** Applies the events of programmes. */
public final class ProgrammeApplier implements EventApplier {
    private final ProgrammeCreatedDecoder programmeCreated = new ProgrammeCreatedDecoder();
    private final ProgrammeStatusChangedDecoder programmeStatusChanged = new ProgrammeStatusChangedDecoder();
    private final Programmes programmes;

    /** Applies to this table. */
    public ProgrammeApplier(final Programmes programmes) {
        this.programmes = programmes;
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
            case ProgrammeCreatedDecoder.TEMPLATE_ID ->
                programmes.create(programmeCreated.wrap(buffer, offset, blockLength, version));
            case ProgrammeStatusChangedDecoder.TEMPLATE_ID -> {
                programmeStatusChanged.wrap(buffer, offset, blockLength, version);
                programmes.changeStatus(programmeStatusChanged.programmeId(), programmeStatusChanged.status());
            }
            default -> throw new InvariantViolated("unknown programme event " + templateId);
        }
    }
}
