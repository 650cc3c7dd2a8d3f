// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.protocol.sbe.CoreTable;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The rules of {@code ops/docs/commands.md} in their plainest form: says for each input what must come out of a core, and changes itself
 * accordingly. Slow where slow is simpler; nothing of the core is used but the protocol.
 *
 * <p>Threading: one thread at a time.
 */
public final class NaiveCore {
    private static final int FIRST_JOURNALED_CODE = 100;
    private static final int SYSTEM = 0;

    /** What a command needs before its own checks. */
    private record Rule(boolean needsKey, boolean movesMoney, Consumer<Room> room, Function<Call, Effect> decide) {}

    private final World world = new World();
    private final Access access = new Access(world);
    private final ProposalRules proposals = new ProposalRules(world, access);
    private final KeyRules keys;
    private final Room room;
    private final TickRules ticks;
    private final Map<String, Rule> commands = new HashMap<>();
    private final Map<String, Function<Call, Message>> queries = new HashMap<>();

    public NaiveCore(CoreLimits bounds) {
        keys = new KeyRules(world, access, bounds);
        room = new Room(world, keys, bounds);
        PinRules pins = new PinRules(world);
        LifecycleRules lifecycle = new LifecycleRules(world, access, room);
        ticks = new TickRules(world, lifecycle, keys);
        ProgrammeRules programmes = new ProgrammeRules(world, access);
        MerchantRules merchants = new MerchantRules(world, access);
        CardRules cards = new CardRules(world, access, pins, room);
        GrantRules grants = new GrantRules(world, access, room);
        TransferRules transfers = new TransferRules(world, access, room);
        TopUpRules topUps = new TopUpRules(world, room);
        EmergencyRules emergencies = new EmergencyRules(world, access, room, programmes, transfers, topUps);
        addInstallation(new InstallationRules(world, access));
        CommitmentRules commitments = new CommitmentRules(access, programmes);
        VersionRules versions = new VersionRules(world, access, programmes);
        addProposals(programmes, commitments, versions, merchants, transfers, topUps, emergencies);
        addSettlement(programmes, merchants, lifecycle);
        addProgrammes(programmes, commitments, versions);
        addMerchants(merchants);
        addCards(cards, grants);
        addPayments(new PaymentRules(world, access, pins), lifecycle, transfers);
        addQueries(new QueryRules(world, access, room, keys));
    }

    private void addInstallation(InstallationRules installation) {
        keyless("StartInstallation", installation::start);
        command("StepClock", installation::stepClock);
        command("ConfirmClock", installation::confirmClock);
        command("OpenCircuit", room(CoreTable.CIRCUITS, 1, CoreTable.ACCOUNTS, 4), installation::openCircuit);
        command("ResolveKey", keys::resolve);
    }

    private void addSettlement(ProgrammeRules programmes, MerchantRules merchants, LifecycleRules lifecycle) {
        SettlementRules settlements = new SettlementRules(world, access, room);
        LineRules lines = new LineRules(world, access, room);
        PayeeRules payees = new PayeeRules(access, merchants);
        DisputeRules disputes = new DisputeRules(world, access, room, lifecycle);
        command("DrawSettlement", settlements::draw);
        command("DrawLines", settlements::drawLines);
        command("CancelSettlement", settlements::cancel);
        command("ReturnLines", lines::giveBack);
        command("OrderLines", lines::order);
        command("RecordOutcomes", lines::recordOutcomes);
        command("ConfirmPayee", payees::confirm);
        command("OpenDispute", disputes::open);
        proposals.add(ProposalKind.SETTLE, settlements);
        proposals.add(ProposalKind.SET_PAYEE, payees);
        proposals.add(ProposalKind.DECIDE_DISPUTE, disputes);
        proposals.add(ProposalKind.SETTLE_DEBT, new DebtRules(world, programmes, merchants));
    }

