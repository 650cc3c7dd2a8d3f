// SPDX-License-Identifier: EUPL-1.2
/** What one natural person proposes and another approves. */
@NullMarked
package it.socialies.engine.core.approvals;

import org.jspecify.annotations.NullMarked;
