// SPDX-License-Identifier: EUPL-1.2
/** The operators' console: a process of its own that reads the projection and asks the gateway. One package a feature. */
@NullMarked
package it.socialies.console;

import org.jspecify.annotations.NullMarked;
