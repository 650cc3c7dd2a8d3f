// SPDX-License-Identifier: EUPL-1.2
/** Samples of payments for an audit, and what an auditor takes along of each; {@code ops/docs/audit-cases.md}. */
@NullMarked
package it.socialies.gateway.samples;

import org.jspecify.annotations.NullMarked;
