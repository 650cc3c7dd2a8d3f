// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Hands mails to the mail server. Threading: any event loop. */
final class Mailer {
    private static final long TIMEOUT_MS = 30_000;

    /** What became of a try: a word for the list of notices, never what the server wrote, which may quote an address. */
    record Result(String word, boolean isSent, boolean isRefused) {}

    private final MailClient client;
    private final String from;
    private final String domain;

    Mailer(Vertx vertx, MailSettings settings) {
        client = MailClient.create(vertx, settings.config());
        from = settings.from();
        domain = from.substring(from.lastIndexOf('@') + 1).replace(">", "").strip();
    }

    /**
     * Hands over one mail.
     *
     * @param id of the notice: the same {@code Message-ID} at every try
     */
    Future<Result> send(String id, String to, String subject, String text) {
        MailMessage message = new MailMessage()
                .setFrom(from)
                .setTo(to)
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
