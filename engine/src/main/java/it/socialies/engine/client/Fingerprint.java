// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.client;

import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.sbe.ActivateCardDecoder;
import it.socialies.engine.protocol.sbe.ChangePinDecoder;
import it.socialies.engine.protocol.sbe.EnrolTerminalDecoder;
import it.socialies.engine.protocol.sbe.MessageHeaderDecoder;
import it.socialies.engine.protocol.sbe.PayDecoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposeDecoder;
import it.socialies.engine.protocol.sbe.RegisterTerminalDecoder;
import it.socialies.engine.protocol.sbe.ResetPinDecoder;
import it.socialies.engine.protocol.sbe.VerifyPinDecoder;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Fingerprint of a command: does a repeated key ask for the same thing? The first 128 bits of the SHA-256 over principal kind (1 byte),
 * principal id (8), circuit (4), template id (2), all little-endian, and the message after its SBE header.
 *
 * <p>Credential fields count as zeros, so that no value derived from a PIN or an enrolment code is kept: the verifiers of ActivateCard,
 * ChangePin, ResetPin, VerifyPin and Pay, the digest of a proposal RESET_PIN, the enrolment digests of RegisterTerminal and EnrolTerminal. The card token of a payment stays in.
 *
 * <p>Threading: one thread at a time; allocates nothing per command. The result stays readable until the next {@link #compute}.
 */
public final class Fingerprint {
    private static final int PREFIX_LENGTH = 15;
    private static final int DIGEST_LENGTH = 32;

    private final byte[] canonical = new byte[PREFIX_LENGTH + CommandFrameDescriptor.MAX_FRAME_LENGTH];
    private final UnsafeBuffer canonicalBuffer = new UnsafeBuffer(canonical);
    private final byte[] digest = new byte[DIGEST_LENGTH];
    private final UnsafeBuffer digestBuffer = new UnsafeBuffer(digest);
    private final MessageDigest sha256;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    public Fingerprint() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Computes the fingerprint of a message with its SBE header. */
    public Fingerprint compute(
            int principalKind, long principalId, int circuitId, DirectBuffer message, int offset, int length) {
        header.wrap(message, offset);
        int templateId = header.templateId();
        int bodyLength = length - MessageHeaderDecoder.ENCODED_LENGTH;
        canonicalBuffer.putByte(0, (byte) principalKind);
        canonicalBuffer.putLong(1, principalId, ByteOrder.LITTLE_ENDIAN);
        canonicalBuffer.putInt(9, circuitId, ByteOrder.LITTLE_ENDIAN);
        canonicalBuffer.putShort(13, (short) templateId, ByteOrder.LITTLE_ENDIAN);
        message.getBytes(offset + MessageHeaderDecoder.ENCODED_LENGTH, canonical, PREFIX_LENGTH, bodyLength);
        forgetCredentials(templateId, bodyLength);
        try {
            sha256.update(canonical, 0, PREFIX_LENGTH + bodyLength);
            sha256.digest(digest, 0, DIGEST_LENGTH);
        } catch (DigestException e) {
            throw new IllegalStateException("the digest buffer is as long as a digest", e);
        }
        return this;
    }

    /** First eight bytes of the digest, read big-endian. */
    public long hi() {
        return digestBuffer.getLong(0, ByteOrder.BIG_ENDIAN);
    }

    /** Second eight bytes of the digest, read big-endian. */
    public long lo() {
        return digestBuffer.getLong(8, ByteOrder.BIG_ENDIAN);
    }

    private void forgetCredentials(int templateId, int bodyLength) {
        switch (templateId) {
            case ActivateCardDecoder.TEMPLATE_ID ->
                zero(
                        ActivateCardDecoder.verifierEncodingOffset(),
                        ActivateCardDecoder.verifierEncodingLength(),
                        bodyLength);
            case ChangePinDecoder.TEMPLATE_ID -> {
                zero(
                        ChangePinDecoder.oldVerifierEncodingOffset(),
                        ChangePinDecoder.oldVerifierEncodingLength(),
                        bodyLength);
                zero(
                        ChangePinDecoder.newVerifierEncodingOffset(),
                        ChangePinDecoder.newVerifierEncodingLength(),
                        bodyLength);
            }
            case ResetPinDecoder.TEMPLATE_ID ->
                zero(ResetPinDecoder.verifierEncodingOffset(), ResetPinDecoder.verifierEncodingLength(), bodyLength);
            case VerifyPinDecoder.TEMPLATE_ID ->
                zero(VerifyPinDecoder.verifierEncodingOffset(), VerifyPinDecoder.verifierEncodingLength(), bodyLength);
            case PayDecoder.TEMPLATE_ID ->
                zero(PayDecoder.verifierEncodingOffset(), PayDecoder.verifierEncodingLength(), bodyLength);
            case RegisterTerminalDecoder.TEMPLATE_ID ->
                zero(
                        RegisterTerminalDecoder.enrolmentDigestEncodingOffset(),
                        RegisterTerminalDecoder.enrolmentDigestEncodingLength(),
                        bodyLength);
            case EnrolTerminalDecoder.TEMPLATE_ID ->
                zero(
                        EnrolTerminalDecoder.enrolmentDigestEncodingOffset(),
                        EnrolTerminalDecoder.enrolmentDigestEncodingLength(),
                        bodyLength);
            case ProposeDecoder.TEMPLATE_ID -> {
                if (isResetOfPin(bodyLength)) {
                    zero(ProposeDecoder.digestEncodingOffset(), ProposeDecoder.digestEncodingLength(), bodyLength);
                }
            }
            default -> {
                // No other command carries a credential.
            }
        }
    }

    private boolean isResetOfPin(int bodyLength) {
        int kindOffset = ProposeDecoder.kindEncodingOffset();
        return kindOffset < bodyLength && canonical[PREFIX_LENGTH + kindOffset] == ProposalKind.RESET_PIN.value();
    }

    private void zero(int fieldOffset, int fieldLength, int bodyLength) {
        int from = Math.min(fieldOffset, bodyLength);
        int to = Math.min(fieldOffset + fieldLength, bodyLength);
        Arrays.fill(canonical, PREFIX_LENGTH + from, PREFIX_LENGTH + to, (byte) 0);
    }
}
