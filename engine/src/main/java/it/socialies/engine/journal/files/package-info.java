// SPDX-License-Identifier: EUPL-1.2
/**
 * The files below the history: the data folder and its lock, and a log file that can be synchronised. It knows no layout of what lies in them.
 */
@NullMarked
package it.socialies.engine.journal.files;

import org.jspecify.annotations.NullMarked;
