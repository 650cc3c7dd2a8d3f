// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.protocol.sbe.ExtensionBegunDecoder;
import it.socialies.engine.protocol.sbe.PocketRestoredDecoder;
import it.socialies.engine.protocol.sbe.ProgrammeExtendedDecoder;
import java.util.List;

/** Programmes that were extended, and the pockets that got their money back. */
final class ExtensionTables implements TableGroup {
    private final ExtensionBegunDecoder extensionBegun = new ExtensionBegunDecoder();
    private final ProgrammeExtendedDecoder programmeExtended = new ProgrammeExtendedDecoder();
    private final PocketRestoredDecoder pocketRestored = new PocketRestoredDecoder();

    private final ColumnBuffer begun = ColumnBuffer.insert(
            "extension_begun",
            "sequence",
            "index",
            "circuit_id",
            "programme_id",
            "until_ms",
            "total",
            "reference",
            "proposal_id",
            "timestamp_ms");
    private final ColumnBuffer extensions = ColumnBuffer.insert(
            "programme_extension", "sequence", "index", "programme_id", "valid_until_ms", "timestamp_ms");
    private final ColumnBuffer restorations = ColumnBuffer.insert(
            "pocket_restoration",
            "sequence",
            "index",
            "wallet_id",
            "programme_id",
            "account_id",
            "amount",
            "timestamp_ms");
    private final ColumnBuffer ends = ColumnBuffer.update("programme", "programme_id", "valid_until_ms");

    @Override
    public boolean project(final EventCursor event) {
        switch (event.templateId()) {
            case ExtensionBegunDecoder.TEMPLATE_ID -> onExtensionBegun(event);
            case ProgrammeExtendedDecoder.TEMPLATE_ID -> onProgrammeExtended(event);
            case PocketRestoredDecoder.TEMPLATE_ID -> onPocketRestored(event);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void onExtensionBegun(final EventCursor event) {
        extensionBegun.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        begun.row(
                event.sequence(),
                event.index(),
                event.circuitId(),
                extensionBegun.programmeId(),
                extensionBegun.untilMs(),
                extensionBegun.total(),
                extensionBegun.reference(),
                extensionBegun.proposalId(),
                event.timestampMs());
    }

    private void onProgrammeExtended(final EventCursor event) {
        programmeExtended.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        extensions.row(
                event.sequence(),
                event.index(),
                programmeExtended.programmeId(),
                programmeExtended.validUntilMs(),
                event.timestampMs());
        ends.lastRow(programmeExtended.programmeId(), programmeExtended.validUntilMs());
    }

    private void onPocketRestored(final EventCursor event) {
        pocketRestored.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        restorations.row(
                event.sequence(),
                event.index(),
                pocketRestored.walletId(),
                pocketRestored.programmeId(),
                pocketRestored.accountId(),
                pocketRestored.amount(),
                event.timestampMs());
    }

    @Override
    public List<ColumnBuffer> inserts() {
        return List.of(begun, extensions, restorations);
    }

    @Override
    public List<ColumnBuffer> updates() {
        return List.of(ends);
    }
}
