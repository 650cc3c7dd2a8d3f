// SPDX-License-Identifier: EUPL-1.2
/** The words of the ledger: accounts, movements between them, and who sent the command behind a record. */
@NullMarked
package it.socialies.console.ledger;

import org.jspecify.annotations.NullMarked;
