// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.protocol.sbe.CaptureMode;
import it.socialies.engine.protocol.sbe.MessageHeaderEncoder;
import it.socialies.engine.protocol.sbe.PayEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * A payment at the till: automatic, vouchers only, all or nothing, the whole bill eligible, with the right PIN, unless said otherwise.
 */
public record Pay(
        Commands.Token token,
        Digest verifier,
        long billTotal,
        long eligibleAmount,
        long terminalReference,
        CaptureMode captureMode,
        boolean allowsIes,
        boolean allowsPartial)
        implements Command {

    public static Pay with(final Town.Card card, final long billTotal) {
        return new Pay(card.token(), card.verifier(), billTotal, billTotal, 0, CaptureMode.AUTOMATIC, false, false);
    }

    public Pay eligible(final long other) {
        return new Pay(token, verifier, billTotal, other, terminalReference, captureMode, allowsIes, allowsPartial);
    }

    public Pay manual() {
        return new Pay(
                token,
                verifier,
                billTotal,
                eligibleAmount,
                terminalReference,
                CaptureMode.MANUAL,
                allowsIes,
                allowsPartial);
    }

    public Pay allowIes() {
        return new Pay(token, verifier, billTotal, eligibleAmount, terminalReference, captureMode, true, allowsPartial);
    }

    public Pay allowPartial() {
        return new Pay(token, verifier, billTotal, eligibleAmount, terminalReference, captureMode, allowsIes, true);
    }

    public Pay reference(final long other) {
        return new Pay(token, verifier, billTotal, eligibleAmount, other, captureMode, allowsIes, allowsPartial);
    }

    public Pay pin(final String pin) {
        return new Pay(
                token,
                Digest.of(pin),
                billTotal,
                eligibleAmount,
                terminalReference,
                captureMode,
                allowsIes,
                allowsPartial);
    }

    public Pay withoutPin() {
        return new Pay(
                token,
                Digest.ZERO,
                billTotal,
                eligibleAmount,
                terminalReference,
                captureMode,
                allowsIes,
                allowsPartial);
    }

    public Pay token(final Commands.Token other) {
        return new Pay(
                other, verifier, billTotal, eligibleAmount, terminalReference, captureMode, allowsIes, allowsPartial);
    }

    @Override
    public int write(final MutableDirectBuffer buffer, final int offset) {
        final PayEncoder encoder = new PayEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .tokenHi(token.hi())
                .tokenLo(token.lo())
                .billTotal(billTotal)
                .eligibleAmount(eligibleAmount)
                .terminalReference(terminalReference)
                .capture(captureMode)
                .allowIes((short) (allowsIes ? 1 : 0))
                .allowPartial((short) (allowsPartial ? 1 : 0));
        verifier.writeTo(encoder.verifier());
        return Commands.lengthOf(encoder);
    }
}
