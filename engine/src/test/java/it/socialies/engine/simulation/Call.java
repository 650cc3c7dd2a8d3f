// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A command as a client keeps it, to send it as often as it must. Immutable. */
final class Call {
    private final byte[] frame;

    private Call(byte[] frame) {
        this.frame = frame;
    }

    static Call of(DirectBuffer buffer, int offset, int length) {
        byte[] frame = new byte[length];
        buffer.getBytes(offset, frame);
        return new Call(frame);
    }

    /** The same key with another command. */
    Call withMessageOf(Call other) {
        byte[] mixed = other.frame.clone();
        System.arraycopy(frame, CommandFrameDescriptor.KEY_HI_OFFSET, mixed, CommandFrameDescriptor.KEY_HI_OFFSET, 16);
        return new Call(mixed);
    }

    boolean hasKey() {
        return keyHi() != 0 || keyLo() != 0;
    }

    long keyHi() {
        return view().getLong(CommandFrameDescriptor.KEY_HI_OFFSET, LITTLE_ENDIAN);
    }

    long keyLo() {
        return view().getLong(CommandFrameDescriptor.KEY_LO_OFFSET, LITTLE_ENDIAN);
    }

    void writeTo(CommandFrame target) {
        UnsafeBuffer view = view();
        target.from(
                        PrincipalKind.get((short) (view.getByte(CommandFrameDescriptor.PRINCIPAL_KIND_OFFSET) & 0xFF)),
                        view.getLong(CommandFrameDescriptor.PRINCIPAL_ID_OFFSET, LITTLE_ENDIAN),
                        view.getInt(CommandFrameDescriptor.CIRCUIT_ID_OFFSET, LITTLE_ENDIAN))
                .key(keyHi(), keyLo());
        if ((view.getByte(CommandFrameDescriptor.FLAGS_OFFSET) & CommandFrameDescriptor.DRY_RUN_FLAG) != 0) {
            target.dryRun();
        }
        int at = CommandFrameDescriptor.MESSAGE_OFFSET;
        target.message(view, at, frame.length - at);
    }

    DirectBuffer frame() {
        return view();
    }

    private UnsafeBuffer view() {
        return new UnsafeBuffer(frame);
    }
}
