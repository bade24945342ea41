package io.thingport.platform.watch;

import io.thingport.platform.upstream.UpstreamKind;
import io.thingport.platform.upstream.UpstreamMessage;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What somebody wants to watch.
 *
 * @param productKey  of a product that exists
 * @param deviceName  the one device; empty for all of the product
 * @param kinds       what is to be seen of them
 * @param accessKeyId who watches; empty when that is not one, but many
 * @param after       the position of the last event that was seen; empty to see what comes from now on
 */
public record WatchRequest(String productKey, Optional<String> deviceName, Set<UpstreamKind> kinds, String accessKeyId,
        OptionalLong after) {

    public WatchRequest {
        kinds = Set.copyOf(kinds);
    }

    /** All that devices of a product do from now on, for many who watch some of it. */
    static WatchRequest forMany(String productKey) {
        return new WatchRequest(productKey, Optional.empty(), Set.of(UpstreamKind.DATA, UpstreamKind.STATUS), "",
                OptionalLong.empty());
    }

    boolean isForMany() {
        return accessKeyId.isEmpty();
    }

    boolean wants(UpstreamMessage message) {
        return kinds.contains(message.kind())
                && (deviceName.isEmpty() || deviceName.get().equals(message.device().deviceName()));
    }
}
