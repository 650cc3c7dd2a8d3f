// SPDX-License-Identifier: EUPL-1.2
/** Where batches lie: archive, days of the journal, commit log, exported ranges. */
@NullMarked
package it.socialies.verifier.files;

import org.jspecify.annotations.NullMarked;
