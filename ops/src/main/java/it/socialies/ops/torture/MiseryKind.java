// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture;

import java.util.Locale;

/** What can be done to an installation, how often in proportion, and what the machine must allow for it. */
public enum MiseryKind {
    KILL_NODE("kill -9 del nodo", "kill -9 of the node", 5, Needs.NOTHING),
    KILL_STARTING_NODE("kill -9 del nodo mentre riparte", "kill -9 of the node while it starts", 2, Needs.NOTHING),
    KILL_NODE_AND_POSTGRES("kill -9 di nodo e Postgres", "kill -9 of node and Postgres", 1, Needs.NOTHING),
    KILL_SUPERVISOR("kill -9 di ops/run", "kill -9 of ops/run", 1, Needs.NOTHING),
    KILL_ALL("kill -9 di ops/run, nodo, console", "kill -9 of ops/run, node, console", 2, Needs.NOTHING),
    KILL_POSTGRES("kill -9 di Postgres", "kill -9 of Postgres", 2, Needs.NOTHING),
    KILL_CONSOLE("kill -9 della console", "kill -9 of the console", 1, Needs.CONSOLE),
    KILL_SNAPSHOTTER("kill -9 dell'istantanea", "kill -9 of the snapshotter", 2, Needs.NOTHING),
    STOP_NODE("kill -STOP del nodo", "kill -STOP of the node", 2, Needs.NOTHING),
    STOP_POSTGRES("kill -STOP di Postgres", "kill -STOP of Postgres", 1, Needs.NOTHING),
    RESTART("riavvio ordinato", "clean restart", 1, Needs.NOTHING),
    LOW_STORAGE("disco quasi pieno", "disk nearly full", 1, Needs.SMALL_DISK),
    FULL_DISK("disco pieno", "disk full", 1, Needs.SMALL_DISK),
    SYNC_ERROR("EIO da fdatasync", "EIO from fdatasync", 2, Needs.STRACE),
    WRITE_ERROR("ENOSPC da pwrite", "ENOSPC from pwrite", 1, Needs.STRACE),
    SLOW_SYNC("fdatasync lenta", "slow fdatasync", 1, Needs.STRACE);

    /** What a misery needs of machine and installation. */
    enum Needs {
        NOTHING,
        CONSOLE,
        SMALL_DISK,
        STRACE
    }

    private final String italian;
    private final String english;
    private final int weight;
    private final Needs needs;

    MiseryKind(String italian, String english, int weight, Needs needs) {
        this.italian = italian;
        this.english = english;
        this.weight = weight;
        this.needs = needs;
    }

    /** Italian and English. */
    String words() {
        return italian + " | " + english;
    }

    /** How often it comes among all others. */
    int weight() {
        return weight;
    }

    Needs needs() {
        return needs;
    }

    /** The word of the report. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
