// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.protocol;

/** Layout of a record header; the table is in {@code ops/docs/format.md}. All fields little-endian. */
public final class RecordDescriptor {
    public static final int LENGTH_OFFSET = 0;
    public static final int CRC_OFFSET = 4;
    public static final int SEQUENCE_OFFSET = 8;
    public static final int TIMESTAMP_OFFSET = 16;
    public static final int EPOCH_DAY_OFFSET = 24;
    public static final int OUTCOME_OFFSET = 28;
    public static final int RULES_VERSION_OFFSET = 30;
    public static final int KEY_HI_OFFSET = 32;
    public static final int KEY_LO_OFFSET = 40;
    public static final int FINGERPRINT_HI_OFFSET = 48;
    public static final int FINGERPRINT_LO_OFFSET = 56;
    public static final int PRINCIPAL_ID_OFFSET = 64;
    public static final int CIRCUIT_ID_OFFSET = 72;
    public static final int COMMAND_TEMPLATE_OFFSET = 76;
    public static final int PRINCIPAL_KIND_OFFSET = 78;
    public static final int HEADER_LENGTH = 80;

    /** Records start on multiples of this inside a batch. */
    public static final int ALIGNMENT = 8;

    /** No record is longer: it bounds the bounded steps of the core. */
    public static final int MAX_RECORD_LENGTH = 32 * 1024;

    private RecordDescriptor() {}
}
