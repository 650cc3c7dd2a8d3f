// SPDX-License-Identifier: EUPL-1.2
/** Two towns for tests: a real core decides, the real projector writes, a real Postgres keeps. */
package it.socialies.console.town;
