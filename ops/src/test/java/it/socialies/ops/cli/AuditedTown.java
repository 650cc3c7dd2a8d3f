// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import it.socialies.engine.client.BlockingClient;
import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.core.ClearingCore;
import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.journal.recovery.JournalConfig;
import it.socialies.engine.pipeline.ClearingEngine;
import it.socialies.engine.pipeline.EngineConfig;
import it.socialies.engine.pipeline.EngineEnvironment;
import it.socialies.engine.protocol.sbe.ApproveEncoder;
import it.socialies.engine.protocol.sbe.InstallationMode;
import it.socialies.engine.protocol.sbe.OpenCircuitEncoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposeEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.StartInstallationEncoder;
import it.socialies.engine.protocol.sbe.StepClockEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.agrona.sbe.MessageEncoderFlyweight;

/** A small installation on a real engine: a circuit whose treasurers pay into its reserve, day after day. */
final class AuditedTown implements AutoCloseable {
    private static final int TREASURER = 8;
    private static final long FIRST_TREASURER = 3;
    private static final long SECOND_TREASURER = 4;
    private static final int CIRCUIT = 1;
    /** So many that the commit log goes round in less than three days. */
    static final int PAYMENTS_A_DAY = 60;

    static final long PAYMENT_CENTS = 12_345;

    private final ClearingEngine engine;
    private final BlockingClient client;
    private Duration ahead;
    private long proposals;

    private AuditedTown(Path root, Duration ahead, long proposals) throws IOException {
        EngineConfig config = EngineConfig.defaults(root).withJournal(new JournalConfig(1 << 20, 64 << 10, false));
        engine = ClearingEngine.launch(
                config, EngineEnvironment.MACHINE, () -> new ClearingCore(CoreLimits.defaults(), 7));
        client = new BlockingClient(engine.connect(0));
        this.ahead = ahead;
        this.proposals = proposals;
    }

    /** Starts a new installation and gives its circuit two treasurers. */
    static AuditedTown create(Path root) throws Exception {
        AuditedTown town = new AuditedTown(root, Duration.ZERO, 0);
        town.must(
                town.frame(PrincipalKind.SYSTEM, 0, 0),
                new StartInstallationEncoder(),
                start -> start.firstPersonId(1).secondPersonId(2).mode(InstallationMode.SANDBOX));
        town.must(town.frame(PrincipalKind.OPERATOR, 1, 0), new OpenCircuitEncoder(), open -> open.reference(77));
        town.decide(1, 2, ProposalKind.APPOINT_OPERATOR, 14, 0, TREASURER);
        town.decide(1, 2, ProposalKind.APPOINT_OPERATOR, 15, 0, TREASURER);
        return town;
    }

    /** Starts an engine on the files of a town that lives {@code days} ahead of the wall clock and had this many proposals. */
    static AuditedTown reopen(Path root, int days, long proposals) throws IOException {
        return new AuditedTown(root, Duration.ofDays(days), proposals);
    }

    /** Proposals there were so far. */
    long proposals() {
        return proposals;
    }

    /** Pays into the reserve. */
    void pay() throws Exception {
        for (int i = 0; i < PAYMENTS_A_DAY; i++) {
            decide(FIRST_TREASURER, SECOND_TREASURER, ProposalKind.MOVE_RESERVE, 0, PAYMENT_CENTS, 0);
        }
    }

    /** Goes to the next day, and so to the next file of the journal. */
    void nextDay() throws Exception {
        Duration day = Duration.ofDays(1);
        must(frame(PrincipalKind.OPERATOR, 1, 0), new StepClockEncoder(), step -> step.advanceMs(day.toMillis()));
        ahead = ahead.plus(day);
    }

    long lastSequence() {
        return engine.durableSequence();
    }

    private void decide(long proposer, long approver, ProposalKind kind, long targetId, long amount, long extra)
            throws Exception {
        must(
                frame(PrincipalKind.OPERATOR, proposer, CIRCUIT),
                new ProposeEncoder(),
                propose -> propose.kind(kind).targetId(targetId).amount(amount).extra(extra));
        long proposal = ++proposals;
        must(
                frame(PrincipalKind.OPERATOR, approver, CIRCUIT),
                new ApproveEncoder(),
                approve -> approve.proposalId(proposal).amount(amount));
    }

    private CommandFrame frame(PrincipalKind kind, long principal, int circuit) {
        UUID key = UuidCreator.getTimeOrderedEpoch(Instant.now().plus(ahead));
        return new CommandFrame()
                .from(kind, principal, circuit)
                .key(key.getMostSignificantBits(), key.getLeastSignificantBits());
    }

    private interface Fields<E> {
        Object set(E encoder);
    }

    private <E extends MessageEncoderFlyweight> void must(CommandFrame frame, E encoder, Fields<E> fields)
            throws Exception {
        Object unused = fields.set(frame.message(encoder));
        assertThat(client.call(frame).orElseThrow().code()).isEqualTo(ResultCode.OK);
    }

    @Override
    public void close() throws IOException {
        engine.close();
    }
}
