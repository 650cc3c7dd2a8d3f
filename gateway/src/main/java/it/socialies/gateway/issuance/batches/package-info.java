// SPDX-License-Identifier: EUPL-1.2
/**
 * Issuance from the file to the last row: calls with their ranking and recharge lists, checked, put before a second person, executed by a job that survives what happens to the
 * node. The rows name people by their numbers in the vault.
 */
@NullMarked
package it.socialies.gateway.issuance.batches;

import org.jspecify.annotations.NullMarked;
