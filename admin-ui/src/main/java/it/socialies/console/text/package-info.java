// SPDX-License-Identifier: EUPL-1.2
/** Words, money, times and identifiers as an operator reads them, in Italian and English. */
@NullMarked
package it.socialies.console.text;

import org.jspecify.annotations.NullMarked;
