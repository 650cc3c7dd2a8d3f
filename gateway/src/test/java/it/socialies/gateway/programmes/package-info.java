// SPDX-License-Identifier: EUPL-1.2
@NullMarked
package it.socialies.gateway.programmes;

import org.jspecify.annotations.NullMarked;
