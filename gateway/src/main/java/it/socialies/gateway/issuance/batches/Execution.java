// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.AssignCardEncoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ProposalState;
import it.socialies.engine.protocol.sbe.ProposalViewDecoder;
import it.socialies.engine.protocol.sbe.QueryProposalEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreClient;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Refusals;
import it.socialies.gateway.office.RowChain;
import it.socialies.gateway.office.TopUpBatches;
import it.socialies.gateway.people.PeopleRegister;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.topups.BatchExecution;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Carries an approved batch out: the rows are still those that were approved; cards are handed over, or the size of a household is brought up to date; the money follows in the core's
 * chunks; at last each row says what came of it. Every step looks at what is done before it does it, so it can be killed anywhere and called again. Threading: any event loop, one run a batch at a time.
 */
final class Execution {
    private static final Logger LOG = LogManager.getLogger(Execution.class);
    private static final int ASSIGNMENTS_IN_FLIGHT = 256;
    private static final String REFUSED = "SELECT row, code FROM top_up_refusal WHERE proposal_id = $1 ORDER BY row";

    private final Batches batches;
    private final PeopleRegister people;
    private final Stock stock;
    private final CoreClient core;
    private final TopUpBatches topUps;
    private final BatchExecution topping;
    private final Projection projection;
    private final KeyedHash keys;
    private final InstallationClock clock;

    /** @param keys makes the idempotency keys of assignments */
    Execution(
            Batches batches,
            PeopleRegister people,
            Stock stock,
            CoreClient core,
            TopUpBatches topUps,
            BatchExecution topping,
            Projection projection,
            KeyedHash keys,
            InstallationClock clock) {
        this.batches = batches;
        this.people = people;
        this.stock = stock;
        this.core = core;
        this.topUps = topUps;
        this.topping = topping;
        this.projection = projection;
        this.keys = keys;
        this.clock = clock;
    }

    /** Carries out what is left of a batch that is being executed. Fails with what keeps it from going on. */
    Future<Void> run(Batch batch) {
        long proposalId = Objects.requireNonNull(batch.proposalId());
        long runMs = clock.nowMs();
        return stateOf(batch, proposalId).compose(state -> {
            if (state != ProposalState.APPROVED) {
                // Done or cancelled before the office heard of it.
                return topUp(batch, proposalId);
            }
            return approvedRows(batch, proposalId).compose(rows -> {
                List<IssuanceRow> awards = Rows.awards(rows);
                return assign(batch, awards, runMs)
                        .compose(sequence -> requireOwners(awards, sequence))
                        .compose(theirs -> topUp(batch, proposalId));
            });
        });
    }

    private Future<ProposalState> stateOf(Batch batch, long proposalId) {
        return core.send(frame -> frame.from(
                                PrincipalKind.OPERATOR, Objects.requireNonNull(batch.executedAs()), batch.circuitId())
                        .message(new QueryProposalEncoder())
                        .proposalId(proposalId))
                .compose(reply -> reply.isOk()
                        ? Future.succeededFuture(
                                reply.get(new ProposalViewDecoder()).state())
                        : Future.failedFuture(Refusals.problem(reply)));
    }

    private Future<Void> topUp(Batch batch, long proposalId) {
        return topping.run(Objects.requireNonNull(batch.executedAs()), batch.circuitId(), proposalId)
                .compose(progress -> switch (progress.state()) {
                    case EXECUTED ->
                        finish(batch, BatchState.EXECUTED, proposalId, progress.rowsDone(), progress.sequence());
                    case CANCELLED ->
                        finish(batch, BatchState.CANCELLED, proposalId, progress.rowsDone(), progress.sequence());
                    default -> Future.failedFuture(Batches.conflict(batch.state()));
                });
    }

    /** The rows, when they are those that the approval bound, here and in what the core will be sent. */
    private Future<List<IssuanceRow>> approvedRows(Batch batch, long proposalId) {
        List<IssuanceRow> rows = new ArrayList<>();
        return people.inCircuit(batch.circuitId(), connection -> {
                    CanonicalBatch canonical = new CanonicalBatch(batch);
                    return Rows.each(connection, batch.batchId(), row -> {
                                canonical.add(row);
                                rows.add(row);
                            })
                            .map(canonical);
                })
                .compose(canonical -> topUps.rows(proposalId, 0)
                        .compose(sent -> topUps.find(proposalId).compose(stored -> {
                            boolean isSame = canonical.digest().equals(batch.digest())
                                    && canonical.awards() == sent.size()
                                    && stored.isPresent()
                                    && stored.get()
                                            .digest()
                                            .equals(RowChain.of(0, sent).digestFrom(0));
                            return isSame
                                    ? Future.succeededFuture(rows)
                                    : Future.failedFuture(new ProblemException("issuance_rows_changed"));
                        })));
    }

    /** @return the sequence of the last assignment; 0 when nothing was to be done */
    private Future<Long> assign(Batch batch, List<IssuanceRow> awards, long runMs) {
        List<IssuanceRow> withCard =
                awards.stream().filter(row -> row.cardId() != null).toList();
        long[] sequence = {0};
        return Rows.inPages(
                        withCard,
                        page -> owners(0, page).compose(owners -> {
                            List<IssuanceRow> left = new ArrayList<>();
                            for (IssuanceRow row : page) {
                                Stock.Owner owner = owners.get(row.walletId());
                                if (owner == null || (owner.recordId() != 0 && owner.recordId() != row.recordId())) {
                                    return Future.failedFuture(new ProblemException("issuance_wallet_changed"));
                                }
                                if (owner.recordId() == 0 || owner.householdSize() != row.householdSize()) {
                                    left.add(row);
                                }
                            }
                            return assignSome(batch, left, 0, runMs, sequence).compose(done -> count(batch, page));
                        }))
                .map(done -> sequence[0]);
    }

