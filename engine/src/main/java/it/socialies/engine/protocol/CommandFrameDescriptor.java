// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.protocol;

/** Layout of a command frame on the command ring; the table is in {@code ops/docs/format.md}. All fields little-endian. */
public final class CommandFrameDescriptor {
    public static final int CORRELATION_ID_OFFSET = 0;
    public static final int KEY_HI_OFFSET = 8;
    public static final int KEY_LO_OFFSET = 16;
    public static final int FINGERPRINT_HI_OFFSET = 24;
    public static final int FINGERPRINT_LO_OFFSET = 32;
    public static final int PRINCIPAL_ID_OFFSET = 40;
    public static final int CIRCUIT_ID_OFFSET = 48;
    public static final int PRINCIPAL_KIND_OFFSET = 52;
    public static final int FLAGS_OFFSET = 53;
    public static final int GATEWAY_ID_OFFSET = 54;
    public static final int MESSAGE_OFFSET = 56;

    /** Flag: say what would happen and change nothing. */
    public static final int DRY_RUN_FLAG = 1;

    /** No command frame is longer. */
    public static final int MAX_FRAME_LENGTH = 16 * 1024;

    private CommandFrameDescriptor() {}
}
