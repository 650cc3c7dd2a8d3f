// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

/** The installation did something else than it promises. */
public final class ScenarioFailed extends RuntimeException {
    public ScenarioFailed(String message) {
        super(message);
    }
}
