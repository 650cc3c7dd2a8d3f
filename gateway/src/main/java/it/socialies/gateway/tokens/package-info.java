// SPDX-License-Identifier: EUPL-1.2
/** Access tokens for operators, terminals and holders. */
@NullMarked
package it.socialies.gateway.tokens;

import org.jspecify.annotations.NullMarked;
