// SPDX-License-Identifier: EUPL-1.2
/** The process: settings, web server, security headers, and who builds the views. */
@NullMarked
package it.socialies.console.server;

import org.jspecify.annotations.NullMarked;