    private void addProposals(
            ProgrammeRules programmes,
            CommitmentRules commitments,
            VersionRules versions,
            MerchantRules merchants,
            TransferRules transfers,
            TopUpRules topUps,
            EmergencyRules emergencies) {
        TenureRules tenures = new TenureRules(world, access);
        BatchChunks chunks = new BatchChunks(world, access);
        BatchRules batches = new BatchRules(world, chunks, programmes, topUps);
        TakeBackRules takeBacks = new TakeBackRules(world, programmes, transfers);
        ReversalRules reversals = new ReversalRules(world, chunks, programmes, transfers, takeBacks);
        proposals.add(ProposalKind.APPOINT_OPERATOR, new AppointmentRules(world, room, tenures));
        proposals.add(ProposalKind.GRANT_ROLES, new RoleGrantRules(world, room, tenures));
        command("RetireOperator", tenures::retire);
        command("EndAppointment", tenures::endAppointment);
        proposals.add(ProposalKind.PUBLISH_PROGRAMME, new PublicationRules(programmes));
        proposals.add(ProposalKind.MOVE_FUND, new FundRules(world, programmes));
        proposals.add(ProposalKind.COMMIT_FUND, commitments);
        proposals.add(ProposalKind.TOP_UP, new SingleTopUpRules(programmes, transfers, topUps));
        proposals.add(ProposalKind.TOP_UP_BATCH, batches);
        proposals.add(ProposalKind.CHANGE_RULES, versions);
        proposals.add(ProposalKind.SET_EMERGENCY_FUND, emergencies);
        proposals.add(ProposalKind.EXTEND_PROGRAMME, new ExtensionRules(programmes));
        proposals.add(ProposalKind.TAKE_BACK, takeBacks);
        proposals.add(ProposalKind.TAKE_BACK_BATCH, reversals);
        proposals.add(ProposalKind.CLOSE_WALLET, new ClosureRules(world, room, transfers, topUps, takeBacks));
        proposals.add(ProposalKind.MOVE_RESERVE, new ReserveRules(world));
        proposals.add(ProposalKind.ISSUE_IES, new IssuanceRules(world, transfers));
        proposals.add(ProposalKind.REDEEM_IES, new RedemptionRules(world, transfers, merchants));
        proposals.add(ProposalKind.RESET_PIN, new PinResetRules(world));
        proposals.add(ProposalKind.SET_TARIFF, new TariffRules(world));
        proposals.add(ProposalKind.CONFIGURE_CIRCUIT, new ConfigurationRules(world));
        command("Propose", room(CoreTable.PROPOSALS, 1), proposals::propose);
        command("Approve", proposals::approve);
        command("Reject", proposals::reject);
        command("ExecuteTopUps", batches::executeRows);
        command("ExecuteTakeBacks", reversals::executeRows);
        command("CancelBatch", chunks::cancel);
        command("AwardEmergency", emergencies::award);
        command("ReviewEmergency", emergencies::review);
    }

    private void addProgrammes(ProgrammeRules programmes, CommitmentRules commitments, VersionRules versions) {
        command("CreateProgramme", room(CoreTable.PROGRAMMES, 1, CoreTable.ACCOUNTS, 2), programmes::create);
        command("SetProgrammeStatus", programmes::setStatus);
        command("DraftRules", tables -> tables.requireRules(1), versions::draft);
        command("RecordCash", commitments::recordCash);
    }

    private void addMerchants(MerchantRules merchants) {
        command("RegisterMerchant", room(CoreTable.MERCHANTS, 1), merchants::register);
        command("SetMerchantStatus", merchants::setStatus);
        command("OpenOutlet", room(CoreTable.OUTLETS, 1), merchants::openOutlet);
        command("RegisterTerminal", room(CoreTable.TERMINALS, 1), merchants::registerTerminal);
        command("EnrolTerminal", merchants::enrolTerminal);
        command("RevokeTerminal", merchants::revokeTerminal);
    }

