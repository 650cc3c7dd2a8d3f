// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.ies;

import it.socialies.engine.core.circuit.Circuits;
import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.protocol.sbe.FundMovedDecoder;
import it.socialies.engine.protocol.sbe.IesIssuedDecoder;
import it.socialies.engine.protocol.sbe.IesRedeemedDecoder;
import it.socialies.engine.protocol.sbe.ReserveMovedDecoder;
import it.socialies.engine.protocol.sbe.TransferMadeDecoder;
import org.agrona.DirectBuffer;

/** Applies the events of IES and, after each that touches it, checks the backing: outstanding ≤ reserve. */
public final class IesApplier implements EventApplier {
    private final TransferMadeDecoder transferMade = new TransferMadeDecoder();
    private final Circuits circuits;
    private final TransferCount transferCount;

    /** Applies to these tables. */
    public IesApplier(final Circuits circuits, final TransferCount transferCount) {
        this.circuits = circuits;
        this.transferCount = transferCount;
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
            case TransferMadeDecoder.TEMPLATE_ID -> {
                transferMade.wrap(buffer, offset, blockLength, version);
                transferCount.made(transferMade.transferId());
                if (transferMade.residue() > 0) {
                    circuits.addFeeResidue(record.circuitId(), transferMade.residue());
                }
            }
            case IesIssuedDecoder.TEMPLATE_ID, IesRedeemedDecoder.TEMPLATE_ID, ReserveMovedDecoder.TEMPLATE_ID ->
                circuits.verifyBacking(record.circuitId());
            case FundMovedDecoder.TEMPLATE_ID -> {
                // The money moved by the ledger's event; this one tells readers of it.
            }
            default -> throw new InvariantViolated("unknown IES event " + templateId);
        }
    }
}
