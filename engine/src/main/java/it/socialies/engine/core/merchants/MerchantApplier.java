// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.merchants;

import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.protocol.sbe.MerchantRegisteredDecoder;
import it.socialies.engine.protocol.sbe.MerchantStatusChangedDecoder;
import it.socialies.engine.protocol.sbe.OutletOpenedDecoder;
import it.socialies.engine.protocol.sbe.TerminalEnrolledDecoder;
import it.socialies.engine.protocol.sbe.TerminalRegisteredDecoder;
import it.socialies.engine.protocol.sbe.TerminalRevokedDecoder;
import org.agrona.DirectBuffer;

/** Applies the events of merchants, outlets and terminals. */
public final class MerchantApplier implements EventApplier {
    private final MerchantRegisteredDecoder merchantRegistered = new MerchantRegisteredDecoder();
    private final MerchantStatusChangedDecoder merchantStatusChanged = new MerchantStatusChangedDecoder();
    private final OutletOpenedDecoder outletOpened = new OutletOpenedDecoder();
    private final TerminalRegisteredDecoder terminalRegistered = new TerminalRegisteredDecoder();
    private final TerminalEnrolledDecoder terminalEnrolled = new TerminalEnrolledDecoder();
    private final TerminalRevokedDecoder terminalRevoked = new TerminalRevokedDecoder();
    private final Merchants merchants;
    private final Terminals terminals;

    /** Applies to these tables. */
    public MerchantApplier(final Merchants merchants, final Terminals terminals) {
        this.merchants = merchants;
        this.terminals = terminals;
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
            case MerchantRegisteredDecoder.TEMPLATE_ID -> {
                merchantRegistered.wrap(buffer, offset, blockLength, version);
                merchants.register(
                        merchantRegistered.merchantId(), merchantRegistered.circuitId(), merchantRegistered.category());
            }
            case MerchantStatusChangedDecoder.TEMPLATE_ID -> {
                merchantStatusChanged.wrap(buffer, offset, blockLength, version);
                merchants.changeStatus(merchantStatusChanged.merchantId(), merchantStatusChanged.status());
            }
            case OutletOpenedDecoder.TEMPLATE_ID -> {
                outletOpened.wrap(buffer, offset, blockLength, version);
                terminals.openOutlet(outletOpened.outletId(), outletOpened.merchantId());
            }
            case TerminalRegisteredDecoder.TEMPLATE_ID ->
                terminals.register(terminalRegistered.wrap(buffer, offset, blockLength, version));
            case TerminalEnrolledDecoder.TEMPLATE_ID -> {
                terminalEnrolled.wrap(buffer, offset, blockLength, version);
                terminals.enrol(
                        terminalEnrolled.terminalId(),
                        buffer,
                        offset + TerminalEnrolledDecoder.publicKeyEncodingOffset());
            }
            case TerminalRevokedDecoder.TEMPLATE_ID -> {
                terminalRevoked.wrap(buffer, offset, blockLength, version);
                terminals.revoke(terminalRevoked.terminalId());
            }
            default -> throw new InvariantViolated("unknown merchant event " + templateId);
        }
    }
}
