// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.projection.ProjectionSchema;
import it.socialies.engine.protocol.sbe.InstallationMode;
import it.socialies.gateway.agreements.AgreementDesk;
import it.socialies.gateway.cards.CardOffice;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.engineclient.CommandMeter;
import it.socialies.gateway.engineclient.CoreClient;
import it.socialies.gateway.engineclient.EngineCoreAccess;
import it.socialies.gateway.engineclient.InstallationTime;
import it.socialies.gateway.http.ApiServer;
import it.socialies.gateway.http.Contract;
import it.socialies.gateway.http.HttpConfig;
import it.socialies.gateway.http.RateGate;
import it.socialies.gateway.http.RequestObserver;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.http.TlsCertificate;
import it.socialies.gateway.http.TlsConfig;
import it.socialies.gateway.issuance.batches.Issuance;
import it.socialies.gateway.lifecycle.Owned;
import it.socialies.gateway.metrics.GatewayMetrics;
import it.socialies.gateway.metrics.MetricsEndpoint;
import it.socialies.gateway.notices.NoticeOffice;
import it.socialies.gateway.office.BootstrapOperators;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.office.OfficeRequests;
import it.socialies.gateway.office.OfficeSettings;
import it.socialies.gateway.office.OperatorLoginStore;
import it.socialies.gateway.office.PinResetSample;
import it.socialies.gateway.office.TopUpBatches;
import it.socialies.gateway.payees.PayeeOffice;
import it.socialies.gateway.people.PeopleVault;
import it.socialies.gateway.programmes.ProgrammeLogos;
import it.socialies.gateway.programmes.ProgrammeSheets;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.reports.ReportOffice;
import it.socialies.gateway.security.Access;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.PinPolicy;
import it.socialies.gateway.security.RateLimiter;
import it.socialies.gateway.security.Secrets;
import it.socialies.gateway.security.TokenSettings;
import it.socialies.gateway.settlement.Settling;
import it.socialies.gateway.status.CoreFigures;
import it.socialies.gateway.status.ProjectionLag;
import it.socialies.gateway.topups.BatchExecution;
import it.socialies.gateway.topups.BatchResumption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A node that runs: the whole process, wired top to bottom in {@link #start}. Threading: started and closed by one thread that is no event loop.
 */
final class RunningNode implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(RunningNode.class);
    private static final int RATE_KEYS_MAX = 100_000;
    private static final int READER_WAITERS_MAX = 512;
    private static final int CONNECT_TIMEOUT_MS = 3_000;
    private static final long CLOSE_TIMEOUT_S = 15;
    private static final long LAG_NOTE_MS = 200;
    private static final int AUDIT_THREADS = 1;
    private static final int AUDIT_READS_PENDING_MAX = 64;

    private final Path pidFile;
    private final EngineParts parts;
    private final CheckpointParts checkpoints;
    private final Vertx vertx;
    private final Access access;
    private final GatewayMetrics metrics;
    private final List<ApiServer> servers = new ArrayList<>();

    private @Nullable String api;

    private RunningNode(
            Path pidFile,
            EngineParts parts,
            CheckpointParts checkpoints,
            Vertx vertx,
            Access access,
            GatewayMetrics metrics) {
        this.pidFile = pidFile;
        this.parts = parts;
        this.checkpoints = checkpoints;
        this.vertx = vertx;
        this.access = access;
        this.metrics = metrics;
    }

    /**
     * Starts everything and returns when HTTP answers. Postgres may be away: payments do not need it.
     *
     * @throws NodeFailure or another exception whose message is the remedy in one line
     */
    static RunningNode start(NodeArguments arguments, NodeConfig config) throws IOException {
        Path data = arguments.dataFolder();
        PostgresLogins logins = PostgresLogins.read(data.resolve("secrets").resolve("postgres.json"));
        EngineParts parts = EngineParts.launch(arguments, config, logins);
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        try {
            return start(arguments, config, logins, parts, vertx);
        } catch (RuntimeException | IOException e) {
            await(vertx.close());
            parts.close();
            throw e;
        }
    }

    private static RunningNode start(
            NodeArguments arguments, NodeConfig config, PostgresLogins logins, EngineParts parts, Vertx vertx)
            throws IOException {
        Path secretsFolder = arguments.dataFolder().resolve("secrets");
        Secrets secrets = Secrets.open(secretsFolder.resolve("keys"));
        CheckpointParts checkpoints = CheckpointParts.open(arguments.dataFolder(), secrets, config.tokenIssuer());
        checkpoints.requireHistoryUpTo(parts.durableSequence());
        BootstrapOperators bootstrap = bootstrap(arguments, config, parts, secrets, secretsFolder);
        EngineParts.Installation installation = parts.installation();
        if (arguments.live() && installation.mode() != InstallationMode.LIVE) {
            throw new NodeFailure("this installation is a sandbox and stays one: --live needs a new data folder");
        }
        requireSafeListener(config.http(), installation.mode());
        parts.startProjector();
        parts.startSnapshots();

        InstallationTime time = new InstallationTime(System::currentTimeMillis);
        time.offsetMs(installation.clockOffsetMs());
        GatewayMetrics metrics = new GatewayMetrics();
        CoreClient core = new CoreClient(vertx, parts.client(), new CommandMeter(metrics));
        OfficeDatabase office =
                new OfficeDatabase(vertx, databaseSettings(arguments, logins, logins.office()), bootstrap);
        Access access = new Access(
                vertx,
                secrets,
                tokenSettings(config),
                config.guesses(),
                time,
                System::nanoTime,
                InstantSource.system(),
                config.secondFactorIn(installation.mode()),
                new EngineCoreAccess(core),
                new OperatorLoginStore(office, time, secrets.random()));
        RunningNode node = new RunningNode(
                arguments.dataFolder().resolve("run").resolve("node.pid"), parts, checkpoints, vertx, access, metrics);

        Projection projection = new Projection(
                vertx,
                readerPool(vertx, arguments, config, logins),
                () -> parts.projection().lastSequence());
        PeopleVault people = new PeopleVault(
                vertx,
                office,
                databaseSettings(arguments, logins, logins.vaultKeys()),
                arguments.dataFolder().resolve("erasures.txt"),
                secrets,
                config.people().masters(secrets),
                time,
                System::nanoTime,
                projection,
                new Descriptions(office),
                config.people().vault());
        CardOffice cards = new CardOffice(
                vertx,
                office,
                secrets,
                time,
                core,
                projection,
                people.names(),
                new PinPolicy(config.pinDigits()),
                new PinResetSample(secrets.hash(Secrets.Purpose.SAMPLE), config.pinResetSample()),
                config.pinReviewTerm());
        metrics.gauge(
                "ies_data_subject_requests_overdue",
                "Requests of data subjects that are open past their term, as counted within the last hour",
                people,
                PeopleVault::overdueRequests);
        Contract contract = new Contract();
        TopUpBatches batches = new TopUpBatches(office, time);
        BatchExecution execution = new BatchExecution(core, batches, secrets.hash(Secrets.Purpose.ISSUED), time::nowMs);
        Issuance issuance = new Issuance(
                vertx,
                office,
                people.register(),
                projection,
                new Descriptions(office),
                new ProgrammeSheets(office, time),
                new ProgrammeLogos(office, time),
                core,
                batches,
                execution,
                arguments.dataFolder().resolve("issuance"),
                secrets.hash(Secrets.Purpose.FINGERPRINT),
                secrets.hash(Secrets.Purpose.ISSUED),
                time,
                config.issuance());
        PayeeOffice payees = new PayeeOffice(vertx, office, projection, secrets, time);
        Settling settling = new Settling(
                vertx,
                office,
                new OfficeRequests(office, secrets.hash(Secrets.Purpose.FINGERPRINT), time),
                projection,
                core,
                payees.accounts(),
                arguments.dataFolder().resolve("outcome-files"),
                secrets.hash(Secrets.Purpose.ISSUED),
                time,
                secrets.random());
        ReportOffice reports = new ReportOffice(
                vertx,
                office,
                new OfficeDesk(new OfficeRequests(office, secrets.hash(Secrets.Purpose.FINGERPRINT), time)),
                projection,
                secrets.hash(Secrets.Purpose.PUBLICATION),
                time);
        NoticeOffice notices = new NoticeOffice(
                vertx,
                office,
                new OfficeDesk(new OfficeRequests(office, secrets.hash(Secrets.Purpose.FINGERPRINT), time)),
                projection,
                secrets,
                time,
                people.addressees(),
                people.names(),
                secretsFolder,
                config.notices());
        AgreementDesk agreements = new AgreementDesk(
                vertx,
                office,
                projection,
                new OfficeDesk(new OfficeRequests(office, secrets.hash(Secrets.Purpose.FINGERPRINT), time)),
                time);
        List<Resource> resources = new Wiring(
                        vertx,
                        config,
                        secrets,
                        time,
                        access,
                        metrics,
                        office,
                        projection,
                        batches,
                        execution,
                        contract,
                        new BoundedWorker(vertx, "ies-audit", AUDIT_THREADS, AUDIT_READS_PENDING_MAX),
                        new JournalEvidence(DataFolder.at(arguments.dataFolder())),
                        people,
                        cards,
                        issuance,
                        payees,
                        settling,
                        reports,
                        notices,
                        agreements)
                .resources(parts, checkpoints);
        node.serve(config, core, contract, resources);
        node.writePid();
        checkpoints.start();
        LOG.info("gateway answers on {} port {}", config.http().host(), node.port());
        // The rows of a batch are in the office, what is approved is in the projection: either may come late, or never.
        Future<Void> officeReady = office.start();
        officeReady
                .compose(ready -> cards.start())
                .onFailure(closed -> LOG.debug("card batches wait until somebody asks for them", closed));
        officeReady
                .onSuccess(ready -> settling.start())
                .onSuccess(ready -> notices.start())
                .onSuccess(ready -> agreements.start())
                .onFailure(closed -> LOG.debug("settlements wait for the office", closed));
        officeReady
                .onSuccess(ready -> reports.start())
                .onFailure(closed -> LOG.debug("reports wait for the office", closed));
        officeReady
                .compose(ready -> people.start())
                .onSuccess(open -> issuance.start())
                .onFailure(closed -> LOG.debug("closed before the vault", closed));
        officeReady
                .compose(ready ->
                        node.resume(new BatchResumption(projection, batches, execution), installation.lastSequence()))
                .onFailure(closed -> LOG.debug("closed before the office was there", closed));
        return node;
    }

    /** Passwords and PINs of a live installation do not cross a network in clear. */
    private static void requireSafeListener(HttpConfig http, InstallationMode mode) {
        if (mode == InstallationMode.LIVE
                && !isLoopback(http.host())
                && http.trustedProxies().stream().allMatch(RunningNode::isLoopback)) {
            throw new NodeFailure(
                    "a live installation does not answer plain HTTP on " + http.host()
                            + ": set ies.https.certificate and ies.https.key for HTTPS of its own, or name your proxies in ies.http.trusted-proxies");
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.startsWith("127.")
                || host.equals("::1")
                || host.equals("0:0:0:0:0:0:0:1");
    }

    private static BootstrapOperators bootstrap(
            NodeArguments arguments, NodeConfig config, EngineParts parts, Secrets secrets, Path secretsFolder) {
        Path file = secretsFolder.resolve("bootstrap-operators.json");
        if (parts.engine().durableSequence() > 0) {
            return BootstrapOperators.load(file, secrets);
        }
        if (arguments.live() && config.liveTaxCodes().size() != BootstrapOperators.COUNT) {
            throw new NodeFailure(
                    "two persons start a live installation: put their tax codes into ies.live.tax-codes of DIR/node.properties");
        }
        BootstrapOperators bootstrap = BootstrapOperators.create(
                file,
                secrets,
                arguments.live()
                        ? BootstrapOperators.liveTaxCodes(
                                config.liveTaxCodes().get(0),
                                config.liveTaxCodes().get(1))
                        : BootstrapOperators.sandboxTaxCodes());
        parts.startInstallation(arguments.live());
        return bootstrap;
    }

    private static TokenSettings tokenSettings(NodeConfig config) {
        TokenSettings defaults = TokenSettings.defaults();
        return new TokenSettings(
                config.tokenIssuer(),
                defaults.audience(),
                config.operatorTokenLife().toMillis(),
                config.terminalTokenLife().toMillis(),
                config.holderTokenLife().toMillis(),
                defaults.keyRotationMs(),
                defaults.verifiedTokensMax());
    }

    private static OfficeSettings databaseSettings(
            NodeArguments arguments, PostgresLogins logins, PostgresLogins.Login login) {
        return OfficeSettings.of(
                arguments.postgresHost(),
                arguments.postgresPort(),
                logins.tls(),
                login.database(),
                login.user(),
                login.password());
    }

    private static Pool readerPool(Vertx vertx, NodeArguments arguments, NodeConfig config, PostgresLogins logins) {
        PostgresLogins.Login login = logins.reader();
        PgConnectOptions options = new PgConnectOptions()
                .setHost(arguments.postgresHost())
                .setPort(arguments.postgresPort())
                .setDatabase(login.database())
                .setUser(login.user())
                .setPassword(login.password())
                .setCachePreparedStatements(true)
                .setProperties(Map.of(
                        "application_name",
                        "ies-gateway-reader",
                        "search_path",
                        ProjectionSchema.NAME,
                        "statement_timeout",
                        "10000"));
        if (logins.tls()) {
            options.setSslMode(SslMode.VERIFY_FULL)
                    .setSslOptions(new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS"));
        }
        Pool pool = PgBuilder.pool()
                .using(vertx)
                .connectingTo(options)
                .with(new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS))
                .with(new PoolOptions()
                        .setMaxSize(config.readerConnectionsMax())
                        .setMaxWaitQueueSize(READER_WAITERS_MAX)
                        .setConnectionTimeout(CONNECT_TIMEOUT_MS)
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .build();
        Owned.by(vertx, pool::close);
        return pool;
    }

    private void serve(NodeConfig config, CoreClient core, Contract contract, List<Resource> resources) {
        HttpConfig http = config.http();
        TlsConfig tls = http.tls();
        TlsCertificate certificate = tls == null ? null : TlsCertificate.read(tls);
        Duration window = Duration.ofSeconds(http.rateWindowSeconds());
        RateGate rates = new RateGate(
                new RateLimiter(http.addressRequestsMax(), window, RATE_KEYS_MAX, System::nanoTime),
                new RateLimiter(http.principalRequestsMax(), window, RATE_KEYS_MAX, System::nanoTime),
                new RateLimiter(http.blockRequestsMax(), window, RATE_KEYS_MAX, System::nanoTime),
                metrics);
        OpenAPIContract loaded = await(contract.load(vertx));
        ProjectionLag lag = new ProjectionLag(System.nanoTime());
        vertx.setPeriodic(
                LAG_NOTE_MS, timer -> lag.note(System.nanoTime(), parts.durableSequence(), parts.projectedSequence()));
        NodeMetrics.register(metrics, parts, checkpoints, lag, access);
        CoreFigures figures = new CoreFigures(core, metrics, config.metricsCircuitsMax());
        RequestObserver observer = new RequestObserver(
                metrics, loaded.getPaths().stream().map(path -> path.getName()).toList());
        MetricsEndpoint endpoint = new MetricsEndpoint(metrics, figures::refresh, http.metricsPublic());
        try {
            api = await(vertx.deployVerticle(
                    () -> {
                        ApiServer server = new ApiServer(
                                http,
                                certificate,
                                loaded,
                                core,
                                access.verifier(),
                                rates,
                                observer,
                                endpoint,
                                resources);
                        servers.add(server);
                        return server;
                    },
                    new DeploymentOptions().setInstances(http.eventLoops())));
        } catch (CompletionException e) {
            throw portFailure(http, e);
        }
        TlsRenewal renewal =
                tls == null || certificate == null ? null : new TlsRenewal(vertx, tls, certificate, servers);
        metrics.gauge(
                "ies_https_certificate_seconds",
                "How long the certificate of HTTPS is still good; not a number without one",
                this,
                node -> renewal == null ? Double.NaN : renewal.secondsLeft());
        if (renewal != null) {
            renewal.start();
            LOG.info("HTTPS answers on port {}", servers.getFirst().actualTlsPort());
        }
    }

    private static RuntimeException portFailure(HttpConfig http, CompletionException e) {
        Throwable cause = e.getCause();
        TlsConfig tls = http.tls();
        String https = tls == null ? "" : ", or port " + tls.port() + " of " + tls.host() + " for HTTPS,";
        return cause instanceof IOException
                ? new NodeFailure(
                        "port " + http.port() + " of " + http.host() + https + " cannot be opened ("
                                + cause.getMessage() + "): stop what uses it, or name another one with --port"
                                + (tls == null ? "" : " or ies.https.port"),
                        e)
                : e;
    }

    /** Waits for the projection, however long that takes, and then goes on with approved batches. */
    private Future<Void> resume(BatchResumption resumption, long minSequence) {
        return resumption
                .resume(minSequence)
                .recover(notYet -> vertx.timer(1, TimeUnit.SECONDS).compose(waited -> resume(resumption, minSequence)));
    }

    private void writePid() throws IOException {
        Files.writeString(pidFile, Long.toString(ProcessHandle.current().pid()));
    }

    /** Port that HTTP answers on. */
    int port() {
        return servers.getFirst().actualPort();
    }

    /** Port that HTTPS answers on; 0 when there is none. */
    int tlsPort() {
        return servers.getFirst().actualTlsPort();
    }

    /** Stops cleanly: no request any more, what has entered is answered, the journal is closed. */
    @Override
    public void close() throws IOException {
        // First what lets requests in, then the threads that answer them; two waits, since no future outlives its event
        // loop.
        try {
            await(vertx.undeploy(Objects.requireNonNull(api, "closed before it served")));
        } finally {
            closeParts();
        }
    }

    private void closeParts() throws IOException {
        try {
            await(vertx.close());
        } finally {
            access.close();
            checkpoints.close();
            parts.close();
            metrics.close();
            Files.deleteIfExists(pidFile);
        }
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(CLOSE_TIMEOUT_S, TimeUnit.SECONDS)
                .join();
    }
}
