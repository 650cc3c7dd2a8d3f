// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation.disk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which names are durable, and what was done to names since. A name is durable when its folder was forced after it was made; of what was not forced a
 * cut of power leaves, folder by folder, some beginning. A rename between folders is one step. One thread.
 */
final class NameLog {
    /** A name stands for a file, or for a folder when there is no inode. */
    private record Step(
            @Nullable Path removed,
            @Nullable Path added,
            @Nullable Inode inode) {
        boolean touches(Path folder) {
            return isIn(removed, folder) || isIn(added, folder);
        }

        private static boolean isIn(@Nullable Path name, Path folder) {
            return name != null && folder.equals(name.getParent());
        }

        List<Path> folders() {
            List<Path> folders = new ArrayList<>();
            if (removed != null) {
                folders.add(removed.getParent());
            }
            if (added != null && !folders.contains(added.getParent())) {
                folders.add(added.getParent());
            }
            return folders;
        }
    }

    /** A name in the tree. */
    record Entry(@Nullable Inode inode) {
        boolean isFolder() {
            return inode == null;
        }
    }

    private final TreeMap<Path, Entry> durable = new TreeMap<>();
    private final List<Step> unforced = new ArrayList<>();

    /** Everything is durable as it is here. */
    void settle(SortedMap<Path, Entry> names) {
        durable.clear();
        durable.putAll(names);
        unforced.clear();
    }

    void added(Path name, @Nullable Inode inode) {
        unforced.add(new Step(null, name, inode));
    }

    void removed(Path name) {
        unforced.add(new Step(name, null, null));
    }

    void renamed(Path from, Path to, @Nullable Inode inode) {
        unforced.add(new Step(from, to, inode));
    }

    void force(Path folder) {
        List<Step> left = new ArrayList<>();
        for (Step step : unforced) {
            if (step.touches(folder)) {
                apply(step, durable);
            } else {
                left.add(step);
            }
        }
        unforced.clear();
        unforced.addAll(left);
    }

    /** The names that a cut of power leaves. */
    SortedMap<Path, Entry> afterPowerCut(SplittableRandom random) {
        TreeMap<Path, Entry> names = new TreeMap<>(durable);
        boolean keepsAll = random.nextInt(4) == 0;
        Set<Path> stopped = new HashSet<>();
        for (Step step : unforced) {
            boolean survives = step.folders().stream().noneMatch(stopped::contains)
                    && (keepsAll || random.nextInt(3) > 0)
                    && isPossible(step, names);
            if (survives) {
                apply(step, names);
            } else {
                stopped.addAll(step.folders());
            }
        }
        // A name whose folder is gone cannot be reached. Folders sort before what is in them.
        List<Path> unreachable = new ArrayList<>();
        for (Path name : names.keySet()) {
            Path folder = name.getParent();
            if (folder != null && (!names.containsKey(folder) || unreachable.contains(folder))) {
                unreachable.add(name);
            }
        }
        unreachable.forEach(names::remove);
        return names;
    }

    private static boolean isPossible(Step step, SortedMap<Path, Entry> names) {
        boolean isThere = step.removed == null || names.containsKey(step.removed);
        boolean hasFolder = step.added == null || names.containsKey(step.added.getParent());
        return isThere && hasFolder;
    }

    private static void apply(Step step, SortedMap<Path, Entry> names) {
        if (step.removed != null) {
            names.remove(step.removed);
        }
        if (step.added != null) {
            names.put(step.added, new Entry(step.inode));
        }
    }
}
