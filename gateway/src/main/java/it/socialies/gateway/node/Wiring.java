// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.snapshot.SnapshotSummary;
import it.socialies.gateway.acts.ActResource;
import it.socialies.gateway.acts.Acts;
import it.socialies.gateway.agreements.AgreementDesk;
import it.socialies.gateway.applications.ApplicationDesk;
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
import it.socialies.gateway.engineclient.InstallationTime;
import it.socialies.gateway.http.Contract;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.issuance.batches.Issuance;
import it.socialies.gateway.merchants.Merchants;
import it.socialies.gateway.merchants.PublicMerchants;
import it.socialies.gateway.metrics.GatewayMetrics;
import it.socialies.gateway.notices.NoticeOffice;
import it.socialies.gateway.office.CardsPutAside;
import it.socialies.gateway.office.Leavers;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.office.OfficeRequests;
import it.socialies.gateway.office.OperatorOnboarding;
import it.socialies.gateway.office.PasswordChange;
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
import it.socialies.gateway.reports.siuss.SiussFlows;
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
import it.socialies.gateway.security.Secrets;
import it.socialies.gateway.settlement.Settling;
import it.socialies.gateway.signals.Signals;
import it.socialies.gateway.status.NodeState;
import it.socialies.gateway.status.Status;
import it.socialies.gateway.terminals.Terminals;
import it.socialies.gateway.tills.DayStore;
import it.socialies.gateway.tills.DocumentsOfSales;
import it.socialies.gateway.tills.TillOffice;
import it.socialies.gateway.tokens.Tokens;
import it.socialies.gateway.topups.BatchExecution;
import it.socialies.gateway.topups.TopUps;
import it.socialies.gateway.traces.Traces;
import it.socialies.gateway.transfers.Transfers;
import it.socialies.gateway.wallets.Wallets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the resources of the interface are made of. Threading: see each of them. */
record Wiring(
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
        NoticeOffice notices,
        AgreementDesk agreements) {
    private static final int LOGOS_PENDING_MAX = 8;

    /** All of them, in the order in which they are mounted. */
    List<Resource> resources(EngineParts parts, CheckpointParts checkpoints) {
        Descriptions descriptions = new Descriptions(office);
        Acts acts = new Acts(office);
        ProgrammeSheets sheets = new ProgrammeSheets(office, time);
        ProgrammeLogos logos = new ProgrammeLogos(office, time);
        OfficeDesk desk = new OfficeDesk(new OfficeRequests(office, secrets.hash(Secrets.Purpose.FINGERPRINT), time));
        CardPayload payload = new CardPayload(secrets.ring(Secrets.Purpose.QR_MAC));
        PinVerifier pins = new PinVerifier(secrets);
        PrintedCode codes = new PrintedCode(secrets.ring(Secrets.Purpose.PRINTED_CODE));
        IssuedSecrets issued = new IssuedSecrets(secrets.hash(Secrets.Purpose.ISSUED));
        KeyedHash references = secrets.hash(Secrets.Purpose.TERMINAL_REFERENCE);
        PasswordPolicy policy = new PasswordPolicy();
        OperatorOnboarding onboarding = new OperatorOnboarding(
                office,
                secrets.hash(Secrets.Purpose.PERSON),
                time,
                secrets.random(),
                access.throttle(),
                access.passwords(),
                policy,
                access.passwordHashes());
        Leavers leavers = new Leavers(office);
        Operators operators =
                new Operators(onboarding, leavers, new Usernames(office), acts, projection, time, access.revocations());
        Tenures tenures = new Tenures(leavers, acts, projection, access.revocations());
        OwnAccess ownAccess = new OwnAccess(
                new PasswordChange(office, access.throttle(), access.passwords(), policy, access.passwordHashes()),
                new SecondFactorEnrolment(
                        office,
                        time,
                        access.throttle(),
                        access.passwords(),
                        access.passwordHashes(),
                        access.secondFactors(),
                        secrets.random()),
                access.revocations(),
                config.tokenIssuer());
        TopUps topUps = new TopUps(projection, batches, execution);
        Proofs proofs = new Proofs(
                evidence,
                checkpoints.folder(),
                projection,
                audit,
                config.snapshots().schedule().interval());
        List<Resource> all = new ArrayList<>(List.of(
                new HotPayments(
                        payload,
                        codes,
                        pins,
                        references,
                        access,
                        new DocumentsOfSales(office, time),
                        agreements.gate(),
                        secrets.hash(Secrets.Purpose.ISSUED)),
                new Payments(projection, payload, pins, references, access, time),
                new Resolutions(projection),
                new PaymentReversals(projection, references, access, secrets.hash(Secrets.Purpose.ISSUED)),
                new Status(new State(parts, office, people), time, contract),
                new Tokens(access, new PublishedKeys(access.keys(), checkpoints.keys()), payload, metrics),
                new Checkpoints(checkpoints.folder(), audit),
                proofs,
                new Circuits(projection, descriptions),
                new Clock(time),
                operators,
                tenures,
                ownAccess,
                new ActResource(office, acts, desk, time),
                new Proposals(
                        projection,
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
                new Programmes(projection, descriptions, acts),
                new ProgrammeDescriptions(
                        projection,
                        descriptions,
                        sheets,
                        logos,
                        acts,
                        desk,
                        new BoundedWorker(vertx, "ies-logos", 1, LOGOS_PENDING_MAX)),
                new PublicProgrammes(projection, sheets, logos, acts),
                new EligibleGoods(projection, sheets, time),
                new ProgrammeRules(projection, acts, time),
                new EmergencyAwards(projection, people.register(), acts, time),
                new Extensions(projection, acts),
                new TakeBacks(projection, acts, people.register()),
                new Reversals(projection, batches, acts),
                new Merchants(projection, descriptions),
                new PublicMerchants(projection, descriptions, agreements.gate()::tills),
                new Terminals(issued, access.revocations(), access.throttle()),
                new Cards(projection, new CardsPutAside(office), issued, payload, access.revocations()),
                new CardPins(pins, new PinPolicy(config.pinDigits()), codes, cards.pinResets()),
                new CardGrants(new CardsPutAside(office), issued, payload, codes, access.revocations()),
                new GivenCards(projection, descriptions),
                new CardBlocks(codes, access.codeGuesses(), access.revocations(), time::nowMs, secrets.random()),
                new CardCodes(payload),
                topUps,
                new Wallets(projection, time),
                new Transfers(),
                new Reserve()));
        all.addAll(people.resources());
        all.addAll(cards.resources());
        all.addAll(issuance.resources());
        all.add(payees.resource());
        all.addAll(settling.resources());
        all.addAll(notices.resources());
        all.addAll(new ApplicationDesk(office, projection, payees, secrets, time).resources());
        all.addAll(agreements.resources());
        all.addAll(new TillOffice(projection, new DayStore(office), desk, time).resources());
        all.addAll(new DisputeOffice(vertx, office, desk, people, projection, secrets, time).resources());
        all.add(new Signals(projection));
        all.add(new Traces(projection));
        all.add(new Samples(
                projection, office, desk, new CaseFiles(projection, office, people.audits(), proofs, audit), time));
        all.add(reports.resource());
        all.add(new SiussFlows(vertx, projection, people.register()));
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
}
