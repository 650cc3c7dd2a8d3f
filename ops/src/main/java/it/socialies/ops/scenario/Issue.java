// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import java.io.IOException;
import java.util.List;

/** How money and cards reach the people of a town. */
interface Issue {
    /** Cards in the hands of their holders, and the first round of money on them. */
    List<CardHolder> handOut(TownCircuit founded) throws IOException, InterruptedException;

    void rechargeAgain(TownCircuit circuit) throws IOException, InterruptedException;

    /** What happens in a town between the two halves of the shopping. */
    void halfTime(TownCircuit circuit, Checkout checkout) throws IOException, InterruptedException;

    /** After the last cent is spent: shops are paid; returns whether the books of the programmes agree. */
    boolean close(TownCircuit circuit) throws IOException, InterruptedException;
}
