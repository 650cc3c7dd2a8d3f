// SPDX-License-Identifier: EUPL-1.2
/** The gateway as its clients see it: HTTP, tokens, keys. Everything a scenario does goes through here. */
@NullMarked
package it.socialies.ops.client;

import org.jspecify.annotations.NullMarked;
