// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.CardFaces;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.people.Addressees;
import it.socialies.gateway.people.HolderNames;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.SecretBox;
import it.socialies.gateway.security.Secrets;
import it.socialies.gateway.settlement.jobs.Background;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Notices, wired top to bottom. */
public final class NoticeOffice {
    private static final Logger LOG = LogManager.getLogger(NoticeOffice.class);
    private static final int DAYS_MAX = 366;
    private static final int LETTERS_PENDING_MAX = 8;

    private final Background following;
    private final Background sending;
    private final List<Background> carrying = new ArrayList<>();
    private final List<Resource> resources;

    /**
     * Settings.
     *
     * @param isPrivateAllowed whether webhooks may go to private networks, and in clear to the machine itself
     * @param areLettersOn whether letters are printed for people whom e-mail does not reach
     * @param expiryDays how many days before the end of money its holder is told
     */
    public record Settings(boolean isPrivateAllowed, boolean areLettersOn, List<Integer> expiryDays) {
        public Settings {
            expiryDays = expiryDays.stream().distinct().toList();
            if (expiryDays.stream().anyMatch(each -> each < 1 || each > DAYS_MAX)) {
                throw new IllegalArgumentException("ies.notices.expiry-days are from 1 to " + DAYS_MAX);
            }
        }
    }

    /**
     * @param secretsFolder with {@code mail.json}, {@code app-io.json} and {@code sms.json}: without its file a channel is off
     * @throws IllegalArgumentException when such a file is wrong; the message is the remedy in one line
     */
    public NoticeOffice(
            Vertx vertx,
            OfficeDatabase office,
            OfficeDesk desk,
            Projection projection,
            Secrets secrets,
            InstallationClock clock,
            Addressees addressees,
            HolderNames names,
            Path secretsFolder,
            Settings settings) {
        Map<Channel, Carrier> carriers = carriers(vertx, secretsFolder);
        Set<Channel> on = EnumSet.noneOf(Channel.class);
        on.addAll(carriers.keySet());
        if (settings.areLettersOn()) {
            on.add(Channel.LETTER);
        }
        LOG.info("notices go to people and shops by {}", on.isEmpty() ? "no channel" : on);
        Channels channels = new Channels(on);
        SecretBox box = new SecretBox(secrets.ring(Secrets.Purpose.WEBHOOKS), secrets.random());
        Targets targets = new Targets(settings.isPrivateAllowed());
        Follower follower = new Follower(office, projection, channels);
        Expiries expiries = new Expiries(office, projection, channels, clock, settings.expiryDays());
        Delivery delivery = new Delivery(
                office, new WebhookSender(vertx, targets, InstantSource.system()), box, clock, secrets.random());
        following = new Background(
                vertx,
                "notices",
                () -> office.isReady()
                        ? follower.follow().compose(followed -> expiries.look().map(looked -> followed || looked))
                        : idle());
        sending = new Background(vertx, "webhooks", () -> office.isReady() ? delivery.deliver() : idle());
        CardFaces faces = new CardFaces(office, clock);
        ShopAddresses shops =
                new ShopAddresses(office, new SecretBox(secrets.ring(Secrets.Purpose.CONTACTS), secrets.random()));
        carriers.forEach((channel, carrier) -> {
            Mailing mailing =
                    new Mailing(office, addressees, shops, faces, channels, channel, carrier, clock, secrets.random());
            carrying.add(new Background(
                    vertx, "notices by " + channel.word(), () -> office.isReady() ? mailing.deliver() : idle()));
        });
        resources = List.of(
                new WebhookEndpoints(office, desk, targets, box, secrets.random(), clock),
                new Notices(office),
                new NoticeContacts(office, desk, projection, shops, channels, clock),
                new NoticeLetters(
                        office,
                        desk,
                        names,
                        faces,
                        new BoundedWorker(vertx, "ies-notice-letters", 1, LETTERS_PENDING_MAX),
                        clock));
    }

    private static Map<Channel, Carrier> carriers(Vertx vertx, Path secretsFolder) {
        Map<Channel, Carrier> carriers = new EnumMap<>(Channel.class);
        MailSettings.read(secretsFolder.resolve("mail.json"))
                .ifPresent(mail -> carriers.put(Channel.EMAIL, new Mailer(vertx, mail)));
        AppIo.Settings.read(secretsFolder.resolve("app-io.json"))
                .ifPresent(app -> carriers.put(Channel.APP_IO, new AppIo(vertx, app)));
        SmsSettings.read(secretsFolder.resolve("sms.json"))
                .ifPresent(centre -> carriers.put(Channel.SMS, new Sms(vertx, centre)));
        return carriers;
    }

    private static Future<Boolean> idle() {
        return Future.succeededFuture(false);
    }

    /** Begins to follow and to send. */
    public void start() {
        following.start();
        sending.start();
        carrying.forEach(Background::start);
    }

    public List<Resource> resources() {
        return resources;
    }
}