    private Future<Void> count(Batch batch, List<IssuanceRow> page) {
        int upTo = Rows.awardOf(page.getLast()) + 1;
        return batches.change(batch, BatchState.EXECUTING, "cards_assigned = greatest(cards_assigned, $3)", upTo)
                .mapEmpty();
    }

    private Future<Map<Long, Stock.Owner>> owners(long minSequence, List<IssuanceRow> rows) {
        return stock.owners(
                minSequence,
                rows.stream().map(row -> Objects.requireNonNull(row.walletId())).toList());
    }

    private Future<Void> assignSome(Batch batch, List<IssuanceRow> rows, int from, long runMs, long[] sequence) {
        if (from >= rows.size()) {
            return Future.succeededFuture();
        }
        int to = Math.min(rows.size(), from + ASSIGNMENTS_IN_FLIGHT);
        List<Future<CoreReply>> underWay = new ArrayList<>(to - from);
        for (IssuanceRow row : rows.subList(from, to)) {
            underWay.add(assign(batch, row, runMs));
        }
        return Future.join(underWay).transform(done -> {
            for (Future<CoreReply> each : underWay) {
                if (each.failed()) {
                    return Future.failedFuture(each.cause());
                }
                sequence[0] = Math.max(sequence[0], each.result().sequence());
            }
            return assignSome(batch, rows, to, runMs, sequence);
        });
    }

    private Future<CoreReply> assign(Batch batch, IssuanceRow row, long runMs) {
        ByteBuffer name = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(batch.batchId())
                .putInt(row.rowNumber())
                .putInt(KEY_OF_ASSIGNMENT);
        ByteBuffer random = ByteBuffer.wrap(keys.bytes(name.array()));
        long keyHi = (runMs << 16) | 0x7000L | (random.getLong() & 0xFFFL);
        long keyLo = (random.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return core.send(frame -> frame.from(PrincipalKind.OPERATOR, assigner(batch), batch.circuitId())
                        .key(keyHi, keyLo)
                        .message(new AssignCardEncoder())
                        .cardId(Objects.requireNonNull(row.cardId()))
                        .holderId(row.recordId())
                        .householdSize((short) row.householdSize()))
                .compose(reply ->
                        reply.isOk() ? Future.succeededFuture(reply) : Future.failedFuture(Refusals.problem(reply)));
    }

    private static final int KEY_OF_ASSIGNMENT = 1;

    /** Social services hand cards over: who submitted the batch, or who told it to go on. */
    private static long assigner(Batch batch) {
        return Objects.equals(batch.executedAs(), batch.approvedBy())
                ? Objects.requireNonNull(batch.submittedBy())
                : Objects.requireNonNull(batch.executedAs());
    }

    /** Before any money moves each wallet is its person's. */
    private Future<Void> requireOwners(List<IssuanceRow> awards, long sequence) {
        return Rows.inPages(
                awards,
                page -> owners(sequence, page).compose(owners -> {
                    for (IssuanceRow row : page) {
                        Stock.Owner owner = owners.get(row.walletId());
                        if (owner == null || owner.recordId() != row.recordId()) {
                            return Future.failedFuture(new ProblemException("issuance_wallet_changed"));
                        }
                    }
                    return Future.succeededFuture();
                }));
    }

    /**
     * Each row that was done says what came of it.
     *
     * @param to EXECUTED or CANCELLED
     * @param rowsDone of the proposal
     */
    Future<Void> finish(Batch batch, BatchState to, long proposalId, int rowsDone, long sequence) {
        return projection.rows(sequence, REFUSED, Tuple.of(proposalId)).compose(refused -> {
            Integer[] awards = new Integer[refused.size()];
            String[] codes = new String[refused.size()];
            fill(refused, awards, codes);
            return people.inCircuit(
                    batch.circuitId(),
                    connection -> connection
                            .preparedQuery(
                                    "UPDATE issuance_row SET result = 'credited' WHERE batch_id = $1 AND award < $2"
                                            + " AND NOT award = ANY ($3::integer[])")
                            .execute(Tuple.of(batch.batchId(), rowsDone, awards))
                            .compose(credited -> connection
                                    .preparedQuery("UPDATE issuance_row r SET result = f.code"
                                            + " FROM unnest($2::integer[], $3::text[]) AS f (award, code)"
                                            + " WHERE r.batch_id = $1 AND r.award = f.award")
                                    .execute(Tuple.of(batch.batchId(), awards, codes)))
                            .compose(told -> Batches.change(
                                    connection,
                                    batch,
                                    batch.state(),
                                    "state = $3, finished_ms = $4, refused = $5, stop_code = NULL",
                                    to.name(),
                                    clock.nowMs(),
                                    awards.length))
                            .compose(changed -> to == BatchState.CANCELLED && changed
                                    ? Stock.release(connection, batch)
                                    : Future.succeededFuture())
                            .onSuccess(
                                    done -> LOG.info("{}: {}, {} rows refused", batch.id(), to.word(), awards.length)));
        });
    }

    private static void fill(RowSet<Row> refused, Integer[] awards, String[] codes) {
        int i = 0;
        for (Row row : refused) {
            awards[i] = row.getInteger(0);
            codes[i] = ProblemException.codeOf(ResultCode.get(row.getShort(1)));
            i++;
        }
    }
}
