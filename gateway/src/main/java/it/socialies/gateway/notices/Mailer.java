// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import it.socialies.gateway.lifecycle.Owned;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Hands mails to the mail server. Threading: any event loop. */
final class Mailer implements Carrier {
    private static final long TIMEOUT_MS = 30_000;

    private final MailClient client;
    private final String from;
    private final String domain;

    Mailer(Vertx vertx, MailSettings settings) {
        client = MailClient.create(vertx, settings.config());
        Owned.by(vertx, client::close);
        from = settings.from();
        domain = from.substring(from.lastIndexOf('@') + 1).replace(">", "").strip();
    }

    /** The same {@code Message-ID} at every try. */
    @Override
    public Future<Result> send(String id, String address, String subject, String text) {
        MailMessage message = new MailMessage()
                .setFrom(from)
                .setTo(address)
                .setSubject(subject)
                .setText(text)
                .addHeader("Message-ID", "<" + id + "@" + domain + ">")
                .addHeader("Auto-Submitted", "auto-generated");
        return client.sendMail(message)
                .timeout(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .map(sent -> new Result("sent", true, false))
                .otherwise(Mailer::result);
    }

    private static Result result(Throwable failure) {
        if (failure instanceof SMTPException answer) {
            // Of a login that is refused the next mail would suffer too: that is ours to mend, not the address.
            boolean isOfAddress = answer.isPermanent() && answer.getReplyCode() >= 550 && answer.getReplyCode() <= 553;
            return new Result(Integer.toString(answer.getReplyCode()), false, isOfAddress);
        }
        return new Result(failure instanceof TimeoutException ? "timeout" : "unreachable", false, false);
    }
}
