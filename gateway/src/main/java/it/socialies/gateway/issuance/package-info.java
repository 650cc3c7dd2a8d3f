// SPDX-License-Identifier: EUPL-1.2
/**
 * The ranking file as municipalities have it: read, checked row by row with every fault explained, and bound by row count, total and digest. Knows nothing
 * of HTTP and of databases. What passes through here is personal: nothing of it may reach a log, a metric or the text of an exception.
 */
@NullMarked
package it.socialies.gateway.issuance;

import org.jspecify.annotations.NullMarked;
