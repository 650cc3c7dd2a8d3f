// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.programmes;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.acts.Acts;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.merchants.Trade;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.Digest256;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import java.util.Base64;
import java.util.List;

/** How a programme is configured for people: names, funders, acts, goods in words, logos; and what is said of it in public. Threading: any event loop. */
public final class ProgrammeDescriptions implements Resource {
    private static final String PROGRAMME = "SELECT categories, (SELECT last_sequence FROM position) AS as_of_sequence"
            + " FROM rules_in_force WHERE programme_id = $1 AND circuit_id = $2";
    private static final String DEFAULT_FORMAT = "png";

    private final Projection projection;
    private final Descriptions names;
    private final ProgrammeSheets sheets;
    private final ProgrammeLogos logos;
    private final Acts acts;
    private final OfficeDesk desk;
    private final BoundedWorker worker;

    /** @param worker reads and writes pictures */
    public ProgrammeDescriptions(
            Projection projection,
            Descriptions names,
            ProgrammeSheets sheets,
            ProgrammeLogos logos,
            Acts acts,
            OfficeDesk desk,
            BoundedWorker worker) {
        this.projection = projection;
        this.names = names;
        this.sheets = sheets;
        this.logos = logos;
        this.acts = acts;
        this.desk = desk;
        this.worker = worker;
    }

    @Override
    public void mount(Api api) {
        api.on("describeProgramme", this::describe);
        api.on("getProgrammeDescription", this::get);
        api.on("setProgrammeLogo", this::setLogo);
        api.onRaw("getProgrammeLogo", this::logo);
    }

    /** The categories that the programme of the path admits; fails with {@code not_found}. */
    private Future<Long> categories(ApiRequest request) {
        return projection
                .first(request, PROGRAMME, Tuple.of(request.id(Ids.PROGRAMME), request.circuitId()))
                .compose(row -> row == null
                        ? Future.failedFuture(new ProblemException("not_found"))
                        : Future.succeededFuture(row.getLong("categories")));
    }

    private Future<ApiAnswer> describe(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.ADMIN, OperatorRole.SOCIAL);
        int circuitId = request.circuitId();
        long programmeId = request.id(Ids.PROGRAMME);
        JsonObject data = request.body().copy();
        String state = (String) data.remove("state");
        return names.find(Ids.PROGRAMME, programmeId, circuitId)
                .compose(named -> {
                    ProgrammeWords.requireNeutralGoods(data, named.getString("name", ""));
                    return acts.find(circuitId, actIds(data));
                })
                .compose(found -> desk.once(
                        request,
                        operator,
                        connection -> sheets.add(connection, circuitId, programmeId, operator.id(), state, data)
                                .map(sheet -> json(sheet, found))));
    }

    static List<Long> actIds(JsonObject data) {
        return data.getJsonArray("acts", new JsonArray()).stream()
                .map(id -> Ids.ACT.parse(String.valueOf(id)))
                .toList();
    }

    private Future<ApiAnswer> get(ApiRequest request) {
        request.operator();
        long programmeId = request.id(Ids.PROGRAMME);
        return categories(request)
                .compose(bits -> sheets.newest(request.circuitId(), programmeId)
                        .compose(sheet -> acts.find(request.circuitId(), actIds(sheet.data()))
                                .compose(found -> logos.of(List.of(programmeId))
                                        .map(all -> ApiAnswer.ok(json(sheet, found)
                                                .put("trades", trades(bits))
                                                .put("logos", all.getOrDefault(programmeId, new JsonArray())))))));
    }

    private static JsonObject json(ProgrammeSheets.Sheet sheet, JsonArray found) {
        return shown(sheet.data(), found)
                .put("programme_id", Ids.PROGRAMME.format(sheet.programmeId()))
                .put("version", sheet.version())
                .put("state", sheet.state());
    }

    /** What office and public see alike, with the acts in words. */
    static JsonObject shown(JsonObject data, JsonArray foundActs) {
        JsonArray briefs = new JsonArray();
        foundActs.forEach(act -> briefs.add(Acts.brief((JsonObject) act)));
        return data.copy().put("acts", briefs);
    }

    /** The trades that a programme admits, with the codes of other classifications. */
    static JsonArray trades(long bits) {
        JsonArray trades = new JsonArray();
        Trade.of(bits).forEach(trade -> trades.add(trade.json()));
        return trades;
    }

    private Future<ApiAnswer> setLogo(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.ADMIN, OperatorRole.SOCIAL);
        int circuitId = request.circuitId();
        long programmeId = request.id(Ids.PROGRAMME);
        JsonObject body = request.body();
        byte[] content = content(body.getString("content"));
        return names.find(Ids.PROGRAMME, programmeId, circuitId)
                .compose(there -> worker.run(() -> {
                    try {
                        return LogoImage.of(content);
                    } catch (IllegalArgumentException e) {
                        throw ProblemException.field("/content", "logo", e.getMessage());
                    }
                }))
                .compose(image -> desk.once(
                        request,
                        operator,
                        connection -> logos.put(
                                connection,
                                circuitId,
                                programmeId,
                                operator.id(),
                                body.getInteger("position"),
                                body.getString("name"),
                                image,
                                Digest256.newSha256().digest(image.content().getBytes()))));
    }

    private static byte[] content(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw ProblemException.field("/content", "base64", "The picture is written in base64 (RFC 4648, 4).");
        }
    }

    private Future<Void> logo(ApiRequest request) {
        request.operator();
        return categories(request).compose(there -> picture(request, logos));
    }

    /** Answers with the picture that path and query name. */
    static Future<Void> picture(ApiRequest request, ProgrammeLogos logos) {
        String asked = request.query("format");
        String format = asked == null ? DEFAULT_FORMAT : asked;
        return logos.picture(request.id(Ids.PROGRAMME), (int) request.query("position", 1), format)
                .compose(picture -> write(request, format, picture));
    }

    /** Even opened by itself the picture runs nothing and fetches nothing. */
    private static Future<Void> write(ApiRequest request, String format, Buffer picture) {
        return request.context()
                .response()
                .putHeader(HttpHeaders.CONTENT_TYPE, format.equals(DEFAULT_FORMAT) ? "image/png" : "image/svg+xml")
                .putHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox")
                .end(picture);
    }
}
