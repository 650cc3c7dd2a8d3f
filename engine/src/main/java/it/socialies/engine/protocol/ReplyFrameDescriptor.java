// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.protocol;

/** Layout of a reply frame on a reply ring; the table is in {@code ops/docs/format.md}. All fields little-endian. */
public final class ReplyFrameDescriptor {
    public static final int CORRELATION_ID_OFFSET = 0;
    public static final int KIND_OFFSET = 8;
    public static final int CODE_OFFSET = 10;
    public static final int SEQUENCE_OFFSET = 16;
    public static final int BODY_OFFSET = 24;

    /** The journaled answer: the body is the record. */
    public static final int KIND_RECORD = 1;

    /** The journaled answer again, because the key was known. */
    public static final int KIND_RECORD_HIT = 2;

    /** A view, a dry run or a refusal that is not journaled: the body is zero or more messages. */
    public static final int KIND_ANSWER = 3;

    private ReplyFrameDescriptor() {}
}
