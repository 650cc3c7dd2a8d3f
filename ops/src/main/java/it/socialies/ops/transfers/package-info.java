// SPDX-License-Identifier: EUPL-1.2
/** A file of real transfers, replayed over HTTP. */
@NullMarked
package it.socialies.ops.transfers;

import org.jspecify.annotations.NullMarked;
