// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;

/** All that is held about a person, to be handed over: JSON for machines, a page for people. */
final class PersonExports implements Resource {
    private final VaultDesk desk;
    private final SubjectRequests requests;
    private final PersonExport export;
    private final ProjectedLife life;

    PersonExports(VaultDesk desk, SubjectRequests requests, PersonExport export, ProjectedLife life) {
        this.desk = desk;
        this.requests = requests;
        this.export = export;
        this.life = life;
    }

    @Override
    public void mount(Api api) {
        api.onRaw("exportPerson", this::write);
    }

    private Future<Void> write(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL, OperatorRole.ADMIN);
        Reader reader = Reader.of(request, operator, request.query("case_id"));
        long recordId = request.id(Ids.HOLDER);
        return desk.read(
                        request,
                        connection -> requests.requireServing(connection, reader)
                                .compose(purpose -> export.of(connection, reader, recordId)))
                .compose(held -> life.addTo(held, reader.circuitId(), recordId))
                .compose(held -> write(request, held));
    }

    private static Future<Void> write(ApiRequest request, JsonObject held) {
        boolean isPage = "html".equals(request.query("format"));
        return request.context()
                .response()
                .putHeader(HttpHeaders.CONTENT_TYPE, isPage ? "text/html; charset=utf-8" : "application/json")
                .end(isPage ? ExportPage.of(held) : held.encode());
    }
}
