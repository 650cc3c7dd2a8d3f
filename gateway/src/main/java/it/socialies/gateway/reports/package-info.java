// SPDX-License-Identifier: EUPL-1.2
/** Reports: what is told to the Region, to the public and to the treasurer, each as of one record of the journal. */
@NullMarked
package it.socialies.gateway.reports;

import org.jspecify.annotations.NullMarked;
