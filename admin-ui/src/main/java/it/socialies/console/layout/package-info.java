// SPDX-License-Identifier: EUPL-1.2
/** What every page has: navigation, the state of the data, and pages for what goes wrong. */
@NullMarked
package it.socialies.console.layout;

import org.jspecify.annotations.NullMarked;
