// SPDX-License-Identifier: EUPL-1.2
/** What INPS's SIUSS (once Casellario dell'assistenza, DM 206/2014) is told: who was given which benefit. The one report with names. */
@NullMarked
package it.socialies.gateway.reports.siuss;

import org.jspecify.annotations.NullMarked;
