// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.SecretBox;
import it.socialies.gateway.security.Secrets;
import it.socialies.gateway.settlement.jobs.Background;
import java.time.InstantSource;
import java.util.List;

/** Notices, wired top to bottom. */
public final class NoticeOffice {
    private final Background following;
    private final Background sending;
    private final List<Resource> resources;

    /** @param isPrivateAllowed whether webhooks may go to private networks, and in clear to the machine itself */
    public NoticeOffice(
            Vertx vertx,
            OfficeDatabase office,
            OfficeDesk desk,
            Projection projection,
            Secrets secrets,
            InstallationClock clock,
            boolean isPrivateAllowed) {
        SecretBox box = new SecretBox(secrets.ring(Secrets.Purpose.WEBHOOKS), secrets.random());
        Targets targets = new Targets(isPrivateAllowed);
        Follower follower = new Follower(office, projection);
        Delivery delivery = new Delivery(
                office, new WebhookSender(vertx, targets, InstantSource.system()), box, clock, secrets.random());
        following = new Background(vertx, "notices", () -> office.isReady() ? follower.follow() : idle());
        sending = new Background(vertx, "webhooks", () -> office.isReady() ? delivery.deliver() : idle());
        resources =
                List.of(new WebhookEndpoints(office, desk, targets, box, secrets.random(), clock), new Notices(office));
    }

    private static Future<Boolean> idle() {
        return Future.succeededFuture(false);
    }

    /** Begins to follow and to send. */
    public void start() {
        following.start();
        sending.start();
    }

    public List<Resource> resources() {
        return resources;
    }
}
