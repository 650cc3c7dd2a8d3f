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
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.snapshot.SnapshotSummary;
import it.socialies.gateway.acts.ActResource;
import it.socialies.gateway.acts.Acts;
import it.socialies.gateway.audit.Checkpoints;
import it.socialies.gateway.audit.Evidence;
import it.socialies.gateway.audit.Proofs;
import it.socialies.gateway.cards.CardBlocks;
import it.socialies.gateway.cards.CardCodes;
import it.socialies.gateway.cards.CardGrants;
import it.socialies.gateway.cards.CardOffice;
import it.socialies.gateway.cards.CardPins;
import it.socialies.gateway.cards.Cards;
import it.socialies.gateway.cards.GivenCards;
import it.socialies.gateway.circuits.Circuits;
import it.socialies.gateway.circuits.Clock;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.disputes.DisputeOffice;
import it.socialies.gateway.emergency.EmergencyAwards;
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
import it.socialies.gateway.merchants.Merchants;
import it.socialies.gateway.merchants.PublicMerchants;
import it.socialies.gateway.metrics.GatewayMetrics;
import it.socialies.gateway.metrics.MetricsEndpoint;
import it.socialies.gateway.notices.NoticeOffice;
import it.socialies.gateway.office.BootstrapOperators;
import it.socialies.gateway.office.CardsPutAside;
import it.socialies.gateway.office.Leavers;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.office.OfficeRequests;
import it.socialies.gateway.office.OfficeSettings;
import it.socialies.gateway.office.OperatorLoginStore;
import it.socialies.gateway.office.OperatorOnboarding;
import it.socialies.gateway.office.PasswordChange;
import it.socialies.gateway.office.PinResetSample;
import it.socialies.gateway.office.SecondFactorEnrolment;
import it.socialies.gateway.office.TopUpBatches;
import it.socialies.gateway.office.Usernames;
import it.socialies.gateway.operators.Operators;
import it.socialies.gateway.operators.OwnAccess;
import it.socialies.gateway.operators.Tenures;
import it.socialies.gateway.payees.PayeeOffice;
import it.socialies.gateway.payments.HotPayments;
import it.socialies.gateway.payments.PaymentReversals;
import it.socialies.gateway.payments.Payments;
import it.socialies.gateway.payments.Resolutions;
import it.socialies.gateway.people.PeopleVault;
import it.socialies.gateway.programmes.EligibleGoods;
import it.socialies.gateway.programmes.ProgrammeDescriptions;
import it.socialies.gateway.programmes.ProgrammeLogos;
import it.socialies.gateway.programmes.ProgrammeSheets;
import it.socialies.gateway.programmes.Programmes;
import it.socialies.gateway.programmes.PublicProgrammes;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.proposals.Proposals;
import it.socialies.gateway.qr.CardPayload;
import it.socialies.gateway.qr.PrintedCode;
import it.socialies.gateway.reports.ReportOffice;
import it.socialies.gateway.reserve.Reserve;
import it.socialies.gateway.returns.Extensions;
import it.socialies.gateway.returns.Reversals;
import it.socialies.gateway.returns.TakeBacks;
import it.socialies.gateway.rules.ProgrammeRules;
import it.socialies.gateway.samples.CaseFiles;
import it.socialies.gateway.samples.Samples;
import it.socialies.gateway.security.Access;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.IssuedSecrets;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.security.PasswordPolicy;
import it.socialies.gateway.security.PinPolicy;
import it.socialies.gateway.security.PinVerifier;
import it.socialies.gateway.security.PublishedKeys;
import it.socialies.gateway.security.RateLimiter;
import it.socialies.gateway.security.Secrets;
import it.socialies.gateway.security.TokenSettings;
import it.socialies.gateway.settlement.Settling;
import it.socialies.gateway.signals.Signals;
import it.socialies.gateway.status.CoreFigures;
import it.socialies.gateway.status.NodeState;
import it.socialies.gateway.status.ProjectionLag;
import it.socialies.gateway.status.Status;
import it.socialies.gateway.terminals.Terminals;
import it.socialies.gateway.tills.DayStore;
import it.socialies.gateway.tills.DocumentsOfSales;
import it.socialies.gateway.tills.TillOffice;
import it.socialies.gateway.tokens.Tokens;
import it.socialies.gateway.topups.BatchExecution;
import it.socialies.gateway.topups.BatchResumption;
import it.socialies.gateway.topups.TopUps;
import it.socialies.gateway.traces.Traces;
import it.socialies.gateway.transfers.Transfers;
import it.socialies.gateway.wallets.Wallets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private static final int LOGOS_PENDING_MAX = 8;

    private final Path pidFile;
    private final EngineParts parts;
    private final CheckpointParts checkpoints;
    private final Vertx vertx;
    private final Access access;
    private final GatewayMetrics metrics;
    private final List<ApiServer> servers = new ArrayList<>();

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
        List<Resource> resources = resources(
                new Wiring(
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
                        notices),
                parts,
                checkpoints);
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

    /** What resources are made of. */
    private record Wiring(
            Vertx vertx,
            NodeConfig config,
            Secrets secrets,
            InstallationTime time,
            Access access,
            GatewayMetrics metrics,
            OfficeDatabase office,
            Projection projection,
            TopUpBatches batches,
            BatchExecution execution,
            Contract contract,
            BoundedWorker audit,
            Evidence evidence,
            PeopleVault people,
            CardOffice cards,
            Issuance issuance,
            PayeeOffice payees,
            Settling settling,
            ReportOffice reports,
            NoticeOffice notices) {}

    private static List<Resource> resources(Wiring w, EngineParts parts, CheckpointParts checkpoints) {
        Descriptions descriptions = new Descriptions(w.office());
        Acts acts = new Acts(w.office());
        ProgrammeSheets sheets = new ProgrammeSheets(w.office(), w.time());
        ProgrammeLogos logos = new ProgrammeLogos(w.office(), w.time());
        OfficeDesk desk =
                new OfficeDesk(new OfficeRequests(w.office(), w.secrets().hash(Secrets.Purpose.FINGERPRINT), w.time()));
        CardPayload payload = new CardPayload(w.secrets().ring(Secrets.Purpose.QR_MAC));
        PinVerifier pins = new PinVerifier(w.secrets());
        PrintedCode codes = new PrintedCode(w.secrets().ring(Secrets.Purpose.PRINTED_CODE));
        IssuedSecrets issued = new IssuedSecrets(w.secrets().hash(Secrets.Purpose.ISSUED));
        KeyedHash references = w.secrets().hash(Secrets.Purpose.TERMINAL_REFERENCE);
        PasswordPolicy policy = new PasswordPolicy();
        OperatorOnboarding onboarding = new OperatorOnboarding(
                w.office(),
                w.secrets().hash(Secrets.Purpose.PERSON),
                w.time(),
                w.secrets().random(),
                w.access().throttle(),
                w.access().passwords(),
                policy,
                w.access().passwordHashes());
        Leavers leavers = new Leavers(w.office());
        Operators operators = new Operators(
                onboarding,
                leavers,
                new Usernames(w.office()),
                acts,
                w.projection(),
                w.time(),
                w.access().revocations());
        Tenures tenures = new Tenures(leavers, acts, w.projection(), w.access().revocations());
        OwnAccess ownAccess = new OwnAccess(
                new PasswordChange(
                        w.office(),
                        w.access().throttle(),
                        w.access().passwords(),
                        policy,
                        w.access().passwordHashes()),
                new SecondFactorEnrolment(
                        w.office(),
                        w.time(),
                        w.access().throttle(),
                        w.access().passwords(),
                        w.access().passwordHashes(),
                        w.access().secondFactors(),
                        w.secrets().random()),
                w.access().revocations(),
                w.config().tokenIssuer());
        TopUps topUps = new TopUps(w.projection(), w.batches(), w.execution());
        Proofs proofs = new Proofs(
                w.evidence(),
                checkpoints.folder(),
                w.projection(),
                w.audit(),
                w.config().snapshots().schedule().interval());
        List<Resource> all = new ArrayList<>(List.of(
                new HotPayments(
                        payload, codes, pins, references, w.access(), new DocumentsOfSales(w.office(), w.time())),
                new Payments(w.projection(), payload, pins, references, w.access(), w.time()),
                new Resolutions(w.projection()),
                new PaymentReversals(
                        w.projection(), references, w.access(), w.secrets().hash(Secrets.Purpose.ISSUED)),
                new Status(new State(parts, w.office(), w.people()), w.time(), w.contract()),
                new Tokens(w.access(), new PublishedKeys(w.access().keys(), checkpoints.keys()), payload, w.metrics()),
                new Checkpoints(checkpoints.folder(), w.audit()),
                proofs,
                new Circuits(w.projection(), descriptions),
                new Clock(w.time()),
                operators,
                tenures,
                ownAccess,
                new ActResource(w.office(), acts, desk, w.time()),
                new Proposals(
                        w.projection(),
                        acts,
                        Map.of(
                                ProposalKind.APPOINT_OPERATOR,
                                operators,
                                ProposalKind.GRANT_ROLES,
                                operators,
                                ProposalKind.TOP_UP_BATCH,
                                topUps,
                                ProposalKind.TAKE_BACK_BATCH,
                                topUps)),
                new Programmes(w.projection(), descriptions, acts),
                new ProgrammeDescriptions(
                        w.projection(),
                        descriptions,
                        sheets,
                        logos,
                        acts,
                        desk,
                        new BoundedWorker(w.vertx(), "ies-logos", 1, LOGOS_PENDING_MAX)),
                new PublicProgrammes(w.projection(), sheets, logos, acts),
                new EligibleGoods(w.projection(), sheets, w.time()),
                new ProgrammeRules(w.projection(), acts, w.time()),
                new EmergencyAwards(w.projection(), w.people().register(), acts, w.time()),
                new Extensions(w.projection(), acts),
                new TakeBacks(w.projection(), acts, w.people().register()),
                new Reversals(w.projection(), w.batches(), acts),
                new Merchants(w.projection(), descriptions),
                new PublicMerchants(w.projection(), descriptions),
                new Terminals(issued, w.access().revocations(), w.access().throttle()),
                new Cards(
                        w.projection(),
                        new CardsPutAside(w.office()),
                        issued,
                        payload,
                        w.access().revocations()),
                new CardPins(
                        pins,
                        new PinPolicy(w.config().pinDigits()),
                        codes,
                        w.cards().pinResets()),
                new CardGrants(
                        new CardsPutAside(w.office()),
                        issued,
                        payload,
                        codes,
                        w.access().revocations()),
                new GivenCards(w.projection(), descriptions),
                new CardBlocks(
                        codes,
                        w.access().codeGuesses(),
                        w.access().revocations(),
                        w.time()::nowMs,
                        w.secrets().random()),
                new CardCodes(payload),
                topUps,
                new Wallets(w.projection(), w.time()),
                new Transfers(),
                new Reserve()));
        all.addAll(w.people().resources());
        all.addAll(w.cards().resources());
        all.addAll(w.issuance().resources());
        all.add(w.payees().resource());
        all.addAll(w.settling().resources());
        all.addAll(w.notices().resources());
        all.addAll(new TillOffice(w.projection(), new DayStore(w.office()), desk, w.time()).resources());
        all.addAll(new DisputeOffice(w.vertx(), w.office(), desk, w.people(), w.projection(), w.secrets(), w.time())
                .resources());
        all.add(new Signals(w.projection()));
        all.add(new Traces(w.projection()));
        all.add(new Samples(
                w.projection(),
                w.office(),
                desk,
                new CaseFiles(w.projection(), w.office(), w.people().audits(), proofs, w.audit()),
                w.time()));
        all.add(w.reports().resource());
        return all;
    }

    private record State(EngineParts parts, OfficeDatabase office, PeopleVault people) implements NodeState {
        @Override
        public long durableSequence() {
            return parts.engine().durableSequence();
        }

        @Override
        public long journaledSequence() {
            return parts.engine().journaledSequence();
        }

        @Override
        public long projectedSequence() {
            return parts.projection().lastSequence();
        }

        @Override
        public boolean isProjectionUp() {
            return parts.isProjecting();
        }

        @Override
        public @Nullable Snapshot lastSnapshot() {
            SnapshotSummary last = parts.lastSnapshot();
            return last == null ? null : new Snapshot(last.sequence(), last.timestampMs());
        }

        @Override
        public boolean isStorageLow() {
            return parts.engine().isStorageLow();
        }

        @Override
        public Future<Boolean> isOfficeUp() {
            return people.isOpen() ? office.isUp() : Future.succeededFuture(false);
        }
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
        return PgBuilder.pool()
                .using(vertx)
                .connectingTo(options)
                .with(new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS))
                .with(new PoolOptions()
                        .setMaxSize(config.readerConnectionsMax())
                        .setMaxWaitQueueSize(READER_WAITERS_MAX)
                        .setConnectionTimeout(CONNECT_TIMEOUT_MS)
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .build();
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
            await(vertx.deployVerticle(
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
