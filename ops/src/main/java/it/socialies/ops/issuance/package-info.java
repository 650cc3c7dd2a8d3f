// SPDX-License-Identifier: EUPL-1.2
/** Issuance from the command line: the steps of a batch over HTTP, and a drill with a whole town of beneficiaries. */
@NullMarked
package it.socialies.ops.issuance;

import org.jspecify.annotations.NullMarked;
