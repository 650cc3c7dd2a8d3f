// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.circuit;

import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.protocol.sbe.CircuitConfiguredDecoder;
import it.socialies.engine.protocol.sbe.CircuitOpenedDecoder;
import it.socialies.engine.protocol.sbe.OperatorAppointedDecoder;
import it.socialies.engine.protocol.sbe.SetupClosedDecoder;
import it.socialies.engine.protocol.sbe.TariffSetDecoder;
import it.socialies.engine.protocol.sbe.UnitRegisteredDecoder;
import org.agrona.DirectBuffer;

/** Applies the events of circuits and operators. */
public final class CircuitApplier implements EventApplier {
    private final CircuitOpenedDecoder circuitOpened = new CircuitOpenedDecoder();
    private final OperatorAppointedDecoder operatorAppointed = new OperatorAppointedDecoder();
    private final CircuitConfiguredDecoder circuitConfigured = new CircuitConfiguredDecoder();
    private final TariffSetDecoder tariffSet = new TariffSetDecoder();
    private final SetupClosedDecoder setupClosed = new SetupClosedDecoder();
    private final Circuits circuits;
    private final Operators operators;

    /** Applies to these tables. */
    public CircuitApplier(final Circuits circuits, final Operators operators) {
        this.circuits = circuits;
        this.operators = operators;
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
            case CircuitOpenedDecoder.TEMPLATE_ID -> {
                circuitOpened.wrap(buffer, offset, blockLength, version);
                circuits.open(circuitOpened.circuitId());
            }
            case UnitRegisteredDecoder.TEMPLATE_ID -> {
                // Both units of a circuit are fixed today; the event tells readers their scale.
            }
            case OperatorAppointedDecoder.TEMPLATE_ID -> {
                operatorAppointed.wrap(buffer, offset, blockLength, version);
                operators.appoint(
                        operatorAppointed.operatorId(),
                        operatorAppointed.personId(),
                        operatorAppointed.circuitId(),
                        operatorAppointed.roles(),
                        operatorAppointed.effectiveAtMs(),
                        record.timestampMs());
            }
            case CircuitConfiguredDecoder.TEMPLATE_ID -> {
                circuitConfigured.wrap(buffer, offset, blockLength, version);
                circuits.configure(
                        circuitConfigured.circuitId(), circuitConfigured.flags(), circuitConfigured.legalBasis());
            }
            case TariffSetDecoder.TEMPLATE_ID -> {
                tariffSet.wrap(buffer, offset, blockLength, version);
                circuits.setTariff(tariffSet.circuitId(), tariffSet.flat(), tariffSet.basisPoints());
            }
            case SetupClosedDecoder.TEMPLATE_ID -> {
                setupClosed.wrap(buffer, offset, blockLength, version);
                circuits.closeSetup(setupClosed.circuitId());
            }
            default -> throw new InvariantViolated("unknown circuit event " + templateId);
        }
    }
}
