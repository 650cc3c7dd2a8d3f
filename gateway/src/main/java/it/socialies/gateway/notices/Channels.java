// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import it.socialies.gateway.people.Addressees.Addressee;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which channels there are for people and shops, and which of them somebody is told by.
 *
 * @param on those that are set up
 */
record Channels(Set<Channel> on) {
    static final String NONE = "none";

    Channels {
        on = Set.copyOf(on);
    }

    /** The one that is tried first; null when nothing is queued. */
    @Nullable
    String first(NoticeKind kind) {
        Stream<Channel> tried = kind.isForShop()
                ? Stream.of(Channel.EMAIL)
                : Stream.of(Channel.EMAIL, Channel.APP_IO, Channel.SMS, Channel.LETTER);
        Optional<Channel> first = tried.filter(on::contains).findFirst();
        return first.map(Channel::name).orElse(null);
    }

    /** By which a person is told, one after the other, as the person wants it: by e-mail when there is an address, by App IO when there is a tax code, by SMS when there is a mobile number, else by letter; empty when by none. */
    List<Channel> of(Addressee person) {
        if (NONE.equals(person.preference())) {
            return List.of();
        }
        boolean isLetter = "letter".equals(person.preference());
        return Stream.of(Channel.EMAIL, Channel.APP_IO, Channel.SMS, Channel.LETTER)
                .filter(on::contains)
                .filter(each -> switch (each) {
                    case EMAIL -> !isLetter && person.email() != null;
                    case APP_IO -> !isLetter && person.taxCode() != null;
                    case SMS -> !isLetter && person.phone() != null && Sms.international(person.phone()) != null;
                    default -> true;
                })
                .toList();
    }

    /** The one behind another; null behind the last. */
    static @Nullable Channel after(List<Channel> channels, Channel channel) {
        return channels.stream()
                .filter(each -> each.compareTo(channel) > 0)
                .findFirst()
                .orElse(null);
    }
}
