// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

import static it.socialies.verifier.bytes.LittleEndian.i32;
import static it.socialies.verifier.bytes.LittleEndian.i64;
import static it.socialies.verifier.bytes.LittleEndian.u16;
import static it.socialies.verifier.bytes.LittleEndian.u8;

import it.socialies.verifier.history.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event in the body of a record: an SBE message header (block length, template, schema, version: 16 bits each) and its fields at fixed offsets. The offsets are
 * those of {@code ops/docs/format.md}; later versions only append. Immutable, as long as nobody changes the array.
 */
public final class Event {
    public static final int OPERATOR_APPOINTED = 112;
    public static final int PROPOSAL_MADE = 120;
    public static final int PROPOSAL_DECIDED = 121;
    public static final int PROPOSAL_PROGRESSED = 122;
    public static final int ACCOUNT_OPENED = 130;
    public static final int TRANSFER_POSTED = 131;
    public static final int HOLD_PLACED = 132;
    public static final int HOLD_POSTED = 133;
    public static final int HOLD_CAPTURED = 134;
    public static final int HOLD_RELEASED = 135;
    public static final int HOLD_REFUNDED = 136;
    public static final int TOPPED_UP = 152;
    public static final int POCKET_SWEPT = 153;
    public static final int PAYMENT_MADE = 170;
    public static final int PAYMENT_CHANGED = 171;
    public static final int PAYMENT_REJECTED = 172;
    public static final int PAYMENT_CLOSED = 173;
    public static final int TRANSFER_MADE = 180;
    public static final int IES_ISSUED = 181;
    public static final int IES_REDEEMED = 182;
    public static final int RESERVE_MOVED = 183;
    public static final int FUND_MOVED = 184;

    public static final int EMERGENCY_FUND_SET = 190;
    public static final int EMERGENCY_AWARDED = 191;
    public static final int EMERGENCY_REVIEWED = 192;

    public static final int SETTLEMENT_DRAWN = 193;
    public static final int LINE_DRAWN = 194;
    public static final int SETTLEMENT_DECIDED = 195;
    public static final int LINE_RETURNED = 196;
    public static final int LINE_ORDERED = 197;
    public static final int LINE_PAID = 198;
    public static final int LINE_REOPENED = 199;

    public static final int CASH_RECORDED = 221;
    public static final int EXTENSION_BEGUN = 222;
    public static final int PROGRAMME_EXTENDED = 223;
    public static final int POCKET_RESTORED = 230;
    public static final int TAKEN_BACK = 231;
    public static final int POCKET_INHERITED = 233;

    public static final int PAYEE_SET = 253;
    public static final int PAYEE_CONFIRMED = 254;
    public static final int DISPUTE_OPENED = 255;
    public static final int DISPUTE_DECIDED = 256;
    public static final int DEBT_SETTLED = 257;

    private static final int SCHEMA = 4915;
    private static final int HEADER_LENGTH = 8;

    private final byte[] bytes;
    private final int offset;
    private final int length;
    private final int template;

    private Event(byte[] bytes, int offset, int length, int template) {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
        this.template = template;
    }

    /** The events of a record, in order; null when its body is not a row of events. */
    public static @Nullable List<Event> of(Entry entry) {
        List<Event> events = new ArrayList<>();
        int end = entry.offset() + entry.length();
        int at = entry.offset() + Entry.HEADER_LENGTH;
        while (at < end) {
            if (end - at < HEADER_LENGTH) {
                return null;
            }
            int blockLength = u16(entry.bytes(), at);
            int fields = at + HEADER_LENGTH;
            if (u16(entry.bytes(), at + 4) != SCHEMA || blockLength > end - fields) {
                return null;
            }
            events.add(new Event(entry.bytes(), fields, blockLength, u16(entry.bytes(), at + 2)));
            at = fields + blockLength;
        }
        return events;
    }

    public int template() {
        return template;
    }

    /** A 64-bit field at its offset behind the message header. */
    public long i64At(int field) {
        return i64(bytes, checked(field, Long.BYTES));
    }

    public int i32At(int field) {
        return i32(bytes, checked(field, Integer.BYTES));
    }

    public int u8At(int field) {
        return u8(bytes, checked(field, 1));
    }

    private int checked(int field, int width) {
        if (field + width > length) {
            throw new IllegalStateException("event " + template + " is too short for a field at " + field);
        }
        return offset + field;
    }
}
