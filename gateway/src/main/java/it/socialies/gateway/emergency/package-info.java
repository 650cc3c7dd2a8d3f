// SPDX-License-Identifier: EUPL-1.2
/** Emergency awards: funds set apart for them by two persons, awards that one operator gives at once, and what another person says of each. */
@NullMarked
package it.socialies.gateway.emergency;

import org.jspecify.annotations.NullMarked;
