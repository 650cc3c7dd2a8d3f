// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import uk.co.real_logic.sbe.PrimitiveType;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Signal;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.xml.IrGenerator;
import uk.co.real_logic.sbe.xml.ParserOptions;
import uk.co.real_logic.sbe.xml.XmlSchemaParser;

/**
 * Reads any message of the protocol by the schema itself, field after field, so that no comparison can leave one out. Bytes are read here, by
 * offsets from the schema; the generated codecs have no part in it. Immutable, safe from any thread.
 */
public final class ProtocolSchema {
    /** The schema of this build. */
    public static final ProtocolSchema IES = load("/protocol/ies-protocol.xml");

    private static final int HEADER_LENGTH = 8;
    private static final int GROUP_HEADER_LENGTH = 4;

    private interface Reader {
        /** The value at an offset; null when the enum has no word for it. */
        @Nullable
        Object read(DirectBuffer buffer, int offset);
    }

    private record Field(String name, int offset, Reader reader) {}

    private record Block(int length, List<Field> fields) {}

    private record Group(String name, Block block) {}

    private record Layout(String name, Block block, List<Group> groups) {}

    /** A message and where it ends. */
    public record Decoded(Message message, int endOffset) {}

    private final int schemaId;
    private final Map<Integer, Layout> layouts = new HashMap<>();
    private final Map<String, Layout> byName = new HashMap<>();

    private ProtocolSchema(Ir ir) {
        schemaId = ir.id();
        for (List<Token> tokens : ir.messages()) {
            Token first = tokens.getFirst();
            Layout layout = layout(tokens);
            layouts.put(first.id(), layout);
            byName.put(layout.name, layout);
        }
    }

    private static ProtocolSchema load(String resource) {
        try (InputStream in = ProtocolSchema.class.getResourceAsStream(resource)) {
            ParserOptions options = ParserOptions.builder().stopOnError(true).build();
            return new ProtocolSchema(new IrGenerator().generate(XmlSchemaParser.parse(in, options)));
        } catch (IOException e) {
            throw new IllegalStateException(resource + " cannot be read", e);
        } catch (Exception e) {
            throw new IllegalStateException(resource + " is no schema", e);
        }
    }

    /** Names of the messages with such ids. */
    public List<String> namesWhere(IntPredicate isWanted) {
        return layouts.entrySet().stream()
                .filter(each -> isWanted.test(each.getKey()))
                .map(each -> each.getValue().name())
                .sorted()
                .toList();
    }

    /** Bytes of an event as the schema lays it out, header included. */
    public int lengthOf(Message event) {
        Layout layout = byName.get(event.name());
        if (layout == null || !layout.groups.isEmpty()) {
            throw new IllegalArgumentException("no event is called " + event.name());
        }
        return HEADER_LENGTH + layout.block.length;
    }

    /** The message, header included, at an offset; null when what lies there up to {@code limit} is no whole message of the schema. */
    public @Nullable Decoded decode(DirectBuffer buffer, int offset, int limit) {
        if (offset + HEADER_LENGTH > limit || unsignedShort(buffer, offset + 4) != schemaId) {
            return null;
        }
        int blockLength = unsignedShort(buffer, offset);
        Layout layout = layouts.get(unsignedShort(buffer, offset + 2));
        int body = offset + HEADER_LENGTH;
        if (layout == null || blockLength < layout.block.length || body + blockLength > limit) {
            return null;
        }
        Message message = new Message(layout.name);
        if (!readBlock(layout.block, buffer, body, message)) {
            return null;
        }
        int end = body + blockLength;
        for (Group group : layout.groups) {
            end = readGroup(group, buffer, end, limit, message);
            if (end < 0) {
                return null;
            }
        }
        return new Decoded(message, end);
    }

    /** Every message in a range, which must hold nothing else. */
    public List<Message> decodeAll(DirectBuffer buffer, int offset, int limit) {
        List<Message> messages = new ArrayList<>();
        int at = offset;
        while (at < limit) {
            Decoded decoded = decode(buffer, at, limit);
            if (decoded == null) {
                throw new AuditFailed("no message of the schema at byte " + (at - offset) + " of " + (limit - offset)
                        + ", after " + messages);
            }
            messages.add(decoded.message);
            at = decoded.endOffset;
        }
        return messages;
    }

