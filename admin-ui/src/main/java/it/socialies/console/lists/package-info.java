// SPDX-License-Identifier: EUPL-1.2
/** Long lists, read page by page. */
@NullMarked
package it.socialies.console.lists;

import org.jspecify.annotations.NullMarked;
