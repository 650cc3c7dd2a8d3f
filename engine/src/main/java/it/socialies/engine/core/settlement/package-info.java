// SPDX-License-Identifier: EUPL-1.2
/** How shops get their euro: what they are owed is drawn into settlements, approved by a second person, ordered and paid; what they owe is netted. */
@NullMarked
package it.socialies.engine.core.settlement;

import org.jspecify.annotations.NullMarked;
