// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.workload;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.client.Fingerprint;
import it.socialies.engine.core.Commands;
import it.socialies.engine.core.Key;
import it.socialies.engine.core.Principal;
import it.socialies.engine.model.ProtocolSchema;
import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.MessageHeaderEncoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Command frames as the clients of an installation send them, drawn from a source of chance: from an empty core on it starts the installation, opens
 * circuits, appoints people, publishes and funds programmes, hands out cards, pays, refunds, transfers and looks. About one in eight frames
 * is hostile: malformed, forbidden, of edge values, or with an odd key. What it knows of the world is what it is told by {@link #learn}.
 *
 * <p>Deterministic: the same chance and the same records give the same frames. Whether a frame is lost, repeated or late is the caller's to decide.
 *
 * <p>Threading: one thread at a time.
 */
public final class CommandMix {
    private static final int CIRCUITS = 3;
    private static final List<PrincipalKind> KINDS = List.of(
            PrincipalKind.SYSTEM,
            PrincipalKind.OPERATOR,
            PrincipalKind.TERMINAL,
            PrincipalKind.HOLDER,
            PrincipalKind.SERVICE);
    private static final int TRIES = 20;
    private static final int KEYS_REMEMBERED = 200;

    private record Idea(IntSupplier weight, Supplier<@Nullable Step> step) {}

    private final Dice dice;
    private final Known known = new Known();
    private final List<Idea> ideas = new ArrayList<>();
    private final OfficeIdeas offices;
    private final QueryIdeas queries;
    private final List<Key> keys = new ArrayList<>();
    private final Fingerprint fingerprint = new Fingerprint();

    public CommandMix(RandomGenerator random) {
        dice = new Dice(random);
        offices = new OfficeIdeas(known, dice);
        addOffices();
        addProposals(new ProposalIdeas(known, dice, offices));
        addRevisions(new RevisionIdeas(known, dice, offices));
        addRules(new RulesIdeas(known, dice, offices));
        addEmergencies(new EmergencyIdeas(known, dice, offices));
        addSettlements(new SettlementIdeas(known, dice, offices));
        addTills(new TillIdeas(known, dice, offices));
        queries = new QueryIdeas(known, dice, offices);
        idea(25, queries::query);
        idea(6, queries::ownWallet);
        idea(4, this::resolveKey);
    }

    private void addOffices() {
        idea(() -> known.isStarted ? 1 : 3000, offices::start);
        idea(() -> known.circuits.size() < CIRCUITS ? 60 / (1 + 8 * known.circuits.size()) : 0, offices::openCircuit);
        idea(1, offices::stepClock);
        idea(2, () -> offices.confirmClock(known.nowMs));
        idea(() -> wanted(known.programmes.size(), 8, 3), () -> offices.createProgramme(known.nowMs));
        idea(2, offices::setProgrammeStatus);
        idea(() -> wanted(known.merchants.size(), 6, 1), offices::registerMerchant);
        idea(2, offices::setMerchantStatus);
        idea(() -> wanted(known.outlets.size(), 8, 1), offices::openOutlet);
        idea(() -> wanted(known.terminals.size(), 12, 1), offices::registerTerminal);
        idea(() -> wanted(known.terminals.size(), 12, 2), offices::enrolTerminal);
        idea(1, offices::revokeTerminal);
        idea(() -> wanted(known.cards.size(), 40, 2), offices::issueCards);
        idea(() -> wanted(known.cards.size(), 40, 5), offices::assignCard);
        idea(() -> wanted(known.cards.size(), 40, 8), offices::activateCard);
        idea(1, offices::blockCard);
        idea(3, offices::unblockCard);
        idea(1, offices::replaceCard);
        idea(2, offices::replaceFromStock);
        idea(3, () -> offices.addDelegate(known.nowMs));
        idea(6, () -> offices.issueErrand(known.nowMs));
        idea(3, offices::allowPinFree);
        idea(2, offices::changePin);
        idea(1, offices::resetPin);
    }

    private void addProposals(ProposalIdeas proposals) {
        idea(40, proposals::appointWhoIsMissing);
        idea(2, proposals::appoint);
        idea(3, proposals::grant);
        idea(1, offices::retire);
        idea(1, offices::endAppointment);
        idea(6, proposals::publish);
        idea(10, proposals::moveFund);
        idea(10, proposals::commitFund);
        idea(3, offices::recordCash);
        idea(14, proposals::topUp);
        idea(5, proposals::topUpBatch);
        idea(4, proposals::moveReserve);
        idea(5, proposals::issueIes);
        idea(4, proposals::redeemIes);
        idea(1, proposals::setTariff);
        idea(2, proposals::configure);
        idea(2, proposals::resetPin);
        idea(76, proposals::approve);
        idea(3, proposals::reject);
        idea(12, proposals::executeTopUps);
        idea(10, proposals::executeTakeBacks);
        idea(1, proposals::cancelBatch);
    }

    private void addRevisions(RevisionIdeas revisions) {
        idea(() -> revisions.isSomethingToRestore() ? 40 : 3, revisions::extend);
        idea(8, revisions::takeBack);
        idea(5, revisions::takeBackBatch);
        idea(2, revisions::closeWallet);
    }

    private void addRules(RulesIdeas rules) {
        idea(16, rules::draft);
        idea(30, rules::change);
    }

    private void addEmergencies(EmergencyIdeas emergencies) {
        idea(8, emergencies::setFund);
        idea(14, emergencies::award);
        idea(6, emergencies::review);
    }

    private void addSettlements(SettlementIdeas settlements) {
        idea(3, settlements::draw);
        idea(7, settlements::drawLines);
        idea(5, settlements::settle);
        idea(1, settlements::cancel);
        idea(2, settlements::giveBack);
        idea(5, settlements::setPayee);
        idea(2, settlements::confirmPayee);
        idea(6, settlements::order);
        idea(2, settlements::bounce);
        idea(6, settlements::recordOutcomes);
        idea(3, settlements::settleDebt);
        idea(3, settlements::openDispute);
        idea(5, settlements::decideDispute);
    }

    private void addTills(TillIdeas tills) {
        idea(70, tills::pay);
        idea(14, tills::capture);
        idea(5, tills::voidPayment);
        idea(16, tills::refund);
        idea(40, tills::giveBackLate);
        idea(6, tills::verifyPin);
        idea(14, tills::transfer);
    }

    private void idea(int weight, Supplier<@Nullable Step> step) {
        idea(() -> weight, step);
    }

    private void idea(IntSupplier weight, Supplier<@Nullable Step> step) {
        ideas.add(new Idea(weight, step));
    }

    /** Many while there are few, then a trickle. */
    private static int wanted(int present, int enough, int later) {
        return present < enough ? 30 : later;
    }

    // ---------------------------------------------------------------- frames

    /**
     * Writes the next frame.
     *
     * @param nowMs what the client takes for the time: keys are of it
     * @return the length in bytes
     */
    public int next(long nowMs, long correlationId, MutableDirectBuffer buffer, int offset) {
        known.nowMs = nowMs;
        Step step = nextStep();
        Principal who = hostile(step.who());
        int messageOffset = offset + CommandFrameDescriptor.MESSAGE_OFFSET;
        int messageLength = step.command().write(buffer, messageOffset);
        messageLength = hostile(buffer, messageOffset, messageLength);
        Key key = nextKey();
        buffer.setMemory(offset, CommandFrameDescriptor.MESSAGE_OFFSET, (byte) 0);
        putLong(buffer, offset + CommandFrameDescriptor.CORRELATION_ID_OFFSET, correlationId);
        putLong(buffer, offset + CommandFrameDescriptor.KEY_HI_OFFSET, key.hi());
        putLong(buffer, offset + CommandFrameDescriptor.KEY_LO_OFFSET, key.lo());
        putLong(buffer, offset + CommandFrameDescriptor.PRINCIPAL_ID_OFFSET, who.id());
        buffer.putInt(offset + CommandFrameDescriptor.CIRCUIT_ID_OFFSET, who.circuitId(), LITTLE_ENDIAN);
        buffer.putByte(offset + CommandFrameDescriptor.PRINCIPAL_KIND_OFFSET, (byte)
                who.kind().value());
        buffer.putByte(offset + CommandFrameDescriptor.FLAGS_OFFSET, (byte) (dice.oneIn(60) ? 1 : 0));
        if (messageLength >= MessageHeaderEncoder.ENCODED_LENGTH) {
            fingerprint.compute(who.kind().value(), who.id(), who.circuitId(), buffer, messageOffset, messageLength);
            putLong(buffer, offset + CommandFrameDescriptor.FINGERPRINT_HI_OFFSET, fingerprint.hi());
            putLong(buffer, offset + CommandFrameDescriptor.FINGERPRINT_LO_OFFSET, fingerprint.lo());
        }
        return CommandFrameDescriptor.MESSAGE_OFFSET + messageLength;
    }

    private Step nextStep() {
        int[] weights = new int[ideas.size()];
        int total = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = ideas.get(i).weight.getAsInt();
            total += weights[i];
        }
        for (int tries = 0; tries < TRIES; tries++) {
            Step step = ideas.get(drawn(weights, total)).step.get();
            if (step != null) {
                return step;
            }
        }
        return new Step(Principal.SYSTEM, Commands.queryStatus());
    }

    private int drawn(int[] weights, int total) {
        int left = dice.below(total);
        int index = 0;
        while (left >= weights[index]) {
            left -= weights[index++];
        }
        return index;
    }

    private Key nextKey() {
        Key fresh = Key.at(known.nowMs, dice.number() >>> 2);
        Key earlier = dice.any(keys);
        Key key = switch (dice.below(120)) {
            case 0 -> Key.NONE;
            case 1 -> Key.at(known.nowMs - dice.between(1, 200_000_000), dice.number() >>> 2);
            case 2 -> Key.at(known.nowMs + dice.between(59_000, 62_000), dice.number() >>> 2);
            case 3 -> earlier == null ? fresh : earlier;
            default -> fresh;
        };
        if (keys.size() < KEYS_REMEMBERED) {
            keys.add(key);
        } else {
            keys.set(dice.below(KEYS_REMEMBERED), key);
        }
        return key;
    }

    private Step resolveKey() {
        Key earlier = dice.any(keys);
        Key target = switch (dice.below(12)) {
            case 0 -> new Key(dice.edge(), dice.edge());
            case 1, 2, 3 -> Key.at(known.nowMs + dice.between(-100_000, 62_000), dice.number() >>> 2);
            default -> earlier == null ? Key.NONE : earlier;
        };
        int circuitId = offices.anyCircuit();
        Principal official = offices.official(circuitId, ~0);
        Principal who = official == null || dice.oneIn(2) ? queries.whoIn(circuitId) : official;
        return new Step(who, Commands.resolveKey(target));
    }

    /** Sometimes somebody else, or somewhere else. */
    private Principal hostile(Principal who) {
        return switch (dice.below(60)) {
            case 0 -> who.in(dice.below(5) - 1);
            case 1 -> new Principal(who.kind(), dice.oneIn(3) ? dice.edge() : dice.below(20), who.circuitId());
            case 2 -> new Principal(KINDS.get(dice.below(KINDS.size())), who.id(), who.circuitId());
            default -> who;
        };
    }

    /** Sometimes an edge value, a broken byte or a cut behind the header, without which no client sends a frame. */
    private int hostile(MutableDirectBuffer buffer, int offset, int length) {
        int body = MessageHeaderEncoder.ENCODED_LENGTH;
        switch (dice.below(60)) {
            case 0, 1 -> {
                int fields = (length - body) / Long.BYTES;
                if (fields > 0) {
                    putLong(buffer, offset + body + Long.BYTES * dice.below(fields), dice.edge());
                }
            }
            case 2 -> buffer.putByte(offset + dice.below(length), (byte) dice.below(256));
            case 3 -> {
                return body + dice.below(length - body + 1);
            }
            default -> {
                // As it is.
            }
        }
        return length;
    }

    private static void putLong(MutableDirectBuffer buffer, int offset, long value) {
        buffer.putLong(offset, value, LITTLE_ENDIAN);
    }

    // ---------------------------------------------------------------- what comes back

    /** Takes in a record, as a reply carries it: what was opened, issued, made. A record may come more than once. */
    public void learn(DirectBuffer record, int offset, int length) {
        int circuitId = record.getInt(offset + RecordDescriptor.CIRCUIT_ID_OFFSET, LITTLE_ENDIAN);
        known.learn(
                circuitId,
                ProtocolSchema.IES.decodeAll(record, offset + RecordDescriptor.HEADER_LENGTH, offset + length));
    }
}
