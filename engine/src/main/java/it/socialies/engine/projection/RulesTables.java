// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.protocol.sbe.GraceEndedDecoder;
import it.socialies.engine.protocol.sbe.GraceGrantedDecoder;
import it.socialies.engine.protocol.sbe.RulesApprovedDecoder;
import it.socialies.engine.protocol.sbe.RulesDraftedDecoder;
import java.util.List;

/** Versions of the rules of programmes, and the pockets that these let be spent behind the end. */
final class RulesTables implements TableGroup {
    private static final long OVER = 0;

    private final RulesDraftedDecoder rulesDrafted = new RulesDraftedDecoder();
    private final RulesApprovedDecoder rulesApproved = new RulesApprovedDecoder();
    private final GraceGrantedDecoder graceGranted = new GraceGrantedDecoder();
    private final GraceEndedDecoder graceEnded = new GraceEndedDecoder();

    private final ColumnBuffer drafts = ColumnBuffer.insert(
            "rules_draft",
            "programme_id",
            "version",
            "circuit_id",
            "effective_ms",
            "categories",
            "cap1",
            "cap2",
            "cap3",
            "cap4",
            "cap5",
            "payment_min",
            "payment_max",
            "day_max",
            "week_max",
            "month_max",
            "shop_day_max",
            "grace_days",
            "indivisible",
            "drafted_ms",
            "sequence");
    private final ColumnBuffer approvals =
            ColumnBuffer.insert("rules_approval", "programme_id", "version", "proposal_id", "approved_ms", "sequence");
    private final ColumnBuffer graces = ColumnBuffer.insert(
            "pocket_grace", "sequence", "index", "wallet_id", "programme_id", "account_id", "until_ms", "timestamp_ms");

    @Override
    public boolean project(final EventCursor event) {
        switch (event.templateId()) {
            case RulesDraftedDecoder.TEMPLATE_ID -> onRulesDrafted(event);
            case RulesApprovedDecoder.TEMPLATE_ID -> {
                rulesApproved.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                approvals.row(
                        rulesApproved.programmeId(),
                        rulesApproved.version(),
                        rulesApproved.proposalId(),
                        event.timestampMs(),
                        event.sequence());
            }
            case GraceGrantedDecoder.TEMPLATE_ID -> {
                graceGranted.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                onGrace(
                        event,
                        graceGranted.walletId(),
                        graceGranted.programmeId(),
                        graceGranted.accountId(),
                        graceGranted.untilMs());
            }
            case GraceEndedDecoder.TEMPLATE_ID -> {
                graceEnded.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                onGrace(event, graceEnded.walletId(), graceEnded.programmeId(), graceEnded.accountId(), OVER);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void onRulesDrafted(final EventCursor event) {
        rulesDrafted.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        drafts.row(
                rulesDrafted.programmeId(),
                rulesDrafted.version(),
                event.circuitId(),
                rulesDrafted.effectiveMs(),
                rulesDrafted.categories(),
                rulesDrafted.cap1(),
                rulesDrafted.cap2(),
                rulesDrafted.cap3(),
                rulesDrafted.cap4(),
                rulesDrafted.cap5(),
                rulesDrafted.paymentMin(),
                rulesDrafted.paymentMax(),
                rulesDrafted.dayMax(),
                rulesDrafted.weekMax(),
                rulesDrafted.monthMax(),
                rulesDrafted.shopDayMax(),
                rulesDrafted.graceDays(),
                rulesDrafted.indivisible(),
                event.timestampMs(),
                event.sequence());
    }

    private void onGrace(
            final EventCursor event,
            final long walletId,
            final long programmeId,
            final long accountId,
            final long untilMs) {
        graces.row(event.sequence(), event.index(), walletId, programmeId, accountId, untilMs, event.timestampMs());
    }

    @Override
    public List<ColumnBuffer> inserts() {
        return List.of(drafts, approvals, graces);
    }

    @Override
    public List<ColumnBuffer> updates() {
        return List.of();
    }
}
