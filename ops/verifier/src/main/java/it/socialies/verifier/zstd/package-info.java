// SPDX-License-Identifier: EUPL-1.2
/** Decompresses Zstandard frames (RFC 8878), which is what the blocks of an archive are. */
@NullMarked
package it.socialies.verifier.zstd;

import org.jspecify.annotations.NullMarked;
