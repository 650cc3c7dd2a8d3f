// SPDX-License-Identifier: EUPL-1.2
/** Numbers in bytes, checksums and hashes, as every page of the format uses them. */
@NullMarked
package it.socialies.verifier.bytes;

import org.jspecify.annotations.NullMarked;
