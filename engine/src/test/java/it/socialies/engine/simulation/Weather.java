// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import it.socialies.engine.simulation.SimulatedClient.Manners;
import java.util.SplittableRandom;

/**
 * How bad a world is, drawn from its seed: some are quiet, some have one kind of trouble, some have all.
 *
 * @param clients gateways that send
 * @param logBytes capacity of the commit log
 * @param forceBytes bytes of the log after which the journal is forced
 * @param crashSteps steps between two crashes, on average; 0 for never
 * @param powerCutPercent of the crashes so many cut the power, the others kill the process
 * @param diesInOperationPercent of the crashes so many come in the middle of an operation of the disk
 * @param crashAgainPercent of the starts so many crash while recovering
 * @param rotPercent of the crashes so many are followed by a bit of the disk that flipped
 * @param writeFailures of a million writes so many fail
 * @param syncFailures of a million syncs so many fail
 * @param slowSyncs of a million syncs so many are slow
 * @param fullSteps steps between two times when the disk is full, on average; 0 for never
 * @param postgresCuts of a thousand statements so many lose their connection
 * @param postgresDownSteps steps between two times when Postgres is away, on average; 0 for never
 * @param clockSteps steps between two times that somebody sets the clock, on average; 0 for never
 * @param leapSteps steps between two leaps over hours or days in which nothing happens, on average; 0 for never
 * @param snapshotSteps steps between two snapshots, on average
 * @param archiveSteps steps between two runs of the archiver, on average
 * @param stepMs milliseconds that pass with a step, at most
 */
record Weather(
        int clients,
        long logBytes,
        long forceBytes,
        int crashSteps,
        int powerCutPercent,
        int diesInOperationPercent,
        int crashAgainPercent,
        int rotPercent,
        int writeFailures,
        int syncFailures,
        int slowSyncs,
        int fullSteps,
        int postgresCuts,
        int postgresDownSteps,
        int clockSteps,
        int leapSteps,
        int snapshotSteps,
        int archiveSteps,
        int stepMs) {

    static Weather draw(SplittableRandom random) {
        return new Weather(
                1 + random.nextInt(4),
                (1L << 20) << random.nextInt(3),
                16_384L << random.nextInt(6),
                often(random, 400, 12_000),
                random.nextInt(101),
                random.nextInt(101),
                random.nextInt(60),
                random.nextInt(4) == 0 ? random.nextInt(40) : 0,
                sometimes(random, 150),
                syncFailures(random),
                sometimes(random, 50_000),
                often(random, 10_000, 80_000),
                sometimes(random, 6),
                often(random, 5_000, 60_000),
                often(random, 10_000, 80_000),
                often(random, 1_500, 30_000),
                2_000 + random.nextInt(20_000),
                1_000 + random.nextInt(15_000),
                1 + random.nextInt(8));
    }

    /** Steps between two events, 0 in every third world. */
    private static int often(SplittableRandom random, int least, int most) {
        return random.nextInt(3) == 0 ? 0 : least + random.nextInt(most - least);
    }

    private static int sometimes(SplittableRandom random, int most) {
        return random.nextInt(3) == 0 ? 0 : random.nextInt(most + 1);
    }

    /** Some disks are good, most fail now and then, some are dying: those fail again and again, before a process could mend what the last failure left. */
    private static int syncFailures(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> 0;
            case 2 -> random.nextInt(8_001);
            default -> random.nextInt(601);
        };
    }

    Manners manners(SplittableRandom random) {
        return new Manners(
                100 + random.nextInt(500),
                random.nextInt(150),
                random.nextInt(40),
                random.nextInt(200),
                switch (random.nextInt(6)) {
                    case 0 -> random.nextLong(120_000) - 60_000;
                    case 1 -> -random.nextLong(400_000);
                    default -> random.nextLong(2_000) - 1_000;
                });
    }

    static boolean comes(SplittableRandom random, int everySteps) {
        return everySteps > 0 && random.nextInt(everySteps) == 0;
    }

    static boolean chance(SplittableRandom random, int percent) {
        return random.nextInt(100) < percent;
    }
}
