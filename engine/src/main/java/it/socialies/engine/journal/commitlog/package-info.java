// SPDX-License-Identifier: EUPL-1.2
/**
 * The commit log: small, circular, written and synchronised before anything is answered.
 */
@NullMarked
package it.socialies.engine.journal.commitlog;

import org.jspecify.annotations.NullMarked;
