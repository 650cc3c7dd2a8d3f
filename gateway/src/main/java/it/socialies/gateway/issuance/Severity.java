// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

/** Whether a fault stands against an approval. */
public enum Severity {
    /** Must be mended in the file before anybody may approve it. */
    ERROR,
    /** To be looked at; the file may be approved as it is. */
    WARNING
}
