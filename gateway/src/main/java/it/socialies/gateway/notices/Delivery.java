// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.SecretBox;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Sends what is due and notes what became of it. A node that is killed between the two sends again, under the same message id. Threading: any event loop, one at a time. */
final class Delivery {
    private static final int AT_ONCE = 16;
    private static final int GONE = 410;
    private static final String DUE = """
            SELECT n.notice_id, n.circuit_id, n.kind, n.sequence, n.subject_id, n.amount, n.happened_ms, n.programme_id, n.days, n.ends_ms, n.tries, n.endpoint_id, e.url, e.sealed
            FROM notice n JOIN webhook_endpoint e ON e.endpoint_id = n.endpoint_id
            WHERE n.state = 'QUEUED' AND n.channel = 'WEBHOOK' AND n.next_ms <= $1 ORDER BY n.next_ms, n.notice_id LIMIT $2""";

    private final OfficeDatabase office;
    private final WebhookSender sender;
    private final SecretBox box;
    private final InstallationClock clock;
    private final RandomGenerator random;

    Delivery(
            OfficeDatabase office,
            WebhookSender sender,
            SecretBox box,
            InstallationClock clock,
            RandomGenerator random) {
        this.office = office;
        this.sender = sender;
        this.box = box;
        this.clock = clock;
        this.random = random;
    }

    /** Sends some of what is due; whether there may be more. */
    Future<Boolean> deliver() {
        return office.withConnection(
                        connection -> connection.preparedQuery(DUE).execute(Tuple.of(clock.nowMs(), (long) AT_ONCE)))
                .compose(due -> {
                    List<Future<Void>> sent = new ArrayList<>();
                    for (Row notice : due) {
                        sent.add(deliver(notice));
                    }
                    return Future.join(sent).map(all -> sent.size() == AT_ONCE);
                });
    }

    private Future<Void> deliver(Row notice) {
        String body = NoticeJson.event(notice).encode();
        byte[] secret;
        try {
            secret = box.open(notice.getBuffer("sealed").getBytes(), notice.getLong("endpoint_id"));
        } catch (GeneralSecurityException e) {
            return note(notice, "secret_unreadable", false, false);
        }
        return sender.send(notice.getString("url"), secret, NoticeJson.id(notice), body)
                .compose(
                        status -> note(notice, Integer.toString(status), status / 100 == 2, status == GONE),
                        failure -> note(notice, WebhookSender.word(failure), false, false));
    }

    private Future<Void> note(Row notice, String result, boolean isSent, boolean isHopeless) {
        int tries = notice.getInteger("tries") + 1;
        boolean isDead = isHopeless || tries >= Retries.TRIES_MAX;
        long nowMs = clock.nowMs();
        Tuple noted = Tuple.of(notice.getLong("notice_id"), isSent ? "SENT" : isDead ? "DEAD" : "QUEUED", tries)
                .addLong(nowMs + Retries.waitMs(tries, random.nextDouble()))
                .addString(result)
                .addLong(isSent ? Long.valueOf(nowMs) : null);
        return office.withConnection(connection -> connection
                .preparedQuery(
                        "UPDATE notice SET state = $2, tries = $3, next_ms = $4, last_result = $5, sent_ms = $6 WHERE notice_id = $1")
                .execute(noted)
                .mapEmpty());
    }
}
