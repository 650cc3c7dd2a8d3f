// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.kernel;

import java.util.Arrays;

/**
 * What a message of each template must look like before anything of it is read: long enough, its enum one of the named values, its group complete. What
 * passes here can be decoded without a surprise, which would halt the core.
 */
public final class MessageShapes {
    private static final int NONE = -1;

    private final int[] blockLengths;
    private final int[] enumOffsets;
    private final long[] enumValues;
    private final int[] entryLengths;

    /** Knows no template yet; template ids lie below {@code templates}. */
    public MessageShapes(final int templates) {
        blockLengths = filled(templates);
        enumOffsets = filled(templates);
        enumValues = new long[templates];
        entryLengths = filled(templates);
    }

    /** A message of fixed fields. */
    public MessageShapes plain(final int templateId, final int blockLength) {
        blockLengths[templateId] = blockLength;
        return this;
    }

    /** A message with one enum of a byte: bit n of {@code enumValues} says that it names the value n, which lies below 64. */
    public MessageShapes withEnum(
            final int templateId, final int blockLength, final int enumOffset, final long enumValues) {
        enumOffsets[templateId] = enumOffset;
        this.enumValues[templateId] = enumValues;
        return plain(templateId, blockLength);
    }

    /** A message with one group. */
    public MessageShapes withGroup(final int templateId, final int blockLength, final int entryLength) {
        entryLengths[templateId] = entryLength;
        return plain(templateId, blockLength);
    }

    /** True when the message at hand has the shape of its template. */
    public boolean fits(final CommandContext command) {
        final int templateId = command.templateId();
        return templateId < blockLengths.length
                && blockLengths[templateId] != NONE
                && command.blockLength() >= blockLengths[templateId]
                && (enumOffsets[templateId] == NONE || isEnumNamed(command, templateId))
                && (entryLengths[templateId] == NONE || command.holdsGroup(entryLengths[templateId]));
    }

    private boolean isEnumNamed(final CommandContext command, final int templateId) {
        final int value = command.unsignedByteAt(enumOffsets[templateId]);
        return value < Long.SIZE && (enumValues[templateId] & 1L << value) != 0;
    }

    private static int[] filled(final int length) {
        final int[] array = new int[length];
        Arrays.fill(array, NONE);
        return array;
    }
}
