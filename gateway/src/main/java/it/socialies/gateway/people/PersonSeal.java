// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

/** Seals what else is kept about one person, such as an application, so that it goes with the person's key. Lasts as long as a request or a job. Prints as nothing. */
public final class PersonSeal {
    private final PersonKey key;
    private final PersonKey.Kind kind;

    PersonSeal(PersonKey key, PersonKey.Kind kind) {
        this.key = key;
        this.kind = kind;
    }

    /** The place of a row of issuance: its batch, how often it was reviewed, its number. */
    public static long place(long batchId, int revision, int rowNumber) {
        return (batchId << 28) | ((long) revision << 20) | rowNumber;
    }

    /** @param place a number that never comes again with other content, to which it is bound */
    public byte[] seal(long place, byte[] plain) {
        return key.seal(kind, place, plain);
    }

    /** @throws it.socialies.gateway.security.Refusal {@code PEOPLE_KEYS_UNREADABLE} when key, row and place do not belong together */
    public byte[] open(long place, byte[] sealed) {
        return key.open(kind, place, sealed);
    }

    @Override
    public String toString() {
        return "PersonSeal[redacted]";
    }
}
