// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

/** Lengths on paper. PDF counts in points, 72 to the inch. Stateless. */
final class Millimetres {
    static final float A4_WIDTH = 210;
    static final float A4_HEIGHT = 297;
    private static final float POINTS = 72f / 25.4f;

    private Millimetres() {}

    static float points(float millimetres) {
        return millimetres * POINTS;
    }

    static float ofPoints(float points) {
        return points / POINTS;
    }
}
