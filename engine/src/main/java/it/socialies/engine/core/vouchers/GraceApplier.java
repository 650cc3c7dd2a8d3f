// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.vouchers;

import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.protocol.sbe.GraceEndedDecoder;
import it.socialies.engine.protocol.sbe.GraceGrantedDecoder;
import org.agrona.DirectBuffer;

/** Applies the events of graces. */
public final class GraceApplier implements EventApplier {
    private final GraceGrantedDecoder graceGranted = new GraceGrantedDecoder();
    private final GraceEndedDecoder graceEnded = new GraceEndedDecoder();
    private final Pockets pockets;

    /** Applies to this table. */
    public GraceApplier(final Pockets pockets) {
        this.pockets = pockets;
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
            case GraceGrantedDecoder.TEMPLATE_ID -> {
                graceGranted.wrap(buffer, offset, blockLength, version);
                pockets.grantGrace(graceGranted.accountId(), graceGranted.untilMs());
            }
            case GraceEndedDecoder.TEMPLATE_ID ->
                pockets.endGrace(
                        graceEnded.wrap(buffer, offset, blockLength, version).accountId());
            default -> throw new InvariantViolated("unknown event of a grace " + templateId);
        }
    }
}