    private void addCards(CardRules cards, GrantRules grants) {
        command("ReplaceFromStock", grants::replaceFromStock);
        command("AddDelegate", grants::addDelegate);
        command("IssueErrand", grants::issueErrand);
        command("AllowPinFree", grants::allowPinFree);
        command("IssueCards", cards::issue);
        command("AssignCard", cards::assign);
        command("ActivateCard", cards::activate);
        command("BlockCard", cards::block);
        command("UnblockCard", cards::unblock);
        command("ReplaceCard", cards::replace);
        command("ChangePin", cards::changePin);
        command("ResetPin", cards::resetPin);
        keyless("VerifyPin", cards::verifyPin);
    }

    private void addPayments(PaymentRules payments, LifecycleRules lifecycle, TransferRules transfers) {
        Consumer<Room> draws = room(CoreTable.PAYMENTS, 1)
                .andThen(room(CoreTable.HOLDS, DrawingRules.DRAWS_MAX, CoreTable.ACCOUNTS, DrawingRules.DRAWS_MAX));
        money("Pay", draws, payments::pay);
        money("CapturePayment", none -> {}, lifecycle::capture);
        money("VoidPayment", none -> {}, lifecycle::voidPayment);
        money("RefundPayment", none -> {}, lifecycle::refund);
        money("Transfer", none -> {}, transfers::transfer);
    }

    private void addQueries(QueryRules views) {
        queries.put("QueryStatus", views::status);
        queries.put("QueryTables", views::tables);
        queries.put("QueryWallet", views::wallet);
        queries.put("QueryCard", views::card);
        queries.put("QueryPayment", views::payment);
        queries.put("QueryTerminal", views::terminal);
        queries.put("QueryOperator", views::operator);
        queries.put("QueryCircuit", views::circuit);
        queries.put("QueryProposal", views::proposal);
        queries.put("QuoteTransfer", views::quote);
    }

    private void command(String name, Function<Call, Effect> decide) {
        command(name, none -> {}, decide);
    }

    private void command(String name, Consumer<Room> room, Function<Call, Effect> decide) {
        commands.put(name, new Rule(true, false, room, decide));
    }

    private void money(String name, Consumer<Room> room, Function<Call, Effect> decide) {
        commands.put(name, new Rule(true, true, room, decide));
    }

    private void keyless(String name, Function<Call, Effect> decide) {
        commands.put(name, new Rule(false, false, none -> {}, decide));
    }

    private static Consumer<Room> room(CoreTable table, int rows) {
        return tables -> tables.require(table, rows);
    }

    private static Consumer<Room> room(CoreTable table, int rows, CoreTable other, int otherRows) {
        return room(table, rows).andThen(room(other, otherRows));
    }

    // ---------------------------------------------------------------- inputs

    /** What must come of a command frame. */
    public Outcome onCommand(long stampMs, int epochDay, Frame frame) {
        Message message = frame.command();
        if (message == null) {
            return answer(ResultCode.MALFORMED, List.of());
        }
        Call call = new Call(frame, message, stampMs, epochDay);
        Function<Call, Message> query = queries.get(message.name());
        if (query != null) {
            return ask(query, call);
        }
        Rule rule = commands.get(message.name());
        if (rule == null) {
            return answer(ResultCode.MALFORMED, List.of());
        }
        Long known = rule.needsKey ? keys.sequenceOf(frame.key()) : null;
        if (known != null && !frame.key().isNone()) {
            return new Outcome.Duplicate(known);
        }
        return decide(rule, call, epochDay);
    }

    private Outcome ask(Function<Call, Message> query, Call call) {
        try {
            return answer(ResultCode.OK, List.of(query.apply(call)));
        } catch (Refused refused) {
            return answer(refused.code, List.of());
        }
    }

    private Outcome decide(Rule rule, Call call, int epochDay) {
        try {
            if (rule.needsKey) {
                checkKey(call);
            }
            Refused.when(rule.movesMoney && world.isClockSuspect, ResultCode.CLOCK_SUSPECT);
            rule.room.accept(room);
            Effect effect = rule.decide.apply(call);
            return call.frame().isDryRun()
                    ? answer(ResultCode.OK, List.of())
                    : record(call.stampMs(), epochDay, call.frame(), rule.needsKey, ResultCode.OK, effect);
        } catch (Refused refused) {
            return refuse(rule, call, epochDay, refused);
        }
    }

