// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.protocol.sbe.EmergencyAwardedDecoder;
import it.socialies.engine.protocol.sbe.EmergencyFundSetDecoder;
import it.socialies.engine.protocol.sbe.EmergencyReviewedDecoder;
import it.socialies.engine.protocol.sbe.ToppedUpDecoder;
import java.util.List;

/** Emergency funds, awards out of them and reviews. It must hear of top-ups before who keeps their rows: an award follows its own in the same record. */
final class EmergencyTables implements TableGroup {
    private final EmergencyFundSetDecoder emergencyFundSet = new EmergencyFundSetDecoder();
    private final EmergencyAwardedDecoder emergencyAwarded = new EmergencyAwardedDecoder();
    private final EmergencyReviewedDecoder emergencyReviewed = new EmergencyReviewedDecoder();
    private final ToppedUpDecoder toppedUp = new ToppedUpDecoder();

    private final ColumnBuffer funds = ColumnBuffer.insert(
            "emergency_fund",
            "programme_id",
            "circuit_id",
            "month_max",
            "review_days",
            "reference",
            "proposal_id",
            "set_ms",
            "sequence");
    private final ColumnBuffer awards = ColumnBuffer.insert(
            "emergency_award",
            "award_id",
            "circuit_id",
            "programme_id",
            "wallet_id",
            "household_id",
            "account_id",
            "amount",
            "month",
            "reference",
            "operator_id",
            "awarded_ms",
            "sequence",
            "review_by_ms");
    private final ColumnBuffer reviews = ColumnBuffer.update(
            "emergency_award", "award_id", "verdict", "reviewed_by", "reviewed_ms", "reviewed_sequence");

    /** Pocket of the top-up seen last. */
    private long toppedUpAccountId;

    @Override
    public boolean project(final EventCursor event) {
        switch (event.templateId()) {
            case ToppedUpDecoder.TEMPLATE_ID -> {
                toppedUp.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                toppedUpAccountId = toppedUp.accountId();
                return false;
            }
            case EmergencyFundSetDecoder.TEMPLATE_ID -> onEmergencyFundSet(event);
            case EmergencyAwardedDecoder.TEMPLATE_ID -> onEmergencyAwarded(event);
            case EmergencyReviewedDecoder.TEMPLATE_ID -> {
                emergencyReviewed.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                reviews.lastRow(
                        emergencyReviewed.awardId(),
                        emergencyReviewed.verdictRaw(),
                        emergencyReviewed.operatorId(),
                        event.timestampMs(),
                        event.sequence());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void onEmergencyFundSet(final EventCursor event) {
        emergencyFundSet.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        funds.row(
                emergencyFundSet.programmeId(),
                event.circuitId(),
                emergencyFundSet.monthMax(),
                emergencyFundSet.reviewDays(),
                emergencyFundSet.reference(),
                emergencyFundSet.proposalId(),
                event.timestampMs(),
                event.sequence());
    }

    private void onEmergencyAwarded(final EventCursor event) {
        emergencyAwarded.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        awards.row(
                emergencyAwarded.awardId(),
                event.circuitId(),
                emergencyAwarded.programmeId(),
                emergencyAwarded.walletId(),
                emergencyAwarded.householdId(),
                toppedUpAccountId,
                emergencyAwarded.amount(),
                emergencyAwarded.month(),
                emergencyAwarded.reference(),
                emergencyAwarded.operatorId(),
                event.timestampMs(),
                event.sequence(),
                emergencyAwarded.reviewByMs());
    }

    @Override
    public List<ColumnBuffer> inserts() {
        return List.of(funds, awards);
    }

    @Override
    public List<ColumnBuffer> updates() {
        return List.of(reviews);
    }
}
