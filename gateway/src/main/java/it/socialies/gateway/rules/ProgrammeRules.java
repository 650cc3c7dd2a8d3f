// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.rules;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.protocol.sbe.DraftRulesEncoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.RulesDraftedDecoder;
import it.socialies.gateway.acts.Acts;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.proposals.Proposing;
import it.socialies.gateway.security.InstallationClock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Versions of the rules of a programme: one drafts, tries them on what was paid, proposes them; another person puts them in force. */
public final class ProgrammeRules implements Resource {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");
    private static final long DAY_MS = 86_400_000;
    private static final long USUAL_DAYS = 31;
    private static final long MAX_DAYS = 92;
    private static final int MAX_PAYMENTS = 200_000;

    private static final String VERSIONS =
            "SELECT (SELECT last_sequence FROM position) AS as_of_sequence, version, approved_ms, approved_sequence,"
                    + " drafted_ms, sequence, " + RulesTerms.COLUMNS
                    + " FROM programme_rules WHERE programme_id = $1 AND circuit_id = $2 ORDER BY version";

    /** What was in the pocket before a payment: what went in less what went out, in all records before. 131 to 136 are the movements. */
    private static final String PLAYED = """
            SELECT y.payment_id, y.wallet_id, y.card_id, y.merchant_id, m.category::integer AS category, y.created_ms, y.eligible_amount,
                y.outcome::integer AS outcome, y.remaining,
                (SELECT coalesce(sum(h.amount), 0)::bigint FROM hold h WHERE h.payment_id = y.payment_id AND h.debit_account_id = a.account_id) AS share,
                (SELECT coalesce(sum(CASE WHEN e.credit_account_id = a.account_id THEN e.amount WHEN e.kind = 134 THEN e.released
                        WHEN e.kind = 135 THEN e.amount ELSE -e.amount END), 0)::bigint
                 FROM (SELECT kind, debit_account_id, credit_account_id, amount, released FROM ledger_entry
                       WHERE debit_account_id = a.account_id AND sequence < y.sequence
                       UNION ALL
                       SELECT kind, debit_account_id, credit_account_id, amount, released FROM ledger_entry
                       WHERE credit_account_id = a.account_id AND sequence < y.sequence) e) AS available
            FROM account a
            JOIN payment y ON y.wallet_id = a.owner_id AND y.created_ms >= $2 AND y.created_ms < $3
            JOIN merchant m ON m.merchant_id = y.merchant_id
            WHERE a.programme_id = $1 AND a.kind = 3
            ORDER BY y.wallet_id, y.payment_id LIMIT $4""";

    private final Projection projection;
    private final Acts acts;
    private final InstallationClock clock;

    /** @param clock tells which month was the last */
    public ProgrammeRules(Projection projection, Acts acts, InstallationClock clock) {
        this.projection = projection;
        this.acts = acts;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.command("draftRules", ProgrammeRules::draft, ProgrammeRules::drafted);
        api.on("listRules", this::list);
        api.on("rehearseRules", this::rehearse);
        Proposing.byAct(
                api,
                acts,
                "proposeRulesChange",
                ProposalKind.CHANGE_RULES,
                (request, reference, command) -> command.subjectId(request.id(Ids.PROGRAMME))
                        .targetId(request.body().getInteger("version"))
                        .extra(reference));
    }

    private static void draft(ApiRequest request, CommandFrame frame) {
        RulesTerms terms = RulesTerms.of(request.body());
        DraftRulesEncoder command = frame.message(new DraftRulesEncoder());
        command.programmeId(request.id(Ids.PROGRAMME));
        terms.encode(command);
    }

    private static JsonObject drafted(ApiRequest request, CoreReply reply) {
        RulesDraftedDecoder drafted = reply.get(new RulesDraftedDecoder());
        return RulesTerms.of(request.body())
                .json()
                .put("programme_id", Ids.PROGRAMME.format(drafted.programmeId()))
                .put("version", drafted.version())
                .put("state", "draft")
                .put("sequence", reply.sequence());
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        return versions(request).map(rows -> {
            List<JsonObject> items = new ArrayList<>();
            RulesVersion inForce = RulesVersion.inForce(rows, clock.nowMs());
            for (RulesVersion version : rows) {
                items.add(version.json(clock.nowMs(), version.number() == inForce.number())
                        .put("programme_id", Ids.PROGRAMME.format(request.id(Ids.PROGRAMME))));
            }
            return ApiAnswer.ok(new JsonObject()
                    .put("items", items)
                    .put("as_of_sequence", rows.getFirst().asOfSequence()));
        });
    }

    private Future<ApiAnswer> rehearse(ApiRequest request) {
        long wanted = request.query("version", 0);
        long untilMs = timeMs(request, "until", clock.nowMs());
        long fromMs = timeMs(request, "from", untilMs - USUAL_DAYS * DAY_MS);
        if (fromMs >= untilMs || untilMs - fromMs > MAX_DAYS * DAY_MS) {
            throw ProblemException.field("/from", "range", "At most " + MAX_DAYS + " days, ending after they begin.");
        }
        return versions(request).compose(versions -> {
            RulesVersion rehearsed = versions.stream()
                    .filter(version -> version.number() == wanted)
                    .findFirst()
                    .orElseThrow(() -> new ProblemException("not_found"));
            Rehearsal rehearsal = new Rehearsal(versions, rehearsed.terms(), fromMs);
            Tuple parameters = Tuple.of(request.id(Ids.PROGRAMME), countedFromMs(fromMs), untilMs, MAX_PAYMENTS + 1);
            return projection
                    .rows(request.query("min_sequence", 0), PLAYED, parameters)
                    .map(rows -> {
                        int played = 0;
                        for (Row row : rows) {
                            if (played++ < MAX_PAYMENTS) {
                                rehearsal.play(RehearsedPayment.of(row));
                            }
                        }
                        return ApiAnswer.ok(rehearsal
                                .json()
                                .put("programme_id", Ids.PROGRAMME.format(request.id(Ids.PROGRAMME)))
                                .put("version", wanted)
                                .put("from", Json.time(fromMs))
                                .put("until", Json.time(untilMs))
                                .put("complete", played <= MAX_PAYMENTS));
                    });
        });
    }

    private Future<List<RulesVersion>> versions(ApiRequest request) {
        request.operator();
        Tuple parameters = Tuple.of(request.id(Ids.PROGRAMME), request.circuitId());
        return projection
                .rows(request.query("min_sequence", 0), VERSIONS, parameters)
                .map(rows -> {
                    List<RulesVersion> versions = new ArrayList<>();
                    rows.forEach(row -> versions.add(RulesVersion.of(row)));
                    if (versions.isEmpty()) {
                        throw new ProblemException("not_found");
                    }
                    return versions;
                });
    }

    /** Weekly and monthly sums need what was drawn since the week and the month began. */
    private static long countedFromMs(long fromMs) {
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(fromMs), ROME);
        LocalDate month = day.withDayOfMonth(1);
        LocalDate week = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        LocalDate first = month.isBefore(week) ? month : week;
        return first.atStartOfDay(ROME).toInstant().toEpochMilli();
    }

    private static long timeMs(ApiRequest request, String name, long otherwise) {
        @Nullable String text = request.query(name);
        return text == null ? otherwise : Json.timeMs(new JsonObject().put(name, text), name);
    }
}
