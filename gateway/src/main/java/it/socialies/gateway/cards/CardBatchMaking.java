// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.cards;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.CardIssuedDecoder;
import it.socialies.engine.protocol.sbe.IssueCardsEncoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreClient;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.Refusals;
import it.socialies.gateway.office.CardBatches;
import it.socialies.gateway.office.CardBatches.Batch;
import it.socialies.gateway.office.CardBatches.Part;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.CardToken;
import it.socialies.gateway.security.IssuedSecrets;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Makes the cards of a batch, a hundred a command. The key of a command is in the office before it is sent, so whatever is interrupted is sent again as the same
 * command, and tokens follow from batch and place: no card is made twice and none is left out. One run a batch at a time. Threading: any event loop.
 */
public final class CardBatchMaking {
    private static final Logger LOG = LogManager.getLogger(CardBatchMaking.class);

    /** A key that the core has forgotten: what its record made, once the projection has passed the watermark. */
    private static final String MADE_BY_KEY = "SELECT i.watermark_ms, (SELECT min(card_id) FROM card c"
            + " JOIN command_key k ON k.sequence = c.sequence WHERE k.key = $1) AS first_card_id FROM installation i";

    private final CoreClient core;
    private final CardBatches batches;
    private final Projection projection;
    private final IssuedSecrets secrets;
    private final SecureRandom random;
    private final LongSupplier nowMs;
    private final ConcurrentMap<Long, Future<Void>> running = new ConcurrentHashMap<>();

    /** @param nowMs installation time */
    public CardBatchMaking(
            CoreClient core,
            CardBatches batches,
            Projection projection,
            IssuedSecrets secrets,
            SecureRandom random,
            LongSupplier nowMs) {
        this.core = core;
        this.batches = batches;
        this.projection = projection;
        this.secrets = secrets;
        this.random = random;
        this.nowMs = nowMs;
    }

    /** The token of a card of a batch. */
    CardToken token(Batch batch, int index) {
        UUID key = batch.requestKey();
        return secrets.cardToken(key.getMostSignificantBits(), key.getLeastSignificantBits(), index);
    }

    /** Goes on with all batches that were not made when the process ended, in the name of who wanted them. */
    public Future<Void> resume() {
        return batches.unmade().compose(unmade -> {
            Future<Void> chain = Future.succeededFuture();
            for (Batch batch : unmade) {
                chain = chain.compose(before ->
                        run(batch, batch.operatorId()).<Void>mapEmpty().otherwiseEmpty());
            }
            return chain;
        });
    }

    /**
     * Makes what is left of a batch. A batch that cannot go on, for want of room or of a role, waits for somebody to ask again.
     *
     * @param operatorId on whose behalf: the core checks the role
     */
    Future<Void> run(Batch batch, long operatorId) {
        Future<Void> other = running.get(batch.batchId());
        if (other != null && !other.isComplete()) {
            return other;
        }
        Future<Void> run = step(batch, operatorId, 0);
        running.put(batch.batchId(), run);
        return run.onComplete(done -> running.remove(batch.batchId(), run))
                .onFailure(cause ->
                        LOG.warn("card batch {} waits: {}", Ids.CARD_BATCH.format(batch.batchId()), cause.toString()));
    }

    private Future<Void> step(Batch batch, long operatorId, int part) {
        if (part == batch.parts()) {
            return Future.succeededFuture();
        }
        return batches.part(batch, part, uuid(fresh()))
                .compose(entered -> entered.firstCardId() == null
                        ? make(batch, operatorId, entered)
                        : Future.<Void>succeededFuture())
                .compose(made -> step(batch, operatorId, part + 1));
    }

    private Future<Void> make(Batch batch, long operatorId, Part part) {
        return issue(batch, operatorId, part).compose(reply -> switch (reply.code()) {
            case OK -> batches.made(batch, part.part(), firstCard(reply));
            case IDEMPOTENCY_KEY_TOO_OLD -> settleOld(batch, operatorId, part);
            default -> Future.failedFuture(Refusals.problem(reply));
        });
    }

    private Future<CoreReply> issue(Batch batch, long operatorId, Part part) {
        UUID key = part.commandKey();
        return core.send(frame -> {
            IssueCardsEncoder.CardsEncoder cards = frame.from(PrincipalKind.OPERATOR, operatorId, batch.circuitId())
                    .key(key.getMostSignificantBits(), key.getLeastSignificantBits())
                    .message(new IssueCardsEncoder())
                    .cardsCount(part.cards());
            for (int i = 0; i < part.cards(); i++) {
                CardToken token = token(batch, part.part() * CardBatches.PART_CARDS + i);
                cards.next().tokenHi(token.hi()).tokenLo(token.lo());
            }
        });
    }

    /** The answer was lost and the core has forgotten the key since: the projection knows whether it did anything. */
    private Future<Void> settleOld(Batch batch, long operatorId, Part part) {
        long keyTimeMs = part.commandKey().getMostSignificantBits() >>> Short.SIZE;
        return projection.rows(0, MADE_BY_KEY, Tuple.of(part.commandKey())).compose(rows -> {
            Row row = rows.iterator().next();
            Long firstCardId = row.getLong("first_card_id");
            if (firstCardId != null) {
                return batches.made(batch, part.part(), firstCardId);
            }
            if (row.getLong("watermark_ms") < keyTimeMs) {
                return Future.failedFuture(
                        new ProblemException("projection_unavailable", "The projection has not come so far yet."));
            }
            return batches.renewKey(batch, part.part(), uuid(fresh()))
                    .compose(renewed -> step(batch, operatorId, part.part()));
        });
    }

    private static long firstCard(CoreReply reply) {
        return reply.get(new CardIssuedDecoder()).cardId();
    }

    private Idempotency fresh() {
        return Idempotency.fresh(nowMs.getAsLong(), random);
    }

    private static UUID uuid(Idempotency key) {
        return key.uuid();
    }
}