    private static int readGroup(Group group, DirectBuffer buffer, int offset, int limit, Message message) {
        if (offset + GROUP_HEADER_LENGTH > limit) {
            return -1;
        }
        int entryLength = unsignedShort(buffer, offset);
        int count = unsignedShort(buffer, offset + 2);
        int at = offset + GROUP_HEADER_LENGTH;
        if (entryLength < group.block.length || at + (long) count * entryLength > limit) {
            return -1;
        }
        List<Message> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Message entry = new Message(group.name);
            if (!readBlock(group.block, buffer, at, entry)) {
                return -1;
            }
            entries.add(entry);
            at += entryLength;
        }
        message.put(group.name, entries);
        return at;
    }

    private static boolean readBlock(Block block, DirectBuffer buffer, int offset, Message message) {
        for (Field field : block.fields) {
            Object value = field.reader.read(buffer, offset + field.offset);
            if (value == null) {
                return false;
            }
            message.put(field.name, value);
        }
        return true;
    }

    // ---------------------------------------------------------------- what the schema says

    private static Layout layout(List<Token> tokens) {
        Token message = tokens.getFirst();
        List<Group> groups = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        int at = 1;
        while (tokens.get(at).signal() != Signal.END_MESSAGE) {
            Token token = tokens.get(at);
            if (token.signal() == Signal.BEGIN_FIELD) {
                fields.add(field(tokens, at));
            } else if (token.signal() == Signal.BEGIN_GROUP) {
                groups.add(group(tokens, at));
            } else {
                throw new IllegalStateException("cannot read " + token);
            }
            at += token.componentTokenCount();
        }
        return new Layout(message.name(), new Block(message.encodedLength(), fields), groups);
    }

    private static Group group(List<Token> tokens, int from) {
        Token group = tokens.get(from);
        List<Field> fields = new ArrayList<>();
        int at = from + 1 + tokens.get(from + 1).componentTokenCount();
        while (tokens.get(at).signal() == Signal.BEGIN_FIELD) {
            fields.add(field(tokens, at));
            at += tokens.get(at).componentTokenCount();
        }
        return new Group(group.name(), new Block(group.encodedLength(), fields));
    }

    private static Field field(List<Token> tokens, int from) {
        String name = tokens.get(from).name();
        Token type = tokens.get(from + 1);
        Reader reader = switch (type.signal()) {
            case ENCODING -> type.arrayLength() > 1 ? bytes(type.arrayLength()) : integer(type);
            case BEGIN_ENUM -> words(tokens.subList(from + 1, from + 1 + type.componentTokenCount()));
            case BEGIN_COMPOSITE -> digest();
            default -> throw new IllegalStateException("cannot read " + type);
        };
        return new Field(name, type.offset(), reader);
    }

    private static Reader integer(Token type) {
        PrimitiveType primitive = type.encoding().primitiveType();
        return (buffer, offset) -> number(primitive, buffer, offset);
    }

    private static Long number(PrimitiveType type, DirectBuffer buffer, int offset) {
        return switch (type) {
            case INT64 -> buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
            case INT32 -> (long) buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
            case UINT16 -> (long) unsignedShort(buffer, offset);
            case UINT8 -> (long) (buffer.getByte(offset) & 0xFF);
            default -> throw new IllegalStateException("the protocol has no " + type);
        };
    }

    private static Reader words(List<Token> tokens) {
        PrimitiveType primitive = tokens.getFirst().encoding().primitiveType();
        Map<Long, String> words = new HashMap<>();
        words.put(primitive.nullValue().longValue(), Message.NONE);
        for (Token token : tokens) {
            if (token.signal() == Signal.VALID_VALUE) {
                words.put(token.encoding().constValue().longValue(), token.name());
            }
        }
        return (buffer, offset) -> words.get(number(primitive, buffer, offset));
    }

    private static Reader digest() {
        return (buffer, offset) -> List.of(
                buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN),
                buffer.getLong(offset + 8, ByteOrder.LITTLE_ENDIAN),
                buffer.getLong(offset + 16, ByteOrder.LITTLE_ENDIAN),
                buffer.getLong(offset + 24, ByteOrder.LITTLE_ENDIAN));
    }

    private static Reader bytes(int length) {
        return (buffer, offset) -> {
            byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            return HexFormat.of().formatHex(bytes);
        };
    }

    private static int unsignedShort(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }
}
