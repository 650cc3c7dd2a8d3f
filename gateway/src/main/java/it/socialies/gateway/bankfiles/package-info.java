// SPDX-License-Identifier: EUPL-1.2
/** Files for and from banks and accounting: formats, and nothing of ours. */
@NullMarked
package it.socialies.gateway.bankfiles;

import org.jspecify.annotations.NullMarked;
