// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.core.approvals.ProposalApplier;
import it.socialies.engine.core.approvals.Proposals;
import it.socialies.engine.core.cards.CardApplier;
import it.socialies.engine.core.cards.CardGrantApplier;
import it.socialies.engine.core.cards.CardGrants;
import it.socialies.engine.core.cards.Cards;
import it.socialies.engine.core.cards.Pins;
import it.socialies.engine.core.cards.Wallets;
import it.socialies.engine.core.circuit.CircuitApplier;
import it.socialies.engine.core.circuit.Circuits;
import it.socialies.engine.core.circuit.DatedRoles;
import it.socialies.engine.core.circuit.Installation;
import it.socialies.engine.core.circuit.InstallationApplier;
import it.socialies.engine.core.circuit.OperatorApplier;
import it.socialies.engine.core.circuit.Operators;
import it.socialies.engine.core.closures.ReturnApplier;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.emergency.EmergencyApplier;
import it.socialies.engine.core.emergency.EmergencyAwards;
import it.socialies.engine.core.emergency.EmergencyFunds;
import it.socialies.engine.core.extensions.ExtensionApplier;
import it.socialies.engine.core.funds.Commitments;
import it.socialies.engine.core.funds.FundApplier;
import it.socialies.engine.core.idempotency.KeyApplier;
import it.socialies.engine.core.idempotency.KeyWindow;
import it.socialies.engine.core.ies.IesApplier;
import it.socialies.engine.core.ies.TransferCount;
import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.ledger.Holds;
import it.socialies.engine.core.ledger.LedgerApplier;
import it.socialies.engine.core.merchants.MerchantApplier;
import it.socialies.engine.core.merchants.Merchants;
import it.socialies.engine.core.merchants.Payables;
import it.socialies.engine.core.merchants.Terminals;
import it.socialies.engine.core.payments.PaymentApplier;
import it.socialies.engine.core.payments.Payments;
import it.socialies.engine.core.programmes.ProgrammeApplier;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.core.rules.Rules;
import it.socialies.engine.core.rules.RulesApplier;
import it.socialies.engine.core.spending.ShopDays;
import it.socialies.engine.core.spending.Spending;
import it.socialies.engine.core.vouchers.GraceApplier;
import it.socialies.engine.core.vouchers.Pockets;
import it.socialies.engine.core.vouchers.VoucherApplier;
import it.socialies.engine.protocol.EntityHash;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.KeyBurnedDecoder;
import it.socialies.engine.protocol.sbe.KeyResolvedDecoder;
import it.socialies.engine.protocol.sbe.WatermarkRaisedDecoder;
import org.agrona.DirectBuffer;

/** All tables of the core, and the one way in which they change: by events. Event templates go by tens, a ten a capability. */
final class CoreState implements EventApplier, StateTable {
    private static final int FIRST_EVENT = 100;
    private static final int TEMPLATES_A_CAPABILITY = 10;
    private static final int INITIAL_KEYS = 1024;

    final HashSums sums = new HashSums();
    final Installation installation = new Installation();
    final KeyWindow keys;
    final Accounts accounts;
    final Holds holds;
    final Circuits circuits;
    final Operators operators;
    final DatedRoles datedRoles;
    final Proposals proposals;
    final Merchants merchants;
    final Terminals terminals;
    final Payables payables = new Payables();
    final Wallets wallets;
    final Cards cards;
    final Pins pins;
    final CardGrants cardGrants;
    final Programmes programmes;
    final Commitments commitments;
    final Pockets pockets;
    final Rules rules;
    final Spending spending;
    final ShopDays shopDays;
    final EmergencyFunds emergencyFunds;
    final EmergencyAwards emergencyAwards;
    final Payments payments;
    final TransferCount transferCount = new TransferCount();
    private final InstallationApplier installationApplier = new InstallationApplier(installation);
    private final KeyApplier keyApplier;
    private final ProgrammeApplier programmeApplier;
    private final VoucherApplier voucherApplier;
    private final FundApplier fundApplier;
    private final RulesApplier rulesApplier;
    private final ExtensionApplier extensionApplier;
    private final ReturnApplier returnApplier;
    private final GraceApplier graceApplier;
    private final EventApplier[] appliers;

    /** All with a state that snapshots hold, in their order there. */
    private final StateTable[] tables;