    private Outcome refuse(Rule rule, Call call, int epochDay, Refused refused) {
        boolean isJournaled = refused.code.value() >= FIRST_JOURNALED_CODE
                && !call.frame().isDryRun()
                && (rule.needsKey || refused.code == ResultCode.PIN_WRONG);
        return isJournaled
                ? record(call.stampMs(), epochDay, call.frame(), rule.needsKey, refused.code, refused.effect)
                : answer(refused.code, List.of());
    }

    private void checkKey(Call call) {
        Frame.Key key = call.frame().key();
        Refused.when(key.isNone(), ResultCode.IDEMPOTENCY_KEY_MISSING);
        Refused.when(keys.isTooOld(key), ResultCode.IDEMPOTENCY_KEY_TOO_OLD);
        boolean mayBeAhead = world.isClockSuspect && call.command().name().equals("ConfirmClock");
        Refused.when(KeyRules.isInFuture(key, call.stampMs()) && !mayBeAhead, ResultCode.IDEMPOTENCY_KEY_IN_FUTURE);
        keys.requireRoom();
    }

    /** What must come of a tick. */
    public Outcome onTick(long stampMs, int epochDay) {
        List<Message> events = ticks.tick(stampMs);
        return events.isEmpty() ? new Outcome.Nothing() : recordOfTime(stampMs, epochDay, events);
    }

    /** What must come of the host's doubt about the clock. */
    public Outcome onClockSuspected(long fromMs, long toMs, int epochDay) {
        world.isClockSuspect = true;
        Message event = new Message("ClockSuspected").with("fromMs", fromMs).with("toMs", toMs);
        return recordOfTime(Math.max(fromMs, world.lastStampMs), epochDay, List.of(event));
    }

    // ---------------------------------------------------------------- outcomes

    private Outcome answer(ResultCode code, List<Message> views) {
        return new Outcome.Answered(world.lastSequence, code, views);
    }

    private Outcome record(long stampMs, int epochDay, Frame frame, boolean hasKey, ResultCode outcome, Effect effect) {
        List<Message> events = new ArrayList<>();
        effect.apply(events);
        long sequence = next(stampMs);
        if (hasKey) {
            keys.remember(frame.key(), sequence);
        }
        return new Outcome.Recorded(
                sequence,
                stampMs,
                epochDay,
                outcome,
                hasKey ? frame.key() : Frame.Key.NONE,
                frame.fingerprintHi(),
                frame.fingerprintLo(),
                frame.principalKind(),
                frame.principalId(),
                frame.circuitId(),
                frame.templateId(),
                events);
    }

    private Outcome recordOfTime(long stampMs, int epochDay, List<Message> events) {
        return new Outcome.Recorded(
                next(stampMs), stampMs, epochDay, ResultCode.OK, Frame.Key.NONE, 0, 0, SYSTEM, 0, 0, 0, events);
    }

    private long next(long stampMs) {
        world.lastStampMs = stampMs;
        return ++world.lastSequence;
    }

    // ---------------------------------------------------------------- what can be seen

    /** Fails when a circuit has more IES than euro behind it; that nothing is below zero, and debits are credits, each movement sees to. */
    void requireBacking() {
        for (World.Circuit circuit : world.circuits.values()) {
            if (Amounts.isMore(circuit.outstanding(), circuit.reserve.available())) {
                throw new AuditFailed("the model's own books: IES of circuit " + circuit.id + " without a euro");
            }
        }
    }

    public long lastSequence() {
        return world.lastSequence;
    }

    public long lastStampMs() {
        return world.lastStampMs;
    }

    public long clockOffsetMs() {
        return world.clockOffsetMs;
    }

    public boolean isClockSuspect() {
        return world.isClockSuspect;
    }

    World world() {
        return world;
    }
}
