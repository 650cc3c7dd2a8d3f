// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A core that throws halts the installation, so no frame may make it throw, however broken or malicious. */
class FrameFuzzTest extends CoreTest {
    private static final long[] EDGES = {
        Long.MIN_VALUE,
        Integer.MIN_VALUE,
        -2,
        -1,
        0,
        1,
        2,
        3,
        16,
        63,
        64,
        255,
        Integer.MAX_VALUE,
        1L << 31,
        (1L << 32) + 1,
        100_000_000_000_000L,
        Long.MAX_VALUE - 1,
        Long.MAX_VALUE
    };

    private Town town;
    private Town.Shop shop;
    private Town.Card card;
    private List<Command> samples;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
        final long programmeId = town.fundedProgramme(Town.admitting(Town.GROCERIES), 10_000);
        shop = town.shop(Town.GROCERIES);
        card = town.cardWith(programmeId, 5000);
        town.issueIes(card, 500);
        town.enableRedemption();
        final long authorized = town.paid(shop, Pay.with(card, 100).manual());
        final Proposal proposal = Proposal.moveFund(programmeId, 5);
        final List<Proposal.Row> rows = List.of(new Proposal.Row(card.walletId(), 5), new Proposal.Row(1, 1));
        final Proposal batch = Proposal.topUpBatch(programmeId, rows);
        final long batchId = town.propose(town.social, batch);
        core.must(town.secondSocial, Commands.approve(batchId, batch));
        final long fundId = town.emergencyFund(1, 1000, 500, 10);
        final long awardId = core.must(town.social, Commands.awardEmergency(card.walletId(), fundId, 9, 5, 1))
                .one(EmergencyAwardedDecoder.class)
                .awardId();
        samples = List.of(
                Commands.startInstallation(InstallationMode.SANDBOX, 1, 2),
                Commands.stepClock(1),
                Commands.confirmClock(1),
                Commands.openCircuit(1),
                Commands.propose(proposal),
                Commands.approve(town.propose(town.treasurer, proposal), proposal),
                Commands.reject(1),
                Commands.executeTopUps(batchId, 0, rows),
                Commands.registerMerchant(1),
                Commands.setMerchantStatus(shop.merchantId(), MerchantStatus.SUSPENDED),
                Commands.openOutlet(shop.merchantId()),
                Commands.registerTerminal(shop.outletId(), Digest.of("x")),
                Commands.enrolTerminal(shop.terminalId(), Digest.of("x")),
                Commands.revokeTerminal(99),
                Commands.createProgramme(1, core.nowMs(), core.nowMs() + 1000, 1, 2, 3, 4, 5),
                Commands.setProgrammeStatus(programmeId, ProgrammeStatus.ACTIVE),
                Commands.issueCards(List.of(core.newToken(), core.newToken())),
                Commands.assignCard(card.cardId(), 5, 3),
                Commands.activateCard(card.cardId(), card.verifier()),
                Commands.blockCard(99),
                Commands.unblockCard(card.cardId()),
                Commands.replaceCard(99, core.newToken()),
                Commands.changePin(card.cardId(), card.verifier(), card.verifier()),
                Commands.resetPin(card.cardId(), card.verifier()),
                Commands.verifyPin(card.token(), card.verifier()),
                Pay.with(card, 1).allowIes().allowPartial(),
                Commands.capture(authorized, 1),
                Commands.voidPayment(authorized),
                Commands.refund(authorized, 1),
                Commands.transfer(card.walletId(), 2, 1, -1),
                Commands.awardEmergency(card.walletId(), fundId, 9, 5, 1),
                Commands.reviewEmergency(awardId, ReviewVerdict.CONFIRMED),
                Commands.resolveKey(core.newKey()),
                Commands.queryStatus(),
                Commands.queryTables(),
                Commands.queryWallet(card.walletId()),
                Commands.queryCard(card.cardId()),
                Commands.queryPayment(authorized),
                Commands.queryTerminal(shop.terminalId()),
                Commands.queryOperator(1),
                Commands.queryCircuit(town.circuitId),
                Commands.queryProposal(1),
                Commands.quoteTransfer(1));
    }

    private List<Principal> everybody() {
        return List.of(
                Principal.SYSTEM,
                town.firstInstaller.in(0),
                town.firstInstaller,
                town.admin,
                town.social,
                town.secondSocial,
                town.treasurer,
                town.secondTreasurer,
                shop.terminal(),
                card.holder());
    }

    /** The sample as bytes, so that it can be broken. */
    private static byte[] bytesOf(final Command command) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final byte[] bytes = new byte[command.write(buffer, 0)];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    private static Command raw(final byte[] bytes) {
        return (buffer, offset) -> {
            buffer.putBytes(offset, bytes);
            return bytes.length;
        };
    }

    private static byte[] withHeader(
            final byte[] bytes, final int blockLength, final int templateId, final int schemaId) {
        final byte[] copy = bytes.clone();
        new MessageHeaderEncoder()
                .wrap(new UnsafeBuffer(copy), 0)
                .blockLength(blockLength)
                .templateId(templateId)
                .schemaId(schemaId)
                .version(0);
        return copy;
    }

    @Test
    void shouldRefuseEveryTruncatedMessage() {
        for (final Command sample : samples) {
            final byte[] whole = bytesOf(sample);
            for (int length = 0; length < whole.length; length++) {
                final Command cut = raw(Arrays.copyOf(whole, length));
                for (final Principal who : everybody()) {
                    final Answer answer = core.send(who, cut);
                    assertThat(answer.kind())
                            .as("template %d cut to %d bytes: %s", whole[2], length, answer)
                            .isEqualTo(Answer.Kind.ANSWER);
                    assertThat(answer.code())
                            .as("template %d cut to %d bytes: %s", whole[2], length, answer)
                            .isNotEqualTo(ResultCode.OK);
                }
            }
        }
    }

    @Test
    void shouldRefuseABlockThatIsShorterThanTheMessage() {
        for (final Command sample : samples) {
            final byte[] whole = bytesOf(sample);
            final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(new UnsafeBuffer(whole), 0);
            final int templateId = header.templateId();
            for (int blockLength = 0; blockLength < header.blockLength(); blockLength++) {
                final byte[] shorter = withHeader(whole, blockLength, templateId, header.schemaId());
                final byte[] cut = Arrays.copyOf(shorter, 8 + blockLength);
                for (final Principal who : everybody()) {
                    assertThat(core.send(who, raw(cut)).code())
                            .as("template %d with a block of %d", templateId, blockLength)
                            .isNotEqualTo(ResultCode.OK);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 17, 19, 46, 51, 59, 70, 79, 99, 100, 101, 131, 170, 200, 208, 219, 32767, 65535})
    void shouldRefuseATemplateThatIsNoCommand(final int templateId) {
        final byte[] bytes = withHeader(bytesOf(samples.getLast()), 8, templateId, MessageHeaderDecoder.SCHEMA_ID);

        for (final Principal who : everybody()) {
            assertThat(core.send(who, raw(bytes))).refused(ResultCode.MALFORMED);
        }
    }

    @Test
    void shouldRefuseAnotherSchema() {
        final byte[] bytes = withHeader(bytesOf(samples.getLast()), 8, QuoteTransferDecoder.TEMPLATE_ID, 1);

        assertThat(core.send(town.admin, raw(bytes))).refused(ResultCode.MALFORMED);
    }

    @Test
    void shouldSurviveEveryValueOfEveryByte() {
        for (final Command sample : samples) {
            final byte[] whole = bytesOf(sample);
            for (int at = 8; at < whole.length; at++) {
                for (final byte value : new byte[] {-1, 0, 1, 2, 4, 11, 127, -128}) {
                    final byte[] broken = whole.clone();
                    broken[at] = value;
                    core.send(everybody().get((at + value & 0xFF) % everybody().size()), raw(broken));
                }
            }
        }
    }

    @Test
    void shouldSurviveEdgeValuesInEveryFieldFromEverybody() {
        Seeds.forEach(2, random -> {
            for (int round = 0; round < 12_000; round++) {
                final byte[] bytes = bytesOf(samples.get(random.nextInt(samples.size())));
                final UnsafeBuffer message = new UnsafeBuffer(bytes);
                for (int changes = random.nextInt(3); changes >= 0; changes--) {
                    final int at = 8 * random.nextInt(1, Math.max(2, bytes.length / 8));
                    if (at + 8 <= bytes.length) {
                        message.putLong(at, EDGES[random.nextInt(EDGES.length)]);
                    }
                }
                final Principal who = anybody(random);
                final Command command = raw(bytes);
                switch (random.nextInt(6)) {
                    case 0 -> core.dryRun(who, command);
                    case 1 -> core.ask(who, command);
                    case 2 -> core.send(who, Key.at(core.nowMs() + random.nextLong(-5, 5), edge(random)), command);
                    default -> core.send(who, command);
                }
                if (random.nextInt(50) == 0) {
                    core.pass(Duration.ofMinutes(random.nextInt(2000)));
                    core.tickUntilQuiet();
                }
            }
        });
    }

    private Principal anybody(final SplittableRandom random) {
        final Principal known = everybody().get(random.nextInt(everybody().size()));
        return switch (random.nextInt(6)) {
            case 0 -> new Principal(known.kind(), edge(random), known.circuitId());
            case 1 -> known.in((int) edge(random));
            default -> known;
        };
    }

    private static long edge(final SplittableRandom random) {
        return EDGES[random.nextInt(EDGES.length)];
    }

    @Test
    void shouldSurviveAPrincipalOfNoKind() {
        final List<Answer> answers = new ArrayList<>();
        for (final Command sample : samples) {
            answers.add(core.send(new Principal(PrincipalKind.NULL_VAL, 1, town.circuitId), sample));
            answers.add(core.send(new Principal(PrincipalKind.SERVICE, 1, town.circuitId), sample));
        }

        assertThat(answers).noneMatch(Answer::isRecord);
    }

    @Test
    void shouldRefuseAGroupThatClaimsMoreThanItBrings() {
        final byte[] cards = bytesOf(Commands.issueCards(List.of(core.newToken())));
        new UnsafeBuffer(cards).putShort(8 + 2, (short) 50);

        assertThat(core.send(town.social, raw(cards))).refused(ResultCode.MALFORMED);
    }

    @Test
    void shouldRefuseAGroupWhoseLengthNoIntHolds() {
        final byte[] cards = bytesOf(Commands.issueCards(List.of(core.newToken())));
        new UnsafeBuffer(cards).putShort(8, (short) 0xFFFE);
        new UnsafeBuffer(cards).putShort(8 + 2, (short) 0xFFFF);

        for (final Principal who : everybody()) {
            assertThat(core.send(who, raw(cards))).as("before anything else").refused(ResultCode.MALFORMED);
        }
    }
}
