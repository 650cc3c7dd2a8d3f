// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import static java.nio.ByteOrder.BIG_ENDIAN;

import it.socialies.engine.protocol.sbe.MerchantRegisteredDecoder;
import it.socialies.engine.protocol.sbe.MerchantStatus;
import it.socialies.engine.protocol.sbe.MerchantStatusChangedDecoder;
import it.socialies.engine.protocol.sbe.OutletOpenedDecoder;
import it.socialies.engine.protocol.sbe.TerminalEnrolledDecoder;
import it.socialies.engine.protocol.sbe.TerminalRegisteredDecoder;
import it.socialies.engine.protocol.sbe.TerminalRevokedDecoder;
import it.socialies.engine.protocol.sbe.TerminalStatus;
import java.util.List;

/** Merchants, their outlets and terminals. */
final class MerchantTables implements TableGroup {
    private final MerchantRegisteredDecoder merchantRegistered = new MerchantRegisteredDecoder();
    private final MerchantStatusChangedDecoder merchantStatusChanged = new MerchantStatusChangedDecoder();
    private final OutletOpenedDecoder outletOpened = new OutletOpenedDecoder();
    private final TerminalRegisteredDecoder terminalRegistered = new TerminalRegisteredDecoder();
    private final TerminalEnrolledDecoder terminalEnrolled = new TerminalEnrolledDecoder();
    private final TerminalRevokedDecoder terminalRevoked = new TerminalRevokedDecoder();

    private final ColumnBuffer merchants = ColumnBuffer.insert(
            "merchant", "merchant_id", "circuit_id", "category", "status", "registered_ms", "sequence");
    private final ColumnBuffer statuses = ColumnBuffer.update("merchant", "merchant_id", "status");
    private final ColumnBuffer outlets =
            ColumnBuffer.insert("outlet", "outlet_id", "merchant_id", "circuit_id", "opened_ms", "sequence");
    private final ColumnBuffer terminals = ColumnBuffer.insert(
            "terminal", "terminal_id", "outlet_id", "circuit_id", "status", "registered_ms", "sequence");
    private final ColumnBuffer enrolments = new ColumnBuffer(
            "terminal", """
            UPDATE terminal AS t SET status = u.status, enrolled_ms = u.enrolled_ms,
                public_key = int8send(x0) || int8send(x1) || int8send(x2) || int8send(x3) || int8send(y0) || int8send(y1) || int8send(y2) || int8send(y3)
            FROM {rows} WHERE t.terminal_id = u.terminal_id""", "terminal_id", "status", "enrolled_ms", "x0", "x1", "x2", "x3", "y0", "y1", "y2", "y3");
    /** Behind the enrolments: a revoked terminal is never enrolled. */
    private final ColumnBuffer revocations = ColumnBuffer.update("terminal", "terminal_id", "status", "revoked_ms");

    @Override
    public boolean project(final EventCursor event) {
        switch (event.templateId()) {
            case MerchantRegisteredDecoder.TEMPLATE_ID -> {
                merchantRegistered.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                merchants.row(
                        merchantRegistered.merchantId(),
                        merchantRegistered.circuitId(),
                        merchantRegistered.category(),
                        MerchantStatus.ACTIVE.value(),
                        event.timestampMs(),
                        event.sequence());
            }
            case MerchantStatusChangedDecoder.TEMPLATE_ID -> {
                merchantStatusChanged.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                statuses.lastRow(merchantStatusChanged.merchantId(), merchantStatusChanged.statusRaw());
            }
            case OutletOpenedDecoder.TEMPLATE_ID -> {
                outletOpened.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                outlets.row(
                        outletOpened.outletId(),
                        outletOpened.merchantId(),
                        event.circuitId(),
                        event.timestampMs(),
                        event.sequence());
            }
            case TerminalRegisteredDecoder.TEMPLATE_ID -> {
                terminalRegistered.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                terminals.row(
                        terminalRegistered.terminalId(),
                        terminalRegistered.outletId(),
                        event.circuitId(),
                        TerminalStatus.REGISTERED.value(),
                        event.timestampMs(),
                        event.sequence());
            }
            case TerminalEnrolledDecoder.TEMPLATE_ID -> onTerminalEnrolled(event);
            case TerminalRevokedDecoder.TEMPLATE_ID -> {
                terminalRevoked.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                revocations.lastRow(terminalRevoked.terminalId(), TerminalStatus.REVOKED.value(), event.timestampMs());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void onTerminalEnrolled(final EventCursor event) {
        terminalEnrolled.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        final int key = event.offset() + TerminalEnrolledDecoder.publicKeyEncodingOffset();
        enrolments.lastRow(
                terminalEnrolled.terminalId(),
                TerminalStatus.ENROLLED.value(),
                event.timestampMs(),
                event.buffer().getLong(key, BIG_ENDIAN),
                event.buffer().getLong(key + 8, BIG_ENDIAN),
                event.buffer().getLong(key + 16, BIG_ENDIAN),
                event.buffer().getLong(key + 24, BIG_ENDIAN),
                event.buffer().getLong(key + 32, BIG_ENDIAN),
                event.buffer().getLong(key + 40, BIG_ENDIAN),
                event.buffer().getLong(key + 48, BIG_ENDIAN),
                event.buffer().getLong(key + 56, BIG_ENDIAN));
    }

    @Override
    public List<ColumnBuffer> inserts() {
        return List.of(merchants, outlets, terminals);
    }

    @Override
    public List<ColumnBuffer> updates() {
        return List.of(statuses, enrolments, revocations);
    }
}
