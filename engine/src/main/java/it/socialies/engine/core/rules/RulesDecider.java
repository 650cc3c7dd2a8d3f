// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.rules;

import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Decider;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.protocol.sbe.DraftRulesDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.RulesDraftedEncoder;

/** Decides DraftRules: a version that changes nothing until a second person approves it. */
public final class RulesDecider implements Decider {
    private static final int MAX_GRACE_DAYS = 366;

    private final DraftRulesDecoder draftRules = new DraftRulesDecoder();
    private final RulesDraftedEncoder rulesDrafted = new RulesDraftedEncoder();
    private final EventWriter events;
    private final Programmes programmes;
    private final Rules rules;
    private final Access access;

    /** Decides on these tables. */
    public RulesDecider(final EventWriter events, final Programmes programmes, final Rules rules, final Access access) {
        this.events = events;
        this.programmes = programmes;
        this.rules = rules;
        this.access = access;
    }

    @Override
    public ResultCode decide(final CommandContext command) {
        if (rules.isFull()) {
            return ResultCode.LIMIT_REACHED;
        }
        final ResultCode may = access.operator(command, Roles.SOCIAL | Roles.ADMIN);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(draftRules);
        if (!isValid()) {
            return ResultCode.INVALID_FIELD;
        }
        final long id = draftRules.programmeId();
        if (!programmes.exists(id, command.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        if (programmes.hasEnded(id, command.timestampMs())) {
            return ResultCode.PROGRAMME_EXPIRED;
        }
        if (rules.lastVersion(id) >= Rules.MAX_VERSIONS) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        if (!command.isDryRun()) {
            drafted(id);
        }
        return ResultCode.OK;
    }

    private void drafted(final long id) {
        events.start(rulesDrafted)
                .programmeId(id)
                .effectiveMs(draftRules.effectiveMs())
                .categories(draftRules.categories())
                .cap1(draftRules.cap1())
                .cap2(draftRules.cap2())
                .cap3(draftRules.cap3())
                .cap4(draftRules.cap4())
                .cap5(draftRules.cap5())
                .paymentMin(draftRules.paymentMin())
                .paymentMax(draftRules.paymentMax())
                .dayMax(draftRules.dayMax())
                .weekMax(draftRules.weekMax())
                .monthMax(draftRules.monthMax())
                .shopDayMax(draftRules.shopDayMax())
                .graceDays(draftRules.graceDays())
                .indivisible(draftRules.indivisible())
                .version(rules.lastVersion(id) + 1);
        events.end();
    }

    private boolean isValid() {
        return draftRules.categories() != 0
                && draftRules.effectiveMs() > 0
                && areCapsValid()
                && areLimitsValid()
                && draftRules.graceDays() >= 0
                && draftRules.graceDays() <= MAX_GRACE_DAYS;
    }

    private boolean areCapsValid() {
        return Amounts.isLimit(draftRules.cap1())
                && Amounts.isLimit(draftRules.cap2())
                && Amounts.isLimit(draftRules.cap3())
                && Amounts.isLimit(draftRules.cap4())
                && Amounts.isLimit(draftRules.cap5());
    }

    private boolean areLimitsValid() {
        return Amounts.isLimit(draftRules.paymentMin())
                && isMaximum(draftRules.paymentMax())
                && isMaximum(draftRules.dayMax())
                && isMaximum(draftRules.weekMax())
                && isMaximum(draftRules.monthMax())
                && isMaximum(draftRules.shopDayMax());
    }

    /** No limit, or one that lets the smallest payment through; what is spent whole or not at all has none. */
    private boolean isMaximum(final long maximum) {
        return maximum == 0
                || (Amounts.isPositive(maximum) && maximum >= draftRules.paymentMin() && draftRules.indivisible() == 0);
    }
}
