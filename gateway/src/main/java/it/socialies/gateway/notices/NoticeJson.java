// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import java.util.Locale;

/** Notices as receivers and as operators see them. */
final class NoticeJson {
    private NoticeJson() {}

    /** Identifier of the message, the same at every try. */
    static String id(Row notice) {
        return Ids.NOTICE.format(notice.getLong("notice_id"));
    }

    /** What is sent: who asks for more has to log in. */
    static JsonObject event(Row notice) {
        NoticeKind kind = NoticeKind.valueOf(notice.getString("kind"));
        JsonObject data = new JsonObject()
                .put("circuit_id", Ids.CIRCUIT.format(notice.getInteger("circuit_id")))
                .put(kind.subject(), kind.ids().format(notice.getLong("subject_id")))
                .put("amount", Json.euro(notice.getLong("amount")))
                .put("sequence", notice.getLong("sequence"));
        putEnd(data, notice);
        return new JsonObject()
                .put("type", kind.type())
                .put("timestamp", Json.time(notice.getLong("happened_ms")))
                .put("data", data);
    }

    private static void putEnd(JsonObject json, Row notice) {
        if (notice.getLong("ends_ms") > 0) {
            json.put("programme_id", Ids.PROGRAMME.format(notice.getLong("programme_id")))
                    .put("days", notice.getShort("days").intValue())
                    .put("ends_at", Json.time(notice.getLong("ends_ms")));
        }
    }

    static JsonObject listed(Row notice) {
        NoticeKind kind = NoticeKind.valueOf(notice.getString("kind"));
        JsonObject json = new JsonObject()
                .put("id", id(notice))
                .put("type", kind.type())
                .put(kind.subject(), kind.ids().format(notice.getLong("subject_id")))
                .put("amount", Json.euro(notice.getLong("amount")))
                .put("sequence", notice.getLong("sequence"))
                .put("happened_at", Json.time(notice.getLong("happened_ms")))
                .put("channel", notice.getString("channel").toLowerCase(Locale.ROOT))
                .put("state", notice.getString("state").toLowerCase(Locale.ROOT))
                .put("tries", notice.getInteger("tries"));
        putEnd(json, notice);
        if (notice.getLong("endpoint_id") != null) {
            json.put("webhook_endpoint_id", Ids.WEBHOOK_ENDPOINT.format(notice.getLong("endpoint_id")));
        }
        if (notice.getString("last_result") != null) {
            json.put("last_result", notice.getString("last_result"));
        }
        if (notice.getLong("sent_ms") != null) {
            json.put("sent_at", Json.time(notice.getLong("sent_ms")));
        } else if ("QUEUED".equals(notice.getString("state")) && notice.getLong("next_ms") > 0) {
            json.put("next_try_at", Json.time(notice.getLong("next_ms")));
        }
        return json;
    }
}
