// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.cards;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.CardFaces;
import it.socialies.gateway.office.CardFaces.Face;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;

/** The words on all cards and sheets of a circuit. */
final class CardFaceResource implements Resource {
    private final CardFaces faces;
    private final OfficeDesk desk;

    CardFaceResource(CardFaces faces, OfficeDesk desk) {
        this.faces = faces;
        this.desk = desk;
    }

    @Override
    public void mount(Api api) {
        api.on("setCardFace", this::set);
        api.on("getCardFace", this::get);
    }

    private Future<ApiAnswer> set(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.ADMIN);
        int circuitId = request.circuitId();
        JsonObject body = request.body();
        Face face = new Face(
                body.getString("municipality"),
                body.getString("office"),
                body.getString("contact"),
                body.getString("block_page"),
                body.getString("block_phone"));
        return desk.once(
                request,
                operator,
                connection ->
                        faces.put(connection, circuitId, operator.id(), face).map(done -> json(face)));
    }

    private Future<ApiAnswer> get(ApiRequest request) {
        request.operatorWith(OperatorRole.SOCIAL, OperatorRole.ADMIN);
        return faces.of(request.circuitId())
                .map(found -> ApiAnswer.ok(json(found.orElseThrow(() -> new ProblemException("card_face_missing")))));
    }

    private static JsonObject json(Face face) {
        return new JsonObject()
                .put("municipality", face.municipality())
                .put("office", face.office())
                .put("contact", face.contact())
                .put("block_page", face.blockPage())
                .put("block_phone", face.blockPhone());
    }
}
