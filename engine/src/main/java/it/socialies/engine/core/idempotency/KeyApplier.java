// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.idempotency;

import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.protocol.sbe.KeyBurnedDecoder;
import it.socialies.engine.protocol.sbe.WatermarkRaisedDecoder;
import org.agrona.DirectBuffer;

/** Applies the events of the key window. */
public final class KeyApplier implements EventApplier {
    private final KeyBurnedDecoder keyBurned = new KeyBurnedDecoder();
    private final WatermarkRaisedDecoder watermarkRaised = new WatermarkRaisedDecoder();
    private final KeyWindow window;

    /** Applies to this window. */
    public KeyApplier(final KeyWindow window) {
        this.window = window;
    }

    @Override
    public void apply(
            final int templateId,
            final DirectBuffer buffer,
            final int offset,
            final int blockLength,
            final int version,
            final RecordContext record) {
        if (templateId == KeyBurnedDecoder.TEMPLATE_ID) {
            keyBurned.wrap(buffer, offset, blockLength, version);
            window.put(keyBurned.keyHi(), keyBurned.keyLo(), record.sequence());
        } else if (templateId == WatermarkRaisedDecoder.TEMPLATE_ID) {
            window.raiseWatermark(
                    watermarkRaised.wrap(buffer, offset, blockLength, version).watermarkMs());
        }
    }
}
