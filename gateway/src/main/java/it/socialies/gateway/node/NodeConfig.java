// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import it.socialies.engine.protocol.sbe.InstallationMode;
import it.socialies.engine.snapshot.SnapshotSchedule;
import it.socialies.gateway.http.HttpConfig;
import it.socialies.gateway.http.TlsConfig;
import it.socialies.gateway.issuance.batches.Issuance;
import it.socialies.gateway.logs.Logs;
import it.socialies.gateway.notices.NoticeOffice;
import it.socialies.gateway.people.PeopleVault;
import it.socialies.gateway.security.GuessLimits;
import it.socialies.gateway.security.SecondFactorPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the node. Defaults, each with its meaning, lie in {@code META-INF/microprofile-config.properties}; {@code DIR/node.properties}, environment
 * variables and system properties override them, in this order.
 *
 * @param engineTimeoutMs after this long without an answer of the core the outcome is unknown
 * @param pinResetSample about one of so many PINs reset at the desk is looked into by another person
 * @param pinReviewTerm after so long that is overdue
 * @param engineInFlightMax commands sent and not answered, at most; what exceeds it is refused
 * @param liveTaxCodes of the two persons who start a live installation
 * @param metricsCircuitsMax circuits whose money is among the figures
 * @param logs where log files lie and how much is kept
 * @param guesses how often secrets may be guessed wrongly
 * @param secondFactor whether operators need a second factor; null leaves it to what kind of installation it is
 * @param people of the people vault
 * @param issuance of batches
 * @param notices of notices
 * @param journalLiveDays days of the journal before the newest one that are not archived
 */
