// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports.siuss;

/**
 * One person's benefit, as the flow tells it.
 *
 * @param protocol of the application
 */
record Line(Beneficiary beneficiary, Benefit benefit, String protocol) {
    @Override
    public String toString() {
        return "Line[redacted]";
    }
}
