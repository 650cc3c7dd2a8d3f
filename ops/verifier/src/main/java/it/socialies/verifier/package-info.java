// SPDX-License-Identifier: EUPL-1.2
/**
 * The standalone verifier: a second implementation of {@code ops/docs/format.md}, written from that page and sharing no code with the engine. It reads files,
 * computes everything anew, and answers yes or no. {@code history} checks batches and records, {@code money} replays what they moved, {@code files}
 * finds them in a data folder or an exported range, {@code checkpoint} verifies signatures, {@code proof} a single record.
 */
@NullMarked
package it.socialies.verifier;

import org.jspecify.annotations.NullMarked;
