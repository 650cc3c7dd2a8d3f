// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.circuits;

import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.ClockConfirmedDecoder;
import it.socialies.engine.protocol.sbe.ClockSteppedDecoder;
import it.socialies.engine.protocol.sbe.ConfirmClockEncoder;
import it.socialies.engine.protocol.sbe.StepClockEncoder;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.engineclient.InstallationTime;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.Resource;

/** Moves a sandbox clock forward, and confirms a clock that jumped. */
public final class Clock implements Resource {
    private final InstallationTime time;

    public Clock(InstallationTime time) {
        this.time = time;
    }

    @Override
    public void mount(Api api) {
        api.command(
                "stepClock",
                (request, frame) -> frame.message(new StepClockEncoder())
                        .advanceMs(request.body().getLong("advance_ms")),
                (request, reply) -> {
                    long offsetMs = reply.get(new ClockSteppedDecoder()).offsetMs();
                    time.offsetMs(offsetMs);
                    return new JsonObject()
                            .put("offset_ms", offsetMs)
                            .put("time", Json.time(time.nowMs()))
                            .put("sequence", reply.sequence());
                });
        api.command(
                "confirmClock",
                (request, frame) ->
                        frame.message(new ConfirmClockEncoder()).wallClockMs(Json.timeMs(request.body(), "wall_clock")),
                (request, reply) -> new JsonObject()
                        .put(
                                "time",
                                Json.time(reply.get(new ClockConfirmedDecoder()).confirmedMs()))
                        .put("sequence", reply.sequence()));
    }
}
