// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import it.socialies.engine.core.CoreService;
import it.socialies.engine.journal.archive.ArchiveConfig;
import it.socialies.engine.journal.archive.Archiver;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.files.DurableFiles;
import it.socialies.engine.pipeline.ManualClock;
import it.socialies.engine.projection.LedgerHashReader;
import it.socialies.engine.simulation.disk.DiskFaults;
import it.socialies.engine.simulation.disk.ProcessDied;
import it.socialies.engine.simulation.disk.SimulatedDisk;
import it.socialies.engine.snapshot.SnapshotFiles;
import it.socialies.engine.snapshot.SnapshotResult;
import it.socialies.engine.snapshot.SnapshotSettings;
import it.socialies.engine.snapshot.SnapshotTaker;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A machine, its disk, its Postgres and its clients, driven step by step from one seed: first with faults until the commands are made, then all is
 * healed and everything must come to rest and agree. Whatever does not hold is a {@link Violation}. One thread.
 */
final class World {
    private static final long BEGIN_MS = 1_790_000_000_000L;
    private static final int STEPS_AT_REST_MAX = 2_000_000;
    private static final int DIARY_LINES = 40;
    private static final int STARTS_MAX = 50;
    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);

    private final long seed;
    private final long commands;
    private final SplittableRandom random;
    private final Weather weather;
    private final ManualClock clock = new ManualClock(BEGIN_MS);
    private final DiskFaults diskFaults;
    private final SimulatedDisk disk;
    private final ProjectionDatabase database;
    private final PostgresFaults postgres;
    private final RecordBook book = new RecordBook();
    private final Town town;
    private final List<SimulatedClient> clients = new ArrayList<>();
    private @Nullable Machine machine;
    private Decisions decisions = new Decisions();
    private final Deque<String> diary = new ArrayDeque<>();
    private @Nullable Rot rot;
    private boolean calm;

    private long steps;
    private int starts;
    private int powerCuts;
    private int kills;
    private int diedRecovering;
    private int refusals;
    private int snapshots;
    private int archivings;
    private long snapshotSequence;
    private long olderSnapshotSequence;

    /** @param memory an empty real folder, best in memory */
    World(long seed, long commands, Path memory, ProjectionDatabase database) throws IOException, SQLException {
        this.seed = seed;
        this.commands = commands;
        random = new SplittableRandom(seed);
        weather = Weather.draw(random.split());
        diskFaults = new DiskFaults(random.split(), clock::advanceMs);
        disk = new SimulatedDisk(memory, random.split(), diskFaults);
        this.database = database;
        database.empty();
        postgres = new PostgresFaults(database.dataSource(), random.split(), clock);
        town = new Town(random.split());
        for (int gatewayId = 0; gatewayId < weather.clients(); gatewayId++) {
            SplittableRandom own = random.split();
            clients.add(new SimulatedClient(gatewayId, own, clock, town, book, weather.manners(own)));
        }
    }

    /** Lives through it. */
    WorldReport run() throws Exception {
        try {
            return live();
        } catch (Exception | Violation e) {
            throw new Violation(String.join("\n  ", diary) + "\n  " + weather + "\n" + e.getMessage(), e);
        } finally {
            disk.dispose();
        }
    }

    private WorldReport live() throws Exception {
        stir();
        start();
        while (submitted() < commands) {
            step();
        }
        heal();
        comeToRest();
        compareEverything();
        return report();
    }

    /** The newest lines tell what led to a violation. */
    private void note(String what) {
        if (diary.size() == DIARY_LINES) {
            diary.removeFirst();
        }
        diary.addLast("step " + steps + ", " + book.lastSequence() + " records, " + book.acknowledged()
                + " acknowledged: " + what);
    }

    private void stir() {
        diskFaults.writeFailuresPerMillion = weather.writeFailures();
        diskFaults.syncFailuresPerMillion = weather.syncFailures();
        diskFaults.slowSyncsPerMillion = weather.slowSyncs();
        diskFaults.slowSyncMaxMs = 500;
        postgres.cutsPerThousand = weather.postgresCuts();
        postgres.commitMaxMs = 20;
    }

    private void heal() throws Exception {
        note("all faults are healed");
        calm = true;
        diskFaults.heal();
        postgres.heal();
        if (rot != null) {
            crash();
        }
    }

    private void step() throws Exception {
        steps++;
        clock.advanceMs(random.nextInt(weather.stepMs() + 1));
        happen();
        act(random.nextInt(100));
        if (disk.isDead()) {
            crash();
        }
    }

    /** What comes from outside. */
    private void happen() throws Exception {
        if (Weather.comes(random, weather.crashSteps())) {
            if (Weather.chance(random, weather.diesInOperationPercent())) {
                diskFaults.dieAfter(1 + random.nextInt(200));
            } else {
                crash();
            }
        }
        if (Weather.comes(random, weather.fullSteps())) {
            diskFaults.full = true;
        } else if (diskFaults.full && random.nextInt(2_000) == 0) {
            diskFaults.full = false;
        }
        if (Weather.comes(random, weather.postgresDownSteps())) {
            postgres.down = true;
        } else if (postgres.down && random.nextInt(3_000) == 0) {
            postgres.down = false;
        }
        if (Weather.comes(random, weather.clockSteps())) {
            clock.stepWallMs(
                    random.nextLong(-HOUR_MS, random.nextInt(4) == 0 ? 2 * HOUR_MS : TimeUnit.MINUTES.toMillis(4)));
        }
        if (Weather.comes(random, weather.leapSteps())) {
            clock.advanceMs(
                    random.nextBoolean() ? 24 * HOUR_MS + random.nextLong(72 * HOUR_MS) : random.nextLong(HOUR_MS));
        }
        if (Weather.comes(random, weather.snapshotSteps())) {
            beside(this::takeSnapshot);
        }
        if (Weather.comes(random, weather.archiveSteps())) {
            beside(this::archive);
        }
    }

    private void act(int dice) throws Exception {
        Machine now = machine();
        if (dice < 25) {
            clients.get(random.nextInt(clients.size())).act();
        } else if (dice < 76) {
            if (!now.step(dice % 3, rot != null)) {
                crash();
            }
        } else if (dice < 98) {
            clients.get(random.nextInt(clients.size())).receive();
        } else {
            now.projector().doWork();
            checkProjection(now);
        }
    }

    private void checkProjection(Machine now) {
        long sequence = now.projector().status().lastSequence();
        if (sequence > now.engine().durableSequence()) {
            throw new Violation("Postgres is at record " + sequence + ", durable is "
                    + now.engine().durableSequence());
        }
        switch (now.projector().status().state()) {
            case REFUSED -> {
                if (rot == null && !now.projector().status().reason().contains(Machine.SIMULATED)) {
                    throw new Violation("the projection refuses: "
                            + now.projector().status().reason());
                }
                now.projector().retry();
            }
            case RUNNING, WAITING_FOR_POSTGRES -> {
                // as it may be
            }
        }
    }

    /** A job in a process of its own; it may die alone. */
    private void beside(Job job) throws Exception {
        try {
            job.run();
        } catch (ProcessDied e) {
            if (random.nextBoolean()) {
                disk.survive();
            } else {
                crash();
            }
        } catch (IOException | RuntimeException e) {
            if (!isExcused(e)) {
                throw e;
            }
        }
    }

    private boolean isExcused(Throwable failure) {
        return Machine.isSimulated(failure) || (rot != null && Machine.isDamage(failure));
    }

    private void takeSnapshot() throws IOException {
        SnapshotResult result = new SnapshotTaker(
                        DataFolder.at(Machine.dataFolder(disk)),
                        SnapshotFiles.REAL,
                        new SnapshotSettings(1, 300_000),
                        this::newReplica,
                        clock)
                .take();
        if (result.outcome() == SnapshotResult.Outcome.WRITTEN) {
            olderSnapshotSequence = snapshotSequence;
            snapshotSequence = result.sequence();
            snapshots++;
            note("snapshot at record " + snapshotSequence);
        }
    }

    private void archive() {
        long upTo =
                Math.min(olderSnapshotSequence, machine().projector().status().lastSequence());
        archivings += Archiver.run(
                        DataFolder.at(Machine.dataFolder(disk)),
                        new ArchiveConfig(1 + random.nextInt(2), 1 + random.nextInt(3), 1),
                        upTo,
                        DurableFiles.REAL)
                .segments();
    }

    private void crash() throws Exception {
        boolean powerCut = Weather.chance(random, weather.powerCutPercent());
        powerCuts += powerCut ? 1 : 0;
        kills += powerCut ? 0 : 1;
        endProcess(powerCut);
        start();
    }

    private void endProcess(boolean powerCut) throws IOException {
        note(powerCut ? "the power is cut" : "the process is killed");
        disk.crash(powerCut);
        mend();
        clients.forEach(SimulatedClient::disconnect);
        Machine gone = machine;
        machine = null;
        if (gone != null) {
            gone.end();
        }
    }

    private void start() throws Exception {
        for (int attempt = 0; attempt < STARTS_MAX; attempt++) {
            boolean mayFail = attempt < STARTS_MAX / 2;
            if (mayFail && !calm && starts > 0 && Weather.chance(random, weather.rotPercent())) {
                rot = Rot.draw(disk, random);
                note("rot: " + rot);
            }
            if (starts > 0) {
                disk.start();
            }
            starts++;
            if (mayFail && !calm && Weather.chance(random, weather.crashAgainPercent())) {
                diskFaults.dieAfter(1 + random.nextInt(random.nextBoolean() ? 40 : 400));
            }
            if (tryStart()) {
                return;
            }
            boolean powerCut = Weather.chance(random, weather.powerCutPercent());
            note("the start failed, " + (powerCut ? "and the power is cut" : "and its process ended"));
            disk.crash(powerCut);
            mend();
            clock.advanceMs(random.nextInt(5_000));
            diskFaults.full = false;
        }
        throw new Violation("no start succeeded, " + STARTS_MAX + " were tried");
    }

    private boolean tryStart() throws Exception {
        decisions = new Decisions();
        try {
            Machine started = newProcess();
            long sequence = started.engine().durableSequence();
            note("a process starts, the history ends with record " + sequence + ", "
                    + started.engine().startReport());
            book.recovered(sequence);
            town.recovered(sequence);
            machine = started;
            clients.forEach(client -> client.connect(started.engine(), decisions));
            return true;
        } catch (ProcessDied e) {
            note("died while starting");
            diedRecovering++;
        } catch (JournalDamaged e) {
            if (rot == null) {
                throw new Violation("a start refuses, though nothing is damaged: " + e.getMessage(), e);
            }
            note("refused: " + e.getMessage());
            refusals++;
        } catch (IOException | RuntimeException e) {
            if (!isExcused(e)) {
                throw e;
            }
            note("start failed: " + e.getMessage());
        }
        return false;
    }

    private Machine newProcess() throws IOException {
        return Machine.start(disk, clock, weather, postgres.dataSource(), this::newCore);
    }

    private CoreService newCore() {
        return new WatchedCore(town.newAuditedCore(random.nextLong()), book, decisions);
    }

    private CoreService newReplica() {
        return new WatchedCore(town.newCore(random.nextLong()), book, decisions);
    }

    /** Somebody puts a good copy of what rotted back, unless a start has healed it. */
    private void mend() throws IOException {
        Rot damage = rot;
        if (damage != null) {
            damage.mend(disk);
            rot = null;
        }
    }

    private void comeToRest() throws Exception {
        for (int i = 0; i < STEPS_AT_REST_MAX; i++) {
            steps++;
            clock.advanceMs(1 + random.nextInt(weather.stepMs() + 1));
            Machine now = machine();
            for (SimulatedClient client : clients) {
                if (random.nextInt(8) == 0) {
                    client.settle();
                }
                client.receive();
            }
            for (int stage = 0; stage < now.stages(); stage++) {
                if (!now.step(stage, false)) {
                    throw new Violation("the process ended, though nothing fails any more");
                }
            }
            now.projector().doWork();
            checkProjection(now);
            if (isAtRest(now)) {
                return;
            }
        }
        throw new Violation("all faults are healed, and it does not come to rest: "
                + clients.stream().filter(SimulatedClient::isSettled).count() + " of " + clients.size()
                + " clients are settled, durable " + machine().engine().durableSequence() + ", Postgres "
                + machine().projector().status());
    }

    private boolean isAtRest(Machine now) {
        return clients.stream().allMatch(SimulatedClient::isSettled)
                && now.engine().durableSequence() == book.lastSequence()
                && now.projector().status().lastSequence() == book.lastSequence();
    }

    /** Live = Postgres = replay = snapshot + tail, after a clean stop. */
    private void compareEverything() throws Exception {
        town.compareTotals();
        LedgerHashReader.LedgerHash rows = LedgerHashReader.read(database.dataSource());
        book.requireLedgerHash("Postgres", rows.sequence(), rows.hash());
        if (rows.sequence() != book.lastSequence()) {
            throw new Violation("Postgres is at record " + rows.sequence() + ", the core at " + book.lastSequence());
        }
        takeSnapshot();
        machine().end();
        machine = null;
        Machine again = newProcess();
        if (again.engine().durableSequence() != book.lastSequence()) {
            throw new Violation(
                    "after a clean stop the history ends at " + again.engine().durableSequence());
        }
        again.end();
        CoreService fromZero = newReplica();
        Replay.all(DataFolder.at(Machine.dataFolder(disk)), fromZero);
        if (fromZero.lastSequence() != book.lastSequence()) {
            throw new Violation("a replay ends at record " + fromZero.lastSequence());
        }
    }

    private Machine machine() {
        return Objects.requireNonNull(machine);
    }

    private long submitted() {
        return clients.stream().mapToLong(SimulatedClient::submitted).sum();
    }

    private WorldReport report() {
        return new WorldReport(
                seed,
                submitted(),
                clients.stream().mapToLong(SimulatedClient::replies).sum(),
                book.lastSequence(),
                book.lost(),
                starts,
                powerCuts,
                kills,
                diedRecovering,
                refusals,
                snapshots,
                archivings,
                diskFaults.failures(),
                postgres.failures(),
                steps,
                book.lastSequence() == 0 ? 0 : book.entry(book.lastSequence()).coreHash());
    }

    private interface Job {
        void run() throws Exception;
    }
}
