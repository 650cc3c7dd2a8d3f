// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.util.List;

/**
 * Who a document is for: only rendered, never kept. Prints as nothing.
 *
 * @param name as it is to be written
 * @param addressLines below the name; may be none
 */
public record Recipient(String name, List<String> addressLines) {
    public Recipient {
        addressLines = List.copyOf(addressLines);
    }

    @Override
    public String toString() {
        return "Recipient[redacted]";
    }
}
