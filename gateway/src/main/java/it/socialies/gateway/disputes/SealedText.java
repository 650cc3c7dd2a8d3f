// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.disputes;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A text as the office keeps it.
 *
 * @param number of the row: its place
 * @param recordId under whose key; null = the installation's
 */
record SealedText(long number, @Nullable Long recordId, Buffer sealed) {}