record NodeConfig(
        HttpConfig http,
        String tokenIssuer,
        Duration operatorTokenLife,
        Duration terminalTokenLife,
        Duration holderTokenLife,
        int pinDigits,
        int pinResetSample,
        Duration pinReviewTerm,
        long engineTimeoutMs,
        int engineInFlightMax,
        int readerConnectionsMax,
        List<String> liveTaxCodes,
        int metricsCircuitsMax,
        Logs.Settings logs,
        int journalLiveDays,
        SnapshotConfig snapshots,
        GuessLimits guesses,
        @Nullable SecondFactorPolicy secondFactor,
        PeopleConfig people,
        Issuance.Settings issuance,
        NoticeOffice.Settings notices) {
    private static final String FILE = "node.properties";
    private static final int FILE_ORDINAL = 200;

    /** Reads the settings, those of the data folder included. */
    static NodeConfig read(NodeArguments arguments) {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDefaultSources().addDefaultInterceptors();
        Path file = arguments.dataFolder().resolve(FILE);
        try {
            if (Files.exists(file)) {
                builder.withSources(new PropertiesConfigSource(file.toUri().toURL(), FILE_ORDINAL));
            }
            return of(builder.build(), arguments);
        } catch (IOException e) {
            throw new NodeFailure(file + " cannot be read", e);
        } catch (NoSuchElementException | IllegalArgumentException e) {
            throw new NodeFailure("a setting is wrong: " + e.getMessage(), e);
        }
    }

    private static NodeConfig of(SmallRyeConfig config, NodeArguments arguments) {
        String host = arguments.host();
        return new NodeConfig(
                new HttpConfig(
                        host == null ? config.getValue("ies.http.host", String.class) : host,
                        arguments.port(),
                        config.getValue("ies.http.event-loops", Integer.class),
                        config.getValue("ies.http.body-limit-bytes", Integer.class),
                        config.getValue("ies.http.batch-body-limit-bytes", Integer.class),
                        config.getValue("ies.http.idle-timeout-seconds", Integer.class),
                        config.getValue("ies.http.head-timeout-seconds", Integer.class),
                        config.getValue("ies.http.body-timeout-seconds", Integer.class),
                        config.getValue("ies.rate.address-requests-max", Integer.class),
                        config.getValue("ies.rate.principal-requests-max", Integer.class),
                        config.getValue("ies.rate.block-requests-max", Integer.class),
                        config.getValue("ies.rate.window-seconds", Integer.class),
                        tls(config),
                        config.getOptionalValues("ies.http.trusted-proxies", String.class)
                                .orElse(List.of()),
                        config.getValue("ies.metrics.public", Boolean.class)),
                config.getValue("ies.tokens.issuer", String.class),
                config.getValue("ies.tokens.operator-life", Duration.class),
                config.getValue("ies.tokens.terminal-life", Duration.class),
                config.getValue("ies.tokens.holder-life", Duration.class),
                config.getValue("ies.cards.pin-digits", Integer.class),
                config.getValue("ies.cards.pin-reset-sample", Integer.class),
                config.getValue("ies.cards.pin-review-term", Duration.class),
                config.getValue("ies.engine.timeout-ms", Long.class),
                config.getValue("ies.engine.in-flight-max", Integer.class),
                config.getValue("ies.projection.reader-connections-max", Integer.class),
                config.getOptionalValues("ies.live.tax-codes", String.class).orElse(List.of()),
                config.getValue("ies.metrics.circuits-max", Integer.class),
                new Logs.Settings(
                        arguments.dataFolder().resolve("logs"),
                        config.getValue("ies.log.bytes-max", Long.class),
                        config.getValue("ies.log.days-max", Integer.class),
                        config.getValue("ies.log.access", Boolean.class),
                        config.getValue("ies.log.console", Logs.Console.class)),
                config.getValue("ies.journal.live-days", Integer.class),
                new SnapshotConfig(
                        new SnapshotSchedule(
                                config.getValue("ies.snapshot.interval", Duration.class),
                                config.getValue("ies.snapshot.records-max", Long.class),
                                config.getValue("ies.snapshot.timeout", Duration.class)),
                        config.getValue("ies.storage.reserve-bytes", Long.class),
                        config.getOptionalValue("ies.home", String.class)
                                .map(home -> Path.of(home, "ops", "jvm"))
                                .orElse(null)),
                guesses(config),
                config.getOptionalValue("ies.operators.second-factor", SecondFactorPolicy.class)
                        .orElse(null),
                new PeopleConfig(
                        config.getOptionalValue("ies.people.master-key-file", String.class)
                                .map(Path::of)
                                .orElse(null),
                        new PeopleVault.Settings(
                                config.getValue("ies.people.searches-max", Integer.class),
                                config.getValue("ies.people.retention-years", Integer.class))),
                new Issuance.Settings(
                        config.getValue("ies.issuance.delay", Duration.class),
                        config.getValue("ies.issuance.report-term", Duration.class)),
                new NoticeOffice.Settings(
                        config.getValue("ies.webhooks.private-targets", Boolean.class),
                        config.getValue("ies.notices.letters", Boolean.class),
                        config.getOptionalValues("ies.notices.expiry-days", Integer.class)
                                .orElse(List.of())));
    }

    /** Whether operators need a second factor. A sandbox is for trying: its logins lie in a file. */
    SecondFactorPolicy secondFactorIn(InstallationMode mode) {
        if (secondFactor != null) {
            return secondFactor;
        }
        return mode == InstallationMode.LIVE ? SecondFactorPolicy.REQUIRED : SecondFactorPolicy.OPTIONAL;
    }

    private static @Nullable TlsConfig tls(SmallRyeConfig config) {
        Optional<String> certificate = config.getOptionalValue("ies.https.certificate", String.class);
        Optional<String> key = config.getOptionalValue("ies.https.key", String.class);
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("ies.https.certificate and ies.https.key go together");
        }
        return certificate.isEmpty()
                ? null
                : new TlsConfig(
                        config.getValue("ies.https.host", String.class),
                        config.getValue("ies.https.port", Integer.class),
                        Path.of(certificate.get()),
                        Path.of(key.get()),
                        config.getValue("ies.https.renewal-seconds", Integer.class));
    }

    private static GuessLimits guesses(SmallRyeConfig config) {
        return new GuessLimits(
                allowance(config, "till"),
                allowance(config, "card-address"),
                config.getValue("ies.guesses.card-stranger-max", Integer.class),
                allowance(config, "login-address"),
                allowance(config, "login-familiar"),
                allowance(config, "login-stranger"),
                allowance(config, "code-address"),
                allowance(config, "code-all"));
    }

    private static GuessLimits.Allowance allowance(SmallRyeConfig config, String name) {
        return new GuessLimits.Allowance(
                config.getValue("ies.guesses." + name + "-max", Integer.class),
                config.getValue("ies.guesses." + name + "-window", Duration.class));
    }
}
