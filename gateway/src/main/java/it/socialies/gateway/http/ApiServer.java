// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import io.netty.handler.codec.TooLongFrameException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreClient;
import it.socialies.gateway.metrics.MetricsEndpoint;
import it.socialies.gateway.security.TokenVerifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One event loop of the gateway. The way of a request, top to bottom in {@link #router}: trace id and headers, figures and access log, body with its limit, who calls and how often,
 * hot routes, contract, resource.
 */
public final class ApiServer extends VerticleBase {
    /** Their parser is strict itself. */
    private static final Set<String> HOT_BODIES =
            Set.of(Contract.BASE_PATH + "/payments", Contract.BASE_PATH + "/payment-batches");

    private static final Set<String> LARGE_BODIES =
            Set.of(Contract.BASE_PATH + "/top-ups", Contract.BASE_PATH + "/payment-batches");

    /** Negative: any free port, the same for all event loops. */
    private static final int ANY_PORT = -1;

    /** The same, another one. */
    private static final int ANY_TLS_PORT = -2;

    private final HttpConfig config;
    private final OpenAPIContract contract;
    private final CoreClient core;
    private final TokenVerifier tokens;
    private final RateGate rates;
    private final RequestObserver observer;
    private final MetricsEndpoint metrics;
    private final List<Resource> resources;
    private final @Nullable TlsCertificate certificate;
    private @Nullable HttpServer server;
    private @Nullable HttpServer tlsServer;

    public ApiServer(
            HttpConfig config,
            @Nullable TlsCertificate certificate,
            OpenAPIContract contract,
            CoreClient core,
            TokenVerifier tokens,
            RateGate rates,
            RequestObserver observer,
            MetricsEndpoint metrics,
            List<Resource> resources) {
        this.config = config;
        this.certificate = certificate;
        this.contract = contract;
        this.core = core;
        this.tokens = tokens;
        this.rates = rates;
        this.observer = observer;
        this.metrics = metrics;
        this.resources = resources;
    }

    @Override
    public Future<?> start() {
        SlowConnections slow = new SlowConnections(config, System::nanoTime);
        slow.start(vertx);
        Router router = router(slow);
        return listen(vertx.createHttpServer(options(config.host(), config.port(), ANY_PORT)), router, slow)
                .onSuccess(listening -> server = listening)
                .compose(listening -> startTls(router, slow));
    }

    private Future<?> startTls(Router router, SlowConnections slow) {
        TlsConfig tls = config.tls();
        if (tls == null || certificate == null) {
            return Future.succeededFuture();
        }
        HttpServerOptions options = options(tls.host(), tls.port(), ANY_TLS_PORT);
        certificate.applyTo(options);
        return listen(vertx.createHttpServer(options), router, slow).onSuccess(listening -> tlsServer = listening);
    }

    private static Future<HttpServer> listen(HttpServer server, Router router, SlowConnections slow) {
        return server.connectionHandler(slow::opened)
                .requestHandler(router)
                .invalidRequestHandler(ApiServer::refuseHttp)
                .listen();
    }

    private HttpServerOptions options(String host, int port, int anyPort) {
        return new HttpServerOptions()
                .setHost(host)
                .setPort(port == 0 ? anyPort : port)
                .setIdleTimeout(config.idleTimeoutSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxHeaderSize(16 * 1024)
                .setMaxInitialLineLength(4 * 1024)
                .setDecompressionSupported(false);
    }

    /** Takes a renewed certificate for new connections; those that are open go on. */
    public Future<Boolean> renew(TlsCertificate renewed) {
        HttpServer listening = tlsServer;
        return listening == null ? Future.succeededFuture(false) : listening.updateSSLOptions(renewed.options());
    }

    /** Port that HTTPS listens on; 0 when there is none. */
    public int actualTlsPort() {
        HttpServer listening = tlsServer;
        return listening == null ? 0 : listening.actualPort();
    }

    /** Port it listens on. */
    public int actualPort() {
        HttpServer listening = server;
        return listening == null ? config.port() : listening.actualPort();
    }

    @Override
    public Future<?> stop() {
        return Future.all(shutdown(server), shutdown(tlsServer));
    }

    private static Future<Void> shutdown(@Nullable HttpServer listening) {
        return listening == null ? Future.succeededFuture() : listening.shutdown(5, TimeUnit.SECONDS);
    }

    private Router router(SlowConnections slow) {
        Router router = Router.router(vertx);
        router.route()
                .handler(new RequestGate(new CallerAddress(config.trustedProxies())))
                .failureHandler(this::fail);
        router.route().handler(observer);
        router.route().handler(slow::begun);
        router.route().handler(bodies());
        router.route().handler(ctx -> {
            if (StreamedBody.isOne(ctx)) {
                ctx.next();
            } else {
                slow.read(ctx);
            }
        });
        router.route().handler(new BearerGate(tokens, rates));
        Route mediaTypes = router.route(Contract.BASE_PATH + "/*").method(HttpMethod.POST);
        mediaTypes.handler(ApiServer::requireJson);
        router.get("/metrics").handler(metrics);

        RouterBuilder operations = RouterBuilder.create(vertx, contract, RequestExtractor.withBodyHandler());
        Api api = new Api(operations, core);
        Set<String> hot = new HashSet<>();
        for (Resource resource : resources) {
            resource.mountHot(router, api);
            resource.mount(api);
            hot.addAll(resource.hotOperations());
        }
        for (OpenAPIRoute route : operations.getRoutes()) {
            route.setDoSecurity(false);
            if (route.getHandlers().isEmpty()
                    && !hot.contains(route.getOperation().getOperationId())) {
                throw new IllegalStateException(
                        "nobody serves " + route.getOperation().getOperationId());
            }
        }
        router.route(Contract.BASE_PATH + "/*").subRouter(operations.createRouter());
        for (int status : new int[] {404, 405, 406, 415, 500}) {
            router.errorHandler(status, this::fail);
        }
        return router;
    }

    private static boolean isLarge(@Nullable String path) {
        return path != null && (LARGE_BODIES.contains(path) || path.endsWith("/logos"));
    }

    /** What is not HTTP gets no further than here. */
    private static void refuseHttp(HttpServerRequest request) {
        ProblemException problem = new ProblemException(
                request.decoderResult().cause() instanceof TooLongFrameException ? "headers_too_large" : "malformed");
        request.response()
                .setStatusCode(ProblemTable.of(problem.code()).status())
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemWriter.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(ProblemWriter.body(problem, "-", ProblemWords.of(request)).toBuffer())
                .onComplete(done -> request.connection().close());
    }

    private void fail(RoutingContext ctx) {
        rates.count(ctx);
        ProblemWriter.handle(ctx);
    }

    private Handler<RoutingContext> bodies() {
        Handler<RoutingContext> small = BodyHandler.create(false).setBodyLimit(config.bodyLimitBytes());
        Handler<RoutingContext> large = BodyHandler.create(false).setBodyLimit(config.batchBodyLimitBytes());
        return ctx -> {
            if (StreamedBody.isOne(ctx)) {
                StreamedBody.hold(ctx);
            } else {
                (isLarge(ctx.request().path()) ? large : small).handle(ctx);
            }
        };
    }

    /** A body is JSON, says so, and has one meaning; a streamed one is looked at by who takes it. */
    private static void requireJson(RoutingContext ctx) {
        if (StreamedBody.isOne(ctx)) {
            ctx.next();
            return;
        }
        String type = ctx.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null && ctx.body().length() <= 0) {
            ctx.next();
            return;
        }
        int end = type == null ? -1 : type.indexOf(';');
        String bare = type == null ? "" : (end < 0 ? type : type.substring(0, end)).trim();
        if (!bare.equalsIgnoreCase("application/json")) {
            ctx.fail(415);
            return;
        }
        Buffer body = ctx.body().buffer();
        if (body != null
                && body.length() > 0
                && !HOT_BODIES.contains(ctx.request().path())) {
            StrictJson.require(body);
        }
        ctx.next();
    }
}
