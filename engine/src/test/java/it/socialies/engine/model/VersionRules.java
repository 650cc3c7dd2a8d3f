// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.math.BigInteger;
import java.util.List;

/** {@code DraftRules}, and CHANGE_RULES, which puts a draft in force. */
final class VersionRules implements ProposalRules.Kind {
    private static final int VERSIONS_MAX = 1000;
    private static final int WAITING_MAX = 4;
    private static final int GRACE_DAYS_MAX = 366;
    private static final List<String> MAXIMA = List.of("paymentMax", "dayMax", "weekMax", "monthMax", "shopDayMax");

    private final World world;
    private final Access access;
    private final ProgrammeRules programmes;

    VersionRules(World world, Access access, ProgrammeRules programmes) {
        this.world = world;
        this.access = access;
        this.programmes = programmes;
    }

    Effect draft(Call call) {
        access.require(call, Access.SOCIAL | Access.ADMIN);
        Message terms = call.command();
        Refused.unless(isSane(terms), ResultCode.INVALID_FIELD);
        World.Programme programme = programmes.require(call.number("programmeId"), call.circuitId());
        Refused.when(programme.hasEnded(call.stampMs()), ResultCode.PROGRAMME_EXPIRED);
        int version = programme.versions.size() + 1;
        Refused.when(version > VERSIONS_MAX, ResultCode.LIMIT_EXCEEDED);
        return events -> {
            programme.versions.add(rules(version, terms));
            world.rulesDrafted++;
            Message drafted = new Message("RulesDrafted").with("version", version);
            for (String field : List.of(
                    "programmeId",
                    "effectiveMs",
                    "categories",
                    "cap1",
                    "cap2",
                    "cap3",
                    "cap4",
                    "cap5",
                    "paymentMin",
                    "paymentMax",
                    "dayMax",
                    "weekMax",
                    "monthMax",
                    "shopDayMax",
                    "graceDays",
                    "indivisible")) {
                drafted.with(field, terms.number(field));
            }
            events.add(drafted);
        };
    }

    private static boolean isSane(Message terms) {
        boolean isSane = terms.number("categories") != 0
                && terms.number("effectiveMs") > 0
                && terms.number("graceDays") >= 0
                && terms.number("graceDays") <= GRACE_DAYS_MAX
                && isAmount(terms.amount("paymentMin"));
        for (int i = 1; i <= ProgrammeRules.HOUSEHOLDS; i++) {
            isSane &= isAmount(terms.amount("cap" + i));
        }
        for (String field : MAXIMA) {
            BigInteger maximum = terms.amount(field);
            boolean isNone = maximum.signum() == 0;
            boolean isPossible =
                    terms.number("indivisible") == 0 && !Amounts.isMore(terms.amount("paymentMin"), maximum);
            isSane &= isAmount(maximum) && (isNone || isPossible);
        }
        return isSane;
    }

    private static boolean isAmount(BigInteger amount) {
        return amount.signum() >= 0 && !Amounts.isMore(amount, Amounts.MAX);
    }

    private static World.Rules rules(int version, Message terms) {
        BigInteger[] caps = new BigInteger[ProgrammeRules.HOUSEHOLDS];
        for (int i = 0; i < caps.length; i++) {
            caps[i] = terms.amount("cap" + (i + 1));
        }
        World.Rules rules = new World.Rules(version, terms.number("effectiveMs"), terms.number("categories"), caps);
        rules.paymentMin = terms.amount("paymentMin");
        rules.paymentMax = terms.amount("paymentMax");
        rules.dayMax = terms.amount("dayMax");
        rules.weekMax = terms.amount("weekMax");
        rules.monthMax = terms.amount("monthMax");
        rules.shopDayMax = terms.amount("shopDayMax");
        rules.graceDays = (int) terms.number("graceDays");
        rules.isIndivisible = terms.number("indivisible") != 0;
        return rules;
    }

    @Override
    public int proposers() {
        return Access.ADMIN | Access.SOCIAL;
    }

    @Override
    public int approvers() {
        return Access.ADMIN | Access.SOCIAL;
    }

    @Override
    public void checkTerms(Message terms) {
        // Nothing that is wrong in itself: subject and target are looked up.
    }

    private World.Programme programme(ProposalRules.Terms terms) {
        return programmes.require(terms.number("subjectId"), terms.circuitId());
    }

    private World.Rules drafted(ProposalRules.Terms terms) {
        long version = terms.number("targetId");
        List<World.Rules> versions = programme(terms).versions;
        Refused.unless(version >= 2 && version <= versions.size(), ResultCode.NOT_FOUND);
        return versions.get((int) version - 1);
    }

    @Override
    public void check(ProposalRules.Terms terms) {
        World.Programme programme = programme(terms);
        Refused.unless(drafted(terms).approvedAs == 0, ResultCode.RULES_STATE_CONFLICT);
        Refused.when(programme.hasEnded(terms.stampMs()), ResultCode.PROGRAMME_EXPIRED);
    }

    @Override
    public void checkApproval(ProposalRules.Terms terms) {
        World.Programme programme = programme(terms);
        boolean isDraft = programme.status == ProgrammeStatus.DRAFT;
        Refused.when(!isDraft && drafted(terms).effectiveMs < terms.stampMs(), ResultCode.RULES_TOO_LATE);
        long waiting = programme.versions.stream()
                .filter(rules -> rules.approvedAs > 0 && rules.effectiveMs > terms.stampMs())
                .count();
        Refused.when(waiting >= WAITING_MAX, ResultCode.LIMIT_EXCEEDED);
    }

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {
        World.Programme programme = programme(terms);
        World.Rules rules = drafted(terms);
        rules.approvedAs = 1
                + programme.versions.stream()
                        .mapToInt(other -> other.approvedAs)
                        .max()
                        .orElse(0);
        events.add(new Message("RulesApproved")
                .with("programmeId", programme.id)
                .with("version", rules.version)
                .with("proposalId", terms.proposalId()));
    }
}
