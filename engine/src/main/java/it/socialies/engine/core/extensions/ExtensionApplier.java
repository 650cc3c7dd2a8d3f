// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.extensions;

import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.core.vouchers.Pockets;
import it.socialies.engine.protocol.sbe.ExtensionBegunDecoder;
import it.socialies.engine.protocol.sbe.PocketRestoredDecoder;
import it.socialies.engine.protocol.sbe.ProgrammeExtendedDecoder;
import org.agrona.DirectBuffer;

/** Applies extensions of programmes; the money itself moves by the ledger's events. */
public final class ExtensionApplier implements EventApplier {
    private final ExtensionBegunDecoder extensionBegun = new ExtensionBegunDecoder();
    private final ProgrammeExtendedDecoder programmeExtended = new ProgrammeExtendedDecoder();
    private final PocketRestoredDecoder pocketRestored = new PocketRestoredDecoder();
    private final Programmes programmes;
    private final Pockets pockets;

    /** Applies to these tables. */
    public ExtensionApplier(final Programmes programmes, final Pockets pockets) {
        this.programmes = programmes;
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
            case ExtensionBegunDecoder.TEMPLATE_ID -> {
                extensionBegun.wrap(buffer, offset, blockLength, version);
                programmes.beginExtension(extensionBegun.programmeId(), extensionBegun.untilMs());
                pockets.endAt(extensionBegun.programmeId(), extensionBegun.untilMs());
            }
            case ProgrammeExtendedDecoder.TEMPLATE_ID -> {
                programmeExtended.wrap(buffer, offset, blockLength, version);
                programmes.extend(programmeExtended.programmeId(), programmeExtended.validUntilMs());
                pockets.endAt(programmeExtended.programmeId(), programmeExtended.validUntilMs());
            }
            case PocketRestoredDecoder.TEMPLATE_ID ->
                pockets.restored(pocketRestored
                        .wrap(buffer, offset, blockLength, version)
                        .accountId());
            default -> throw new InvariantViolated("unknown event of an extension " + templateId);
        }
    }
}
