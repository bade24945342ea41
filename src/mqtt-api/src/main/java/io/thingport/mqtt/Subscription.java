package io.thingport.mqtt;

/**
 * One entry of a SUBSCRIBE. The requested QoS is not here: the publisher's decides.
 *
 * @param filter  what to match; see {@link TopicFilter#problem()}
 * @param noLocal No Local (5.0)
 */
public record Subscription(TopicFilter filter, boolean noLocal) {
}
