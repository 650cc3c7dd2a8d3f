// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.documents.Letterhead;
import it.socialies.gateway.office.CardFaces;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.people.Addressees;
import it.socialies.gateway.people.Addressees.Addressee;
import it.socialies.gateway.security.InstallationClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is due on one channel. Who somebody is and where to write is asked when a message goes out, and kept nowhere: who was erased meanwhile is written to no more. A node that is killed between the server's yes and our note of it
 * sends again, under the same identifier. Threading: any event loop, one at a time.
 */
final class Mailing {
    private static final int AT_ONCE = 16;
    private static final String DUE =
            "SELECT * FROM notice WHERE state = 'QUEUED' AND channel = $3 AND next_ms <= $1 ORDER BY next_ms, notice_id LIMIT $2";
    private static final String NOTE =
            "UPDATE notice SET state = $2, channel = $3, tries = $4, next_ms = $5, last_result = $6, sent_ms = $7 WHERE notice_id = $1";

    /** Whom the mails of a round go to. */
    private record Book(
            Map<Long, Addressee> people,
            Map<Long, String> shops,
            @Nullable Letterhead from) {}

    private final OfficeDatabase office;
    private final Addressees addressees;
    private final ShopAddresses shops;
    private final CardFaces faces;
    private final Channels channels;
    private final Channel channel;
    private final Carrier carrier;
    private final InstallationClock clock;
    private final RandomGenerator random;

    Mailing(
            OfficeDatabase office,
            Addressees addressees,
            ShopAddresses shops,
            CardFaces faces,
            Channels channels,
            Channel channel,
            Carrier carrier,
            InstallationClock clock,
            RandomGenerator random) {
        this.office = office;
        this.addressees = addressees;
        this.shops = shops;
        this.faces = faces;
        this.channels = channels;
        this.channel = channel;
        this.carrier = carrier;
        this.clock = clock;
        this.random = random;
    }

    /** Sends some of what is due; whether there may be more. */
    Future<Boolean> deliver() {
        return office.withConnection(connection ->
                        connection.preparedQuery(DUE).execute(Tuple.of(clock.nowMs(), (long) AT_ONCE, channel.name())))
                .compose(due -> {
                    Map<Integer, List<Row>> byCircuit = new TreeMap<>();
                    for (Row notice : due) {
                        byCircuit
                                .computeIfAbsent(notice.getInteger("circuit_id"), circuit -> new ArrayList<>())
                                .add(notice);
                    }
                    Future<Void> sent = Future.succeededFuture();
                    for (Map.Entry<Integer, List<Row>> each : byCircuit.entrySet()) {
                        sent = sent.compose(before -> deliver(each.getKey(), each.getValue()));
                    }
                    return sent.map(all -> due.size() == AT_ONCE);
                });
    }

    private Future<Void> deliver(int circuitId, List<Row> notices) {
        return book(circuitId, notices).compose(book -> {
            List<Future<Void>> sent = new ArrayList<>();
            notices.forEach(notice -> sent.add(deliver(notice, book)));
            return Future.join(sent).mapEmpty();
        });
    }

    private Future<Book> book(int circuitId, List<Row> notices) {
        List<Long> people = new ArrayList<>();
        List<Long> forShops = new ArrayList<>();
        for (Row notice : notices) {
            boolean isForShop = NoticeKind.valueOf(notice.getString("kind")).isForShop();
            (isForShop ? forShops : people).add(notice.getLong("recipient_id"));
        }
        Future<Map<Long, Addressee>> found =
                people.isEmpty() ? Future.succeededFuture(Map.of()) : addressees.of(circuitId, people);
        return found.compose(known -> shops.of(circuitId, forShops)
                .compose(contacts -> faces.of(circuitId)
                        .map(face -> new Book(
                                known,
                                contacts,
                                face.map(each -> new Letterhead(each.municipality(), each.office(), each.contact()))
                                        .orElse(null)))));
    }

    private Future<Void> deliver(Row notice, Book book) {
        long recipient = notice.getLong("recipient_id");
        if (NoticeKind.valueOf(notice.getString("kind")).isForShop()) {
            String email = book.shops().get(recipient);
            return email == null
                    ? end(notice, "no_address")
                    : send(notice, email, null, "it", book.from()).compose(result -> note(notice, result, null));
        }
        Addressee person = book.people().get(recipient);
        if (person == null) {
            return end(notice, "nobody");
        }
        List<Channel> theirs = channels.of(person);
        Channel next = Channels.after(theirs, channel);
        String address = address(person);
        if (theirs.contains(channel) && address != null) {
            return send(notice, address, person.name().name(), person.language(), book.from())
                    .compose(result -> note(notice, result, next));
        }
        return next == null
                ? end(notice, Channels.NONE.equals(person.preference()) ? "not_wanted" : "no_address")
                : passOn(notice, next, "no_address");
    }

    private @Nullable String address(Addressee person) {
        return switch (channel) {
            case EMAIL -> person.email();
            case SMS -> person.phone();
            default -> person.taxCode();
        };
    }

    private Future<Carrier.Result> send(
            Row notice, String address, @Nullable String name, String language, @Nullable Letterhead from) {
        return carrier.send(
                Ids.NOTICE.format(notice.getLong("notice_id")),
                address,
                NoticeWords.subject(notice, from),
                channel == Channel.SMS
                        ? NoticeWords.sms(notice, from)
                        : NoticeWords.mail(notice, name, language, from));
    }

    /** @param next the channel for who cannot be reached by this one */
    private Future<Void> note(Row notice, Carrier.Result result, @Nullable Channel next) {
        int tries = notice.getInteger("tries") + 1;
        boolean isOver = result.isRefused() || tries >= Retries.TRIES_MAX;
        if (!result.isSent() && isOver && next != null) {
            return passOn(notice, next, result.word());
        }
        long nowMs = clock.nowMs();
        String state = result.isSent() ? "SENT" : isOver ? "DEAD" : "QUEUED";
        return note(Tuple.of(notice.getLong("notice_id"), state, channel.name(), tries)
                .addLong(nowMs + Retries.waitMs(tries, random.nextDouble()))
                .addString(result.word())
                .addLong(result.isSent() ? Long.valueOf(nowMs) : null));
    }

    private Future<Void> passOn(Row notice, Channel next, String why) {
        return note(Tuple.of(notice.getLong("notice_id"), "QUEUED", next.name(), 0)
                .addLong(0L)
                .addString(why)
                .addLong(null));
    }

    /** Nobody is told, and nobody can be. */
    private Future<Void> end(Row notice, String why) {
        return note(Tuple.of(
                        notice.getLong("notice_id"), "DROPPED", notice.getString("channel"), notice.getInteger("tries"))
                .addLong(0L)
                .addString(why)
                .addLong(null));
    }

    private Future<Void> note(Tuple noted) {
        return office.withConnection(
                connection -> connection.preparedQuery(NOTE).execute(noted).mapEmpty());
    }
}
