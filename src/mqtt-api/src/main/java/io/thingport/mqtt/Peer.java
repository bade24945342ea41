package io.thingport.mqtt;

import java.net.InetSocketAddress;

/**
 * The other end of a connection.
 *
 * @param address where it comes from
 * @param secure  whether the bytes travel encrypted
 */
public record Peer(InetSocketAddress address, boolean secure) {
}