    CoreState(final CoreLimits limits, final long layoutSeed) {
        keys = new KeyWindow(INITIAL_KEYS, limits.keys(), layoutSeed);
        keyApplier = new KeyApplier(keys);
        accounts = new Accounts(limits.accounts(), limits.circuits(), sums);
        holds = new Holds(limits.holds(), sums);
        circuits = new Circuits(limits.circuits(), sums, accounts);
        operators = new Operators(limits.operators(), sums);
        datedRoles = new DatedRoles(limits.operators(), sums);
        proposals = new Proposals(limits.proposals(), sums);
        merchants = new Merchants(limits.merchants(), sums);
        terminals = new Terminals(limits.outlets(), limits.terminals(), sums);
        wallets = new Wallets(limits.wallets(), sums);
        cards = new Cards(limits.cards(), sums);
        pins = new Pins(limits.cards(), cards, sums);
        cardGrants = new CardGrants(limits.cards(), limits.wallets(), cards, wallets, sums);
        programmes = new Programmes(limits.programmes(), sums);
        commitments = new Commitments(limits.programmes(), programmes, accounts, sums);
        pockets = new Pockets(
                limits.pockets(), limits.accounts(), limits.wallets(), limits.programmes(), programmes, sums);
        rules = new Rules(limits.holds(), limits.programmes(), programmes, sums);
        spending = new Spending(limits.pockets(), sums);
        shopDays = new ShopDays(limits.holds(), limits.pockets(), sums);
        emergencyFunds = new EmergencyFunds(limits.programmes(), programmes, sums);
        emergencyAwards = new EmergencyAwards(limits.proposals(), sums);
        programmeApplier = new ProgrammeApplier(programmes);
        voucherApplier = new VoucherApplier(pockets);
        fundApplier = new FundApplier(commitments);
        rulesApplier = new RulesApplier(rules);
        extensionApplier = new ExtensionApplier(programmes, pockets);
        returnApplier = new ReturnApplier(wallets, pockets);
        graceApplier = new GraceApplier(pockets);
        payments = new Payments(limits.payments(), sums);
        final AccountRouter router = new AccountRouter(
                accounts, circuits, wallets, payables, programmes, pockets, rules, spending, shopDays);
        appliers = new EventApplier[] {
            this::applyInstallationOrKey,
            new CircuitApplier(circuits, operators),
            new ProposalApplier(proposals),
            new LedgerApplier(accounts, holds, router),
            new MerchantApplier(merchants, terminals),
            this::applyProgrammeOrVoucher,
            new CardApplier(wallets, cards, pins, cardGrants),
            new PaymentApplier(payments, holds),
            new IesApplier(circuits, transferCount),
            new EmergencyApplier(emergencyFunds, emergencyAwards),
            this::applyUnknown,
            this::applyUnknown,
            this::applyFundOrExtension,
            this::applyRestorationOrReturn,
            new CardGrantApplier(cards, cardGrants),
            new OperatorApplier(operators, datedRoles),
        };
        tables = new StateTable[] {
            installation,
            keys,
            accounts,
            holds,
            circuits,
            operators,
            proposals,
            merchants,
            terminals,
            wallets,
            cards,
            pins,
            programmes,
            pockets,
            payments,
            transferCount,
            commitments,
            cardGrants,
            datedRoles,
            rules,
            spending,
            shopDays,
            emergencyFunds,
            emergencyAwards,
        };
    }

    @Override
    public void apply(
            final int templateId,
            final DirectBuffer buffer,
            final int offset,
            final int blockLength,
            final int version,
            final RecordContext record) {
        final int capability = (templateId - FIRST_EVENT) / TEMPLATES_A_CAPABILITY;
        if (templateId < FIRST_EVENT || capability >= appliers.length) {
            throw unknown(templateId, record);
        }
        appliers[capability].apply(templateId, buffer, offset, blockLength, version, record);
    }

    @Override
    public void visit(final StateFields fields) {
        for (final StateTable table : tables) {
            table.visit(fields);
        }
    }

    @Override
    public void rebuild() {
        for (final StateTable table : tables) {
            table.rebuild();
        }
        for (long id = 1; id <= accounts.count(); id++) {
            if (accounts.kind(id) == AccountKind.PAYABLE.value()) {
                payables.add(accounts.ownerId(id), accounts.programmeId(id), id);
            }
        }
    }

    long coreHash(final long sequence, final long timestampMs) {
        long h = EntityHash.start(EntityHash.FIRST_CORE_ONLY_TAG);
        h = EntityHash.add(h, sequence);
        h = EntityHash.add(h, timestampMs);
        h = EntityHash.add(h, transferCount.count());
        h = EntityHash.add(h, payments.lastId());
        h = EntityHash.add(h, holds.lastId());
        return sums.ledger() + sums.rest() + keys.hash() + installation.hash() + EntityHash.end(h);
    }

    private void applyInstallationOrKey(
            final int templateId,
            final DirectBuffer buffer,
            final int offset,
            final int blockLength,
            final int version,
            final RecordContext record) {
        final boolean isOfKeys = templateId == WatermarkRaisedDecoder.TEMPLATE_ID
                || templateId == KeyBurnedDecoder.TEMPLATE_ID
                || templateId == KeyResolvedDecoder.TEMPLATE_ID;
        (isOfKeys ? keyApplier : installationApplier).apply(templateId, buffer, offset, blockLength, version, record);
    }

    private void applyProgrammeOrVoucher(
            final int templateId,
            final DirectBuffer buffer,
            final int offset,
            final int blockLength,
            final int version,
            final RecordContext record) {
        final EventApplier applier = ProgrammeApplier.isOfProgrammes(templateId) ? programmeApplier : voucherApplier;
        applier.apply(templateId, buffer, offset, blockLength, version, record);
    }

    private void applyFundOrExtension(
            final int templateId,
            final DirectBuffer buffer,
            final int offset,
            final int blockLength,
            final int version,
            final RecordContext record) {
        final EventApplier applier;
        if (RulesApplier.isOfRules(templateId)) {
            applier = rulesApplier;
        } else if (GraceApplier.isOfGraces(templateId)) {
            applier = graceApplier;
        } else {
            applier = ExtensionApplier.isOfExtensions(templateId) ? extensionApplier : fundApplier;
        }
        applier.apply(templateId, buffer, offset, blockLength, version, record);
    }

    private void applyRestorationOrReturn(
            final int templateId,
            final DirectBuffer buffer,
            final int offset,
            final int blockLength,
            final int version,
            final RecordContext record) {
        final EventApplier applier = ExtensionApplier.isOfExtensions(templateId) ? extensionApplier : returnApplier;
        applier.apply(templateId, buffer, offset, blockLength, version, record);
    }

    /** Tens that no capability has, or that answers have. */
    private void applyUnknown(
            final int templateId,
            final DirectBuffer buffer,
            final int offset,
            final int blockLength,
            final int version,
            final RecordContext record) {
        throw unknown(templateId, record);
    }

    private static InvariantViolated unknown(final int templateId, final RecordContext record) {
        return new InvariantViolated("record " + record.sequence() + " holds an unknown event " + templateId);
    }
}
