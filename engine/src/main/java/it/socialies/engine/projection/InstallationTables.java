// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.protocol.sbe.CircuitConfiguredDecoder;
import it.socialies.engine.protocol.sbe.CircuitOpenedDecoder;
import it.socialies.engine.protocol.sbe.ClockConfirmedDecoder;
import it.socialies.engine.protocol.sbe.ClockSteppedDecoder;
import it.socialies.engine.protocol.sbe.ClockSuspectedDecoder;
import it.socialies.engine.protocol.sbe.InstallationStartedDecoder;
import it.socialies.engine.protocol.sbe.OperatorAppointedDecoder;
import it.socialies.engine.protocol.sbe.SetupClosedDecoder;
import it.socialies.engine.protocol.sbe.TariffSetDecoder;
import it.socialies.engine.protocol.sbe.UnitRegisteredDecoder;
import it.socialies.engine.protocol.sbe.WatermarkRaisedDecoder;
import java.util.List;

/** The installation and its clock, circuits with their units and settings, operators. */
final class InstallationTables implements TableGroup {
    private static final long INSTALLATION = 1;

    private final InstallationStartedDecoder installationStarted = new InstallationStartedDecoder();
    private final ClockSteppedDecoder clockStepped = new ClockSteppedDecoder();
    private final WatermarkRaisedDecoder watermarkRaised = new WatermarkRaisedDecoder();
    private final CircuitOpenedDecoder circuitOpened = new CircuitOpenedDecoder();
    private final UnitRegisteredDecoder unitRegistered = new UnitRegisteredDecoder();
    private final OperatorAppointedDecoder operatorAppointed = new OperatorAppointedDecoder();
    private final CircuitConfiguredDecoder circuitConfigured = new CircuitConfiguredDecoder();
    private final TariffSetDecoder tariffSet = new TariffSetDecoder();
    private final SetupClosedDecoder setupClosed = new SetupClosedDecoder();

    private final ColumnBuffer modes = ofInstallation("mode = u.value");
    private final ColumnBuffer clockOffsets = ofInstallation("clock_offset_ms = u.value");
    private final ColumnBuffer clockSuspicions = ofInstallation("clock_suspect = u.value <> 0");
    private final ColumnBuffer watermarks = ofInstallation("watermark_ms = u.value, watermark_sequence = u.sequence");
    private final ColumnBuffer circuits =
            ColumnBuffer.insert("circuit", "circuit_id", "reference", "opened_ms", "sequence");
    private final ColumnBuffer units = ColumnBuffer.insert("unit", "circuit_id", "unit", "scale");
    private final ColumnBuffer operators = new ColumnBuffer(
            "operator",
            """
            INSERT INTO operator AS t (operator_id, circuit_id, person_id, roles, effective_at_ms, appointed_ms, sequence)
            SELECT * FROM {rows}
            ON CONFLICT (operator_id) DO UPDATE SET circuit_id = excluded.circuit_id, person_id = excluded.person_id, roles = excluded.roles,
                effective_at_ms = excluded.effective_at_ms, appointed_ms = excluded.appointed_ms, sequence = excluded.sequence""",
            "operator_id",
            "circuit_id",
            "person_id",
            "roles",
            "effective_at_ms",
            "appointed_ms",
            "sequence");
    private final ColumnBuffer appointments = ColumnBuffer.insert(
            "operator_appointment",
            "sequence",
            "index",
            "operator_id",
            "circuit_id",
            "person_id",
            "roles",
            "effective_at_ms",
            "timestamp_ms");
    private final ColumnBuffer settings = ColumnBuffer.update("circuit", "circuit_id", "flags", "legal_basis");
    private final ColumnBuffer tariffs =
            ColumnBuffer.update("circuit", "circuit_id", "tariff_flat", "tariff_basis_points");
    private final ColumnBuffer setupsClosed = new ColumnBuffer(
            "circuit",
            "UPDATE circuit AS t SET setup_open = false FROM {rows} WHERE t.circuit_id = u.circuit_id",
            "circuit_id");

    private static ColumnBuffer ofInstallation(final String assignment) {
        return new ColumnBuffer(
                "installation",
                "UPDATE installation SET " + assignment + " FROM {rows} WHERE u.only_row = " + INSTALLATION,
                "only_row",
                "value",
                "sequence");
    }

    @Override
    public boolean project(final EventCursor event) {
        switch (event.templateId()) {
            case InstallationStartedDecoder.TEMPLATE_ID -> {
                installationStarted.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                modes.lastRow(INSTALLATION, installationStarted.modeRaw(), event.sequence());
            }
            case ClockSteppedDecoder.TEMPLATE_ID -> {
                clockStepped.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                clockOffsets.lastRow(INSTALLATION, clockStepped.offsetMs(), event.sequence());
                // A step that an operator ordered also confirms the clock.
                clockSuspicions.lastRow(INSTALLATION, 0, event.sequence());
            }
            case ClockSuspectedDecoder.TEMPLATE_ID -> clockSuspicions.lastRow(INSTALLATION, 1, event.sequence());
            case ClockConfirmedDecoder.TEMPLATE_ID -> clockSuspicions.lastRow(INSTALLATION, 0, event.sequence());
            case WatermarkRaisedDecoder.TEMPLATE_ID -> {
                watermarkRaised.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                watermarks.lastRow(INSTALLATION, watermarkRaised.watermarkMs(), event.sequence());
            }
            case CircuitOpenedDecoder.TEMPLATE_ID -> {
                circuitOpened.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                circuits.row(
                        circuitOpened.circuitId(), circuitOpened.reference(), event.timestampMs(), event.sequence());
            }
            case UnitRegisteredDecoder.TEMPLATE_ID -> {
                unitRegistered.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                units.row(unitRegistered.circuitId(), unitRegistered.unitRaw(), unitRegistered.scale());
            }
            case OperatorAppointedDecoder.TEMPLATE_ID -> onOperatorAppointed(event);
            case CircuitConfiguredDecoder.TEMPLATE_ID -> {
                circuitConfigured.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                settings.lastRow(
                        circuitConfigured.circuitId(), circuitConfigured.flags(), circuitConfigured.legalBasis());
            }
            case TariffSetDecoder.TEMPLATE_ID -> {
                tariffSet.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                tariffs.lastRow(tariffSet.circuitId(), tariffSet.flat(), tariffSet.basisPoints());
            }
            case SetupClosedDecoder.TEMPLATE_ID -> {
                setupClosed.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                setupsClosed.lastRow(setupClosed.circuitId());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void onOperatorAppointed(final EventCursor event) {
        operatorAppointed.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        operators.lastRow(
                operatorAppointed.operatorId(),
                operatorAppointed.circuitId(),
                operatorAppointed.personId(),
                operatorAppointed.roles(),
                operatorAppointed.effectiveAtMs(),
                event.timestampMs(),
                event.sequence());
        appointments.row(
                event.sequence(),
                event.index(),
                operatorAppointed.operatorId(),
                operatorAppointed.circuitId(),
                operatorAppointed.personId(),
                operatorAppointed.roles(),
                operatorAppointed.effectiveAtMs(),
                event.timestampMs());
    }

    @Override
    public List<ColumnBuffer> inserts() {
        return List.of(circuits, units, operators, appointments);
    }

    @Override
    public List<ColumnBuffer> updates() {
        return List.of(modes, clockOffsets, clockSuspicions, watermarks, settings, tariffs, setupsClosed);
    }
}
