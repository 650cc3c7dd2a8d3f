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
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Notices, wired top to bottom. */
public final class NoticeOffice {
    private static final Logger LOG = LogManager.getLogger(NoticeOffice.class);
    private static final int DAYS_MAX = 366;
    private static final int LETTERS_PENDING_MAX = 8;

    private final Background following;
    private final Background sending;
    private final Background mailing;
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
     * @param mailFile settings of the mail server; without that file e-mail is off
     * @throws IllegalArgumentException when that file is wrong; the message is the remedy in one line
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
            Path mailFile,
            Settings settings) {
        Optional<MailSettings> mail = MailSettings.read(mailFile);
        LOG.info("notices by e-mail are {}", mail.isPresent() ? "on" : "off: there is no " + mailFile.getFileName());
        Channels channels = new Channels(mail.isPresent(), settings.areLettersOn());
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
        Optional<Mailing> mails = mail.map(each ->
                new Mailing(office, addressees, faces, channels, new Mailer(vertx, each), clock, secrets.random()));
        mailing = new Background(
                vertx,
                "mails",
                () -> office.isReady() && mails.isPresent() ? mails.get().deliver() : idle());
        resources = List.of(
                new WebhookEndpoints(office, desk, targets, box, secrets.random(), clock),
                new Notices(office),
                new NoticeContacts(office, desk, projection, channels, clock),
                new NoticeLetters(
                        office,
                        desk,
                        names,
                        faces,
                        new BoundedWorker(vertx, "ies-notice-letters", 1, LETTERS_PENDING_MAX),
                        clock));
    }

    private static Future<Boolean> idle() {
        return Future.succeededFuture(false);
    }

    /** Begins to follow and to send. */
    public void start() {
        following.start();
        sending.start();
        mailing.start();
    }

    public List<Resource> resources() {
        return resources;
    }
}
