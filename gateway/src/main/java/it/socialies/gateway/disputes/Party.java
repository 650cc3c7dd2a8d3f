// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.disputes;

/** Who is heard. */
enum Party {
    HOLDER,
    SHOP
}
