// SPDX-License-Identifier: EUPL-1.2
/** Where log lines go and what they carry; {@code ops/docs/operations.md} describes them. Nothing of a person is in them, and no secret. */
@NullMarked
package it.socialies.gateway.logs;

import org.jspecify.annotations.NullMarked;
