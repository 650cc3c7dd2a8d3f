// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.rules;

import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.protocol.sbe.RulesApprovedDecoder;
import it.socialies.engine.protocol.sbe.RulesDraftedDecoder;
import org.agrona.DirectBuffer;

/** Applies the events of rules. */
public final class RulesApplier implements EventApplier {
    private final RulesDraftedDecoder rulesDrafted = new RulesDraftedDecoder();
    private final RulesApprovedDecoder rulesApproved = new RulesApprovedDecoder();
    private final Rules rules;

    /** Applies to this table. */
    public RulesApplier(final Rules rules) {
        this.rules = rules;
    }

    @Override
    public void apply(
            final int templateId,
            final DirectBuffer buffer,
            final int offset,
            final int blockLength,
            final int version,
            final RecordContext record) {
        switch (templateId) {
            case RulesDraftedDecoder.TEMPLATE_ID ->
                rules.draft(rulesDrafted.wrap(buffer, offset, blockLength, version));
            case RulesApprovedDecoder.TEMPLATE_ID -> {
                rulesApproved.wrap(buffer, offset, blockLength, version);
                rules.approve(rulesApproved.programmeId(), rulesApproved.version());
            }
            default -> throw new InvariantViolated("unknown event of rules " + templateId);
        }
    }
}
