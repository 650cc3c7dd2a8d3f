// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.batch;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.protocol.BatchDescriptor;
import org.agrona.DirectBuffer;

/** Reads the fields of a batch header in place. Stateless. */
public final class BatchView {
    private BatchView() {}

    public static int flags(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + BatchDescriptor.FLAGS_OFFSET, LITTLE_ENDIAN);
    }

    public static long logPosition(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + BatchDescriptor.LOG_POSITION_OFFSET, LITTLE_ENDIAN);
    }

    public static long firstSequence(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + BatchDescriptor.FIRST_SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    public static int count(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + BatchDescriptor.COUNT_OFFSET, LITTLE_ENDIAN);
    }

    public static long lastSequence(DirectBuffer buffer, int offset) {
        return firstSequence(buffer, offset) + count(buffer, offset) - 1;
    }

    public static int bodyLength(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + BatchDescriptor.BODY_LENGTH_OFFSET, LITTLE_ENDIAN);
    }

    /** Header and body, in bytes. */
    public static int length(DirectBuffer buffer, int offset) {
        return BatchDescriptor.HEADER_LENGTH + bodyLength(buffer, offset);
    }

    /** The chain that the batch says it continues. */
    public static Chain chainBefore(DirectBuffer buffer, int offset) {
        byte[] hash = new byte[BatchDescriptor.HASH_LENGTH];
        buffer.getBytes(offset + BatchDescriptor.PREVIOUS_CHAIN_OFFSET, hash);
        return new Chain(firstSequence(buffer, offset) - 1, hash);
    }

    public static long mark(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + BatchDescriptor.MARK_OFFSET, LITTLE_ENDIAN);
    }

    /** Sets {@code to} to the chain behind the batch, as its header claims it. */
    public static void chain(DirectBuffer buffer, int offset, Hasher hasher, Chain to) {
        to.copyFrom(chainBefore(buffer, offset));
        if (count(buffer, offset) > 0) {
            byte[] hash = new byte[BatchDescriptor.HASH_LENGTH];
            buffer.getBytes(offset + BatchDescriptor.MERKLE_ROOT_OFFSET, hash);
            hasher.link(to, hash, firstSequence(buffer, offset), count(buffer, offset));
        }
    }

    /** Position in the commit log behind the blocks of this batch. */
    public static long endPosition(DirectBuffer buffer, int offset) {
        return logPosition(buffer, offset) + BatchDescriptor.blocksLength(length(buffer, offset));
    }
}
